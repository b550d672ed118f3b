"""Search, asked of every store."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_records import article, mention, place, tags
from stores import ENGINES, make_store

from dateline.errors import QueryError
from dateline.model import (
    Article,
    AttributionSpan,
    Correction,
    CountSpan,
    FamilyHead,
    Image,
    Link,
    Passage,
    Speaker,
    Tags,
    Version,
)
from dateline.store import Store
from dateline.store.memory import MemoryStore
from dateline.store.ports import Order
from dateline.store.sql.store import SqlStore

_TEXTS = {
    "a1": ("Dam bursts above Port Vell", "The burst dam flooded Port Vell on Monday. Nobody was hurt.", "2026-03-01"),
    "a2": ("Port Vell counts its losses", "A flood cost the town of Port Vell millions.", "2026-03-03"),
    "a3": ("Chess final drawn", "The final in Orsk ended in a draw. The dam was not mentioned.", "2026-02-01"),
    "a4": ("Presa rota en Málaga", "La presa se rompió. Dos inundaciones en la ciudad.", None),
    "a5": ("انهيار السد", "انهار السَّدّ فوق المدينة وأكّد مدرّسون في المدرسة ذلك", "2026-03-02"),
    "a6": ("東京で洪水", "東京都の川があふれた。ガス管も壊れた。", "2026-03-02"),
    "a7": ("Паводок в Орске", "Наводнения затопили дома, сообщил мэр. Ещё йод нужен.", "2026-03-02"),
    "a8": ("서울에서 홍수", "서울특별시는 다리를 닫았다.", "2026-03-02"),
    "a9": ("น้ำท่วมกรุงเทพ", "น้ำท่วมถนนในกรุงเทพเมื่อวันจันทร์", "2026-03-02"),
    "b1": ("Les universités ferment", "L’eau monte. L'univers entier regarde.", "2026-03-02"),
}
_LANGUAGES = {"a4": "es", "a5": "ar", "a6": "ja", "a7": "ru", "a8": "ko", "a9": "th", "b1": "fr"}


def _fill(store: Store) -> Store:
    for id, (title, text, day) in _TEXTS.items():
        source = "harbour.example" if id in ("a1", "a4") else "orskpost.example"
        language = _LANGUAGES.get(id, "en")
        made = article(id, title=title, text=text, published=day, source=source, language=language)
        store.put_article(_with_more(made) if id == "a2" else made)
    said = AttributionSpan(0, 5, "A flo", Speaker("the mayor", 0, 5), None)
    counts = CountSpan(0, 5, "A flo", "money", 1, 2, None)
    store.put_tags("a1", tags(places=(place("Port Vell", "ESP"),), actors=("Civil Guard",)))
    store.put_tags("a2", Tags(counts=(counts,), attribution=(said,)))
    store.put_tags("a3", tags(places=(place("Orsk", "RUS"), place("New Port", "RUS")), actors=("Guard of Orsk",)))
    store.put_mentions("a1", [mention("m1", "a1", "AID")])
    store.put_link(Link("a1", "s1", None, None))
    for id in _TEXTS:
        store.index(id)
    # What comes after an article was made findable is asked for as well.
    store.join_family(FamilyHead("c1", "a1", "same text"), ("a1", "a3"))
    store.put_correction(Correction("a2", "2026-03-04", "correction", "a name"))
    store.put_correction(Correction("a3", "2026-03-04", "edit", None))
    for number in (1, 2):
        store.put_version(Version("a3", number, "2026-03-04", None, "Chess", "Chess.", "first", None))
    return store


def _with_more(made: Article) -> Article:
    """Give an article a picture, a byline, an agency, and a paragraph in another language."""
    text = f"{made.text}\n\nLas presas aguantaron."
    start = len(made.text) + 2
    return replace(
        made, text=text, images=(Image("https://x.example/i.jpg", None, None),), byline=("Ana Coll",),
        agency=("Coast News Agency",), languages=(Passage(start, len(text), "es"),),
    )  # fmt: skip


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
        ('"flood"', {"a2"}),
        ("floods", {"a1", "a2"}),
        ('"port ve*"', {"a1", "a2"}),
        ("flood OR final", {"a1", "a2", "a3"}),
        ("vell NOT counting", {"a1"}),
        ("vell -losses", {"a1"}),
        ('vell -"burst dam"', {"a2"}),
        ("vell -(burst OR chess)", {"a2"}),
        ("vell -source:harbour.example", {"a2"}),
        ("NOT lang:en", set(_TEXTS) - {"a1", "a2", "a3"}),
        ("(dam OR flood) vell", {"a1", "a2"}),
        ("lang:en NOT (dam OR flood)", set()),
        ("source:harbour.example", {"a1", "a4"}),
        ("source:harbour.example OR chess", {"a1", "a3", "a4"}),
        ("source:(harbour.example OR orsk*) lang:es", {"a4"}),
        ('place:"Port Vell"', {"a1"}),
        ("place:spain", {"a1"}),
        ('place:"Orsk New"', set()),
        ("place:RUS", {"a3"}),
        ('actor:"civil guard"', {"a1"}),
        ("actor:guard", {"a1", "a3"}),
        ("type:aid", {"a1"}),
        ("lang:es", {"a4"}),
        ("lang:en has:events", {"a1"}),
        ("has:figures", {"a2"}),
        ("has:quote", {"a2"}),
        ("has:places -has:events", {"a3"}),
        ("has:image has:byline has:agency", {"a2"}),
        ("has:copies", {"a1", "a3"}),
        ("has:corrections", {"a2"}),
        ("has:edits", {"a3"}),
        ("dam -has:copies", set()),
        ("losses OR has:copies", {"a1", "a2", "a3"}),
        ("after:2026-03-02 before:2026-03-03 lang:ar", {"a5"}),
        ("before:2026-03", {"a3"}),
        ("after:7d lang:en", {"a1", "a2"}),
        ("before:yesterday lang:en", {"a1", "a3"}),
        ("lang:en NOT after:2026-03-02", {"a1", "a3"}),
        ("NOT after:2020", {"a4"}),
        ("dam after:2026-02-15", {"a1"}),
        ("dam OR after:2026-03-03", {"a1", "a2", "a3"}),
        ("vell NOT after:2026-03-02", {"a1"}),
        ("NOT NOT dam", {"a1", "a3"}),
        ("dam (NOT burst OR final)", {"a3"}),
        ("inundacion malaga", {"a4"}),
        ("inundación malaga", {"a4"}),
        ("presa", {"a2", "a4"}),
        ("السد", {"a5"}),
        ("سد", {"a5"}),
        ("مدرسون", {"a5"}),
        ("المدرسه", {"a5"}),
        ("洪水", {"a6"}),
        ("東京都", {"a6"}),
        ("京東", set()),
        ("川", {"a6"}),
        ("都", {"a6"}),
        ("ガス", {"a6"}),
        ("ｶﾞｽ", {"a6"}),
        ("カス", set()),
        ("наводнение", {"a7"}),
        ("еще", {"a7"}),
        ("йод", {"a7"}),
        ("иод", set()),
        ("서울", {"a8"}),
        ("특별시", {"a8"}),
        ("กรุงเทพ", {"a9"}),
        ("université", {"b1"}),
        ("eau", {"b1"}),
        ("l'eau", {"b1"}),
        ("nobody's", {"a1"}),
        ('"nobody\'s"', set()),
    ],
)
def test_queries(filled: Store, query: str, ids: set[str]) -> None:
    assert {hit.article for hit in filled.search(query, today=date(2026, 3, 4))} == ids


def test_a_language_is_not_taken_for_another(filled: Store) -> None:
    """Both “universities” in English and “univers” in French have the stem “univers”."""
    assert filled.search("universities") == []
    assert [h.article for h in filled.search("univers")] == ["b1"]


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
    with pytest.raises(QueryError, match="character 7") as caught:
        store.search("burst (dam")
    assert caught.value.position == 6


_WORDS = st.sampled_from(
    [
        "dam", "dams", "flooding", "floods", "vell", "orsk", "presas", "univers", "universities", "наводнением", "السدود",
        "東京", "川", "울특", "กรุง", '"port vell"', '"burst dam flooded"', '"the ve*"', "flo*", "уни*", "source:harbour.example",
        "place:orsk", "place:(spain OR orsk)", "actor:guard*", "type:aid", "lang:en", "lang:fr", "has:event", "has:figures",
        "has:copies", "has:edits", "has:corrections", "after:2026-03-02", "before:2026-03-02", "before:2026-03",
    ]
)  # fmt: skip
_TREES = st.recursive(
    _WORDS,
    lambda inner: st.one_of(
        st.builds("({} OR {})".format, inner, inner),
        st.builds("({} {})".format, inner, inner),
        st.builds("(NOT {})".format, inner),
        st.builds("({} NOT {})".format, inner, inner),
    ),
    max_leaves=7,
)


@pytest.fixture(scope="module", params=ENGINES)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """Give the twin and an engine, filled alike."""
    engine = make_store(request, request.param, tmp_path_factory.mktemp("pair"))
    yield _fill(MemoryStore()), _fill(engine)
    engine.close()


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_TREES, st.sampled_from(["rank", "newest"]))
def test_the_engine_answers_like_the_twin(pair: tuple[Store, Store], query: str, order: Order) -> None:
    """The same articles, in the same order, with the same scores and marks."""
    twin, engine = pair
    assert engine.search(query, order=order) == twin.search(query, order=order)


_LETTERS = st.text(alphabet="abé дя東京สู ﷺéﬀİß½'’-ـ٣", max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_LETTERS, st.sampled_from([None, "en", "ru", "ar", "tr", "th"]))
def test_every_word_of_a_text_finds_it(pair: tuple[Store, Store], text: str, language: str | None) -> None:
    words = [word for word in text.replace("-", " ").split() if any(c.isalnum() for c in word)]
    for store in pair:
        store.put_article(article("z1", title="Odd", text=text, language=language))
        store.index("z1")
        for word in words:
            try:
                found = store.search(word, limit=50)
            except QueryError:  # signs alone: no word to look for
                continue
            assert "z1" in {hit.article for hit in found}
            assert "z1" in {hit.article for hit in store.search(f'"{word}"', limit=50)}
        store.unindex("z1")


def test_long_queries_are_answered(filled: Store) -> None:
    words = [f"{a}{b}ing" for a, b in itertools.product("abcdefghijklmn", repeat=2)]
    assert {h.article for h in filled.search(" OR ".join([*words[:90], "chess"]))} == {"a3"}
    assert {h.article for h in filled.search(" ".join(f"-{word}" for word in words[:150]) + " chess")} == {"a3"}
    assert filled.search(" ".join(words)) == []
    assert {h.article for h in filled.search("(" * 40 + "chess" + ")" * 40)} == {"a3"}


def test_the_newest_come_first_where_that_is_asked(store: Store) -> None:
    for id, title, day in (("a1", "Quake, quake", "2026-01-01"), ("a2", "Quake", "2026-03-01"), ("a3", "Quake", None)):
        store.put_article(article(id, title=title, text="It shook.", published=day))
        store.index(id)
    assert [hit.article for hit in store.search("quake", order="newest")] == ["a2", "a1", "a3"]


def test_a_rare_word_weighs_more_than_a_frequent_one(store: Store) -> None:
    texts = ["The town was quiet, the town was calm."] * 6 + ["The ferry was late."]
    for number, text in enumerate(texts):
        store.put_article(article(f"a{number}", title="News", text=text, published="2026-03-01"))
        store.index(f"a{number}")
    first, *rest = store.search("town OR ferry")
    assert first.article == "a6" and len(rest) == 6


def test_marks_are_forms_of_what_was_asked_and_phrases_whole(filled: Store) -> None:
    def marked(query: str, id: str) -> list[str]:
        (hit,) = (hit for hit in filled.search(query) if hit.article == id)
        return [hit.passage[a:b] for a, b in hit.marks]

    assert marked("floods", "a1") == ["flooded"]
    assert marked('"port vell" monday', "a1") == ["Port", "Vell", "Monday"]
    assert marked('"the burst" vell', "a1") == ["The", "burst", "Vell"]  # “The” elsewhere is no part of the phrase
    assert marked("наводнение", "a7") == ["Наводнения"]
    assert marked("東京都", "a6") == ["東京都"]
    assert marked("川", "a6") == ["川"]
    assert marked("서울", "a8") == ["서울"]
    assert marked("กรุงเท", "a9") == ["กรุงเท"]
    assert marked("presa", "a2") == ["presas"]  # in a paragraph of another language
    assert marked("lang:en has:events", "a1") == []


@pytest.mark.parametrize("kind", ENGINES)
def test_an_index_of_another_form_is_made_anew(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    store = _fill(make_store(request, kind, tmp_path))
    assert isinstance(store, SqlStore)
    store.index("a6", text=False)
    before = {q: store.search(q) for q in ("floods", "наводнение", "東京", "川", "has:figures")}
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '0' WHERE key = 'words'")
        connection.exec_driver_sql(
            "DELETE FROM meta WHERE key LIKE 'language:%%'"
            if kind == "postgres"
            else "DELETE FROM meta WHERE key LIKE 'language:%'"
        )
        store._make_words(connection)
    assert store.search("floods") == []
    store.close()
    again = type(store)(store.database.engine.url.render_as_string(hide_password=False))
    assert {q: again.search(q) for q in before} == before
    again.check()
    again.close()
