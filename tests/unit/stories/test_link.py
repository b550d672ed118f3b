"""Linking: what belongs together, what stays apart, and what may not change an answer."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.model import Article, Link, Tags
from dateline.stories import Linker, LinkModel
from dateline.stories.linking import window as windows
from dateline.stories.linking.sketch import FORMAT

# Three reports of each happening; the two ferries and the two walkouts look alike and are not the same.
STORIES = (
    (
        (
            "Ferry sinks on Lake Orlen",
            "The ferry Silver Heron sank on Lake Orlen on Friday. Captain Ilse Marten was held.",
        ),
        (
            "Silver Heron ferry captain held",
            "Harbour police in Orlen held captain Ilse Marten after the ferry Silver Heron sank.",
        ),
        (
            "Divers search Lake Orlen ferry wreck",
            "Divers reached the wreck of the ferry Silver Heron on the bed of Lake Orlen.",
        ),
    ),
    (
        (
            "Mirdal river ferry runs aground",
            "A ferry, the Tern, ran aground near Mirdal in fog. Skipper Tobias Renk blamed the buoys.",
        ),
        (
            "Ferry Tern freed from Mirdal sandbank",
            "Tugs freed the ferry Tern from a sandbank off Mirdal; skipper Tobias Renk was unhurt.",
        ),
        (
            "Fog blamed as Mirdal ferry Tern grounds",
            "Fog hid the buoys off Mirdal when the ferry Tern grounded, skipper Tobias Renk said.",
        ),
    ),
    (
        (
            "Kastra dairy workers walk out",
            "Dairy workers in Kastra walked out over wages. Union leader Pol Herrick wants eight percent.",
        ),
        (
            "Milk runs short as Kastra dairy strike bites",
            "Milk ran short in Kastra as dairy workers of union leader Pol Herrick stayed out.",
        ),
        (
            "Kastra dairy offers wages deal",
            "The Kastra dairy offered a wages deal to union leader Pol Herrick and its workers.",
        ),
    ),
    (
        (
            "Tolpa tram drivers strike",
            "Tram drivers in Tolpa struck over rosters. Depot chief Agnes Vorl called it reckless.",
        ),
        (
            "Tolpa commuters walk as trams stand still",
            "Trams stood still in Tolpa as drivers refused new rosters set by depot chief Agnes Vorl.",
        ),
        (
            "Depot chief Vorl drops Tolpa tram rosters",
            "Depot chief Agnes Vorl dropped the rosters that Tolpa tram drivers had refused.",
        ),
    ),
    (
        (
            "Venbury telescope finds comet",
            "The Venbury telescope found a comet. Astronomer Dana Quill named it after her mentor.",
        ),
        (
            "New comet named by Venbury astronomer Quill",
            "Astronomer Dana Quill of Venbury named a new comet seen with its telescope.",
        ),
        (
            "Comet of Venbury brightens",
            "The comet found by astronomer Dana Quill at the Venbury telescope grew brighter.",
        ),
    ),
)


def stream() -> list[Article]:
    made = []
    for at, reports in enumerate(STORIES):
        for turn, (title, text) in enumerate(reports):
            day, hour = 1 + at % 3 + turn // 2, 6 + 2 * at + turn
            made.append(Article(f"x{at}{turn}", None, title, text, f"2026-05-{day:02d}T{hour:02d}:00:00Z"))
    return sorted(made, key=lambda a: (a.published or "", a.id))


def article(name: str, published: str | None) -> Article:
    title, text = STORIES[0][0]
    return Article(name, None, title, text, published)


def place(articles: list[Article], linker: Linker | None = None) -> list[Link]:
    linker = linker or Linker()
    return [linker.place(a, Tags()) for a in articles]


def test_reports_of_one_happening_meet_and_look_alikes_stay_apart() -> None:
    story = {link.id: link.story for link in place(stream())}
    for at in range(len(STORIES)):
        assert len({story[f"x{at}{turn}"] for turn in range(3)}) == 1, STORIES[at]
    assert len(set(story.values())) == len(STORIES)


def test_a_story_is_named_by_its_first_article() -> None:
    firsts: dict[str, str] = {}
    for link in place(stream()):
        assert firsts.setdefault(link.story, link.id) == link.story


def test_a_link_explains_itself() -> None:
    links = place(stream())
    joined = next(link for link in links if link.nearest)
    assert joined.score is not None and 0 < joined.score <= 1
    assert all(0 <= value <= 1 for _, value in joined.features)
    assert joined.shared


@pytest.mark.parametrize("cut", [1, 5, 11])
def test_a_restart_changes_nothing(cut: int) -> None:
    articles = stream()
    whole = place(articles)
    linker = Linker()
    for each, link in zip(articles[:cut], whole[:cut], strict=True):
        linker.restore(each, Tags(), None, link.story)
    assert place(articles[cut:], linker) == whole[cut:]


def test_the_order_within_a_moment_changes_no_partition() -> None:
    together = [replace(a, published="2026-05-03") for a in stream()]

    def partition(given: list[Article]) -> set[frozenset[str]]:
        groups: dict[str, set[str]] = {}
        for link in Linker().place_all([(a, Tags(), None) for a in given]):
            groups.setdefault(link.story, set()).add(link.id)
        return {frozenset(ids) for ids in groups.values()}

    expected = partition(together)
    assert len(expected) > 1
    for seed in range(4):
        random.Random(seed).shuffle(together)
        assert partition(together) == expected


def test_the_window_closes_behind_the_newest_article() -> None:
    old = article("a", "2026-05-01T08:00:00Z")
    soon, late = replace(old, id="b", published="2026-05-03T08:00:00Z"), replace(old, id="c", published="2026-06-03")
    story = {link.id: link.story for link in place([old, soon, late])}
    assert story == {"a": "a", "b": "a", "c": "c"}


def test_undated_articles_know_no_window() -> None:
    first, second = article("a", None), article("b", None)
    assert [link.story for link in place([first, *stream(), second])][-1] == "a"


def test_articles_in_two_languages_do_not_meet() -> None:
    one = replace(article("a", "2026-05-01"), language="en")
    other = replace(one, id="b", language="es", published="2026-05-02")
    assert [link.story for link in place([one, other])] == ["a", "b"]


def test_forgetting_leaves_no_trace() -> None:
    linker = Linker()
    place(stream(), linker)
    linker.forget_before("2027-01-01")
    assert len(linker._window) == 0
    assert not linker._window._postings and not linker._window.terms.frequency.any()


def test_an_article_asks_no_more_postings_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "POSTINGS", 8)
    linker = Linker()
    place(stream(), linker)
    assert max(len(posting) for posting in linker._window._postings.values()) <= 16


def test_settling_merges_what_was_told_apart_and_tells_so() -> None:
    linker = Linker()
    given = stream()
    for each in given:
        linker.restore(each, Tags(), None, each.id)
    moved = linker.settle("2026-05-20T00:00:00Z")
    assert moved
    assert any(line.what.startswith("merged into") for line in linker.history)
    assert all(line.time == "2026-05-20T00:00:00Z" for line in linker.history)
    assert linker.settle() == {} or len(moved) < len(given)


def test_settling_splits_what_does_not_hang_together() -> None:
    linker = Linker()
    for each in stream():
        linker.restore(each, Tags(), None, "mixed")
    moved = linker.settle()
    assert moved
    assert any(line.what.startswith("split off from") for line in linker.history)


def test_a_pin_is_never_undone() -> None:
    linker = Linker()
    for each in stream():
        linker.restore(each, Tags(), None, each.id)
        linker.pin(each.id, each.id)
    assert linker.settle() == {}


WORDS = (
    "harbour strike ferry mayor Orlen Mirdal budget flood vote match Kastra court quake minister Tolpa talks".split()
)


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=6, max_size=14), min_size=2, max_size=9),
    st.randoms(use_true_random=False),
    st.sampled_from(["2026-05-03", "2026-05-03T10:00:00Z"]),
)
@settings(max_examples=25, deadline=None)
def test_no_order_of_equal_moments_changes_a_partition(texts: list[list[str]], rng: random.Random, when: str) -> None:
    batch = [Article(f"b{at}", None, " ".join(t[:5]), " ".join(t) + ".", when) for at, t in enumerate(texts)]

    def partition(given_: list[Article]) -> set[frozenset[str]]:
        linker, groups = Linker(), {}
        place(stream()[:6], linker)
        for link in linker.place_all([(a, Tags(), None) for a in given_]):
            groups.setdefault(link.story, set()).add(link.id)
        return {frozenset(ids) for ids in groups.values()}

    turned = list(batch)
    rng.shuffle(turned)
    assert partition(turned) == partition(batch)


def test_a_packed_sketch_links_as_its_text_does() -> None:
    articles = stream()
    whole = Linker()
    links = place(articles[:10], whole)
    again = Linker()
    for link in links:
        assert again.restore_packed(whole.packed(link.id), None, link.story)
    assert place(articles[10:], again) == place(articles[10:], whole)


def test_a_sketch_of_another_version_is_made_anew() -> None:
    linker = Linker()
    linker.place(article("a", "2026-05-01"), Tags())
    other = linker.packed("a").replace(f"[{FORMAT},".encode(), b"[0,", 1)
    assert not Linker().restore_packed(other, None, "a")


def test_a_late_article_meets_what_is_around_its_day() -> None:
    linker = Linker()
    linker.restore(article("a", "2026-05-01T08:00:00Z"), Tags(), None, "a")
    linker.restore(article("z", "2026-05-07T08:00:00Z"), Tags(), None, "z")
    assert linker.place(article("b", "2026-05-01T10:00:00Z"), Tags()).story == "a"


def test_undated_articles_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.stories.link.UNDATED", 3)
    linker = Linker()
    for at in range(6):
        linker.place(article(f"u{at}", None), Tags())
    assert sorted(linker._window.serial_of) == ["u3", "u4", "u5"]


def test_settling_looks_at_the_stories_it_is_asked_about() -> None:
    linker = Linker()
    for each in stream():
        linker.restore(each, Tags(), None, each.id)
    moved = linker.settle(stories=["x02"])
    assert moved and {change.old for change in linker.changes} | {change.new for change in linker.changes} <= {
        "x00",
        "x01",
        "x02",
    }


def test_datelines_and_credits_of_an_agency_link_nothing() -> None:
    first, second = STORIES[0][0], STORIES[3][0]
    line, credit = "KASTRA, May 1 (ONA) — ", "\n\n(Reporting by Bela Orwin; editing by Sanna Tiell)"
    bare = Linker()
    signed = Linker()
    for linker, before, after in ((bare, "", ""), (signed, line, credit)):
        for name, (title, text) in (("a", first), ("b", second)):
            linker.place(Article(name, None, title, before + text + after, "2026-05-01"), Tags())
    terms = [set(linker._window.sketches[at].terms.tolist()) for linker in (bare, signed) for at in (0, 1)]
    assert terms[:2] == terms[2:]


def test_a_file_that_is_no_model_is_refused_in_words(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "model.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="lacks 'coefficients'"):
        LinkModel.load(path)
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(InputError, match="no link model"):
        LinkModel.load(path)
    path.write_text(LinkModel.load().dump(), encoding="utf-8")
    assert LinkModel.load(path) == LinkModel.load()
