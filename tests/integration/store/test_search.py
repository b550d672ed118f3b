"""Search, asked of every store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_records import article, mention, place, tags
from stores import ENGINES, make_store

from dateline.errors import UsageError
from dateline.model import Link
from dateline.store import Store
from dateline.store.memory import MemoryStore

_TEXTS = {
    "a1": ("Dam bursts above Port Vell", "The burst dam flooded Port Vell on Monday. Nobody was hurt.", "2026-03-01"),
    "a2": ("Port Vell counts its losses", "A flood cost the town of Port Vell millions.", "2026-03-03"),
    "a3": ("Chess final drawn", "The final in Orsk ended in a draw. The dam was not mentioned.", "2026-02-01"),
    "a4": ("Presa rota en Málaga", "La presa se rompió. Inundación en la ciudad.", None),
    "a5": ("انهيار السد", "انهار السَّدّ فوق المدينة", "2026-03-02"),
    "a6": ("東京で洪水", "東京都の川があふれた。", "2026-03-02"),
}


def _fill(store: Store) -> Store:
    for id, (title, text, day) in _TEXTS.items():
        source = "harbour.example" if id in ("a1", "a4") else "orskpost.example"
        language = {"a4": "es", "a5": "ar", "a6": "ja"}.get(id, "en")
        store.put_article(article(id, title=title, text=text, published=day, source=source, language=language))
    store.put_tags("a1", tags(places=(place("Port Vell", "ESP"),), actors=("Civil Guard",)))
    store.put_tags("a3", tags(places=(place("Orsk", "RUS"), place("New Port", "RUS")), actors=("Guard of Orsk",)))
    store.put_mentions("a1", [mention("m1", "a1", "AID")])
    store.put_link(Link("a1", "s1", None, None))
    for id in _TEXTS:
        store.index(id)
    return store


@pytest.fixture(scope="module", params=["memory", *ENGINES])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a store of each kind with the texts above, made once."""
    made = _fill(make_store(request, request.param, tmp_path_factory.mktemp("filled")))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("dam", {"a1", "a3"}),
        ("DAM burst", {"a1"}),
        ('"burst dam"', {"a1"}),
        ('"dam burst"', set()),
        ("flood*", {"a1", "a2"}),
        ("flood OR final", {"a2", "a3"}),
        ("vell NOT flood", {"a1"}),
        ("vell -flood", {"a1"}),
        ("NOT vell", {"a3", "a4", "a5", "a6"}),
        ("(dam OR flood) vell", {"a1", "a2"}),
        ("NOT (dam OR flood)", {"a4", "a5", "a6"}),
        ("source:harbour.example", {"a1", "a4"}),
        ("source:harbour.example OR chess", {"a1", "a3", "a4"}),
        ('place:"Port Vell"', {"a1"}),
        ('place:"Orsk New"', set()),
        ("place:RUS", {"a3"}),
        ('actor:"civil guard"', {"a1"}),
        ("actor:guard", {"a1", "a3"}),
        ("type:aid", {"a1"}),
        ("lang:es", {"a4"}),
        ("after:2026-03-02", {"a2", "a5", "a6"}),
        ("before:2026-03", {"a3"}),
        ("NOT after:2026-03-02", {"a1", "a3", "a4"}),
        ("dam after:2026-02-15", {"a1"}),
        ("dam OR after:2026-03-03", {"a1", "a2", "a3"}),
        ("vell NOT after:2026-03-02", {"a1"}),
        ("NOT NOT dam", {"a1", "a3"}),
        ("dam (NOT burst OR final)", {"a3"}),
        ("inundacion malaga", {"a4"}),
        ("السد", {"a5"}),
        ("洪水", {"a6"}),
        ("東京都", {"a6"}),
        ("京東", set()),
        ("nobody's", set()),
    ],
)
def test_queries(filled: Store, query: str, ids: set[str]) -> None:
    assert {hit.article for hit in filled.search(query)} == ids


def test_hits_show_the_passage_and_its_words(store: Store) -> None:
    hits = {hit.article: hit for hit in _fill(store).search('"burst dam" OR السد')}
    first = hits["a1"]
    assert (first.title, first.story) == ("Dam bursts above Port Vell", "s1")
    assert [first.passage[a:b] for a, b in first.marks] == ["burst", "dam"]
    other = hits["a5"]
    assert [other.passage[a:b] for a, b in other.marks] == ["السَّدّ"] and other.story is None


def test_the_title_and_the_news_come_first(store: Store) -> None:
    for id, title, text, day in (
        ("a1", "Quake in Orsk", "It shook. " * 9, "2026-03-01"),
        ("a2", "Morning in Orsk", "It shook. " * 8 + "A quake, they said.", "2026-03-01"),
        ("a3", "Morning in Orsk", "It shook. " * 8 + "A quake, they said.", "2026-01-01"),
        *((f"b{n}", "Other news", "Nothing at all happened. " * 4, "2026-03-01") for n in range(9)),
    ):
        store.put_article(article(id, title=title, text=text, published=day))
        store.index(id)
    assert [hit.article for hit in store.search("quake")] == ["a1", "a2", "a3"]
    assert [hit.article for hit in store.search("quake", limit=1, offset=1)] == ["a2"]


def test_indexing_again_replaces_and_a_reserved_text_is_found_by_its_title_alone(store: Store) -> None:
    store.put_article(article("a1", title="Old title", text="Old words"))
    store.index("a1")
    store.put_article(article("a1", title="New title", text="Other words"))
    store.index("a1", text=False)
    assert store.search("old") == [] and store.search("other") == []
    (hit,) = store.search("new")
    assert hit.passage == "" and hit.marks == ()
    store.unindex("a1")
    store.unindex("a1")
    assert store.search("new") == []


def test_a_wrong_query_is_refused_alike(store: Store) -> None:
    with pytest.raises(UsageError, match="character 7"):
        store.search("burst (dam")


_WORDS = st.sampled_from(["dam", "flood", "vell", "orsk", '"port vell"', "place:orsk", "after:2026-03-02", "guard*"])
_TREES = st.recursive(
    _WORDS,
    lambda inner: st.one_of(
        st.builds("({} OR {})".format, inner, inner),
        st.builds("({} {})".format, inner, inner),
        st.builds("NOT {}".format, inner),
        st.builds("({} NOT {})".format, inner, inner),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module", params=ENGINES)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """Give the twin and an engine, filled alike."""
    engine = make_store(request, request.param, tmp_path_factory.mktemp("pair"))
    yield _fill(MemoryStore()), _fill(engine)
    engine.close()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_TREES)
def test_the_engine_answers_like_the_twin(pair: tuple[Store, Store], query: str) -> None:
    twin, engine = pair
    assert {h.article for h in engine.search(query)} == {h.article for h in twin.search(query)}
