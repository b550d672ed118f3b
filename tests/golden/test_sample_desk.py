"""The sample desk comes out as its answer sheet says, and everything said in it quotes its source exactly."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from dateline import sample
from dateline.model import Article, EventFilter

if TYPE_CHECKING:
    from dateline.desk import Desk

ANSWERS: dict[str, Any] = json.loads(sample.ANSWERS.read_text(encoding="utf-8"))
URLS = {a["file"].removesuffix(".html").removesuffix(".txt"): a["url"] for a in ANSWERS["articles"]}
FILES = {a["file"] for a in ANSWERS["articles"]}
ANY_EVENT = EventFilter(historical=None)


@pytest.fixture
def by_slug(sample_desk: Desk) -> dict[str, Article]:
    """Map `domain/slug` of the answer sheet to the article that came of it."""
    by_url = {a.url: a for a in sample_desk.reader.each_article() if a.url}
    bare = [a for a in sample_desk.reader.each_article() if not a.url]  # a page saved as text has no address
    saved = [slug for slug in URLS if slug + ".txt" in FILES]
    return {slug: by_url[url] for slug, url in URLS.items() if url in by_url} | dict(zip(saved, bare, strict=True))


def test_every_article_is_there_and_nothing_else_is_one(sample_desk: Desk, by_slug: dict[str, Article]) -> None:
    assert sorted(slug for slug in URLS if slug not in by_slug) == []
    rejected = sample_desk.reader.rejections(limit=100)
    assert len(rejected) == len(ANSWERS["not_articles"])
    assert all(r.message for r in rejected)


def test_dates_kinds_and_bylines(by_slug: dict[str, Article]) -> None:
    wrong = []
    withdrawn = {v["article"] for v in ANSWERS["versions"] if v["kind"] == "withdrawal"}
    for told in ANSWERS["articles"]:
        article = by_slug[told["file"].removesuffix(".html").removesuffix(".txt")]
        if (article.published or "")[:10] != told["published"][:10]:
            wrong.append((told["file"], "published", article.published, told["published"]))
        if (article.language or "")[:2] != told["language"][:2]:
            wrong.append((told["file"], "language", article.language, told["language"]))
        if article.kind != told["kind"]:
            wrong.append((told["file"], "kind", article.kind, told["kind"]))
        # nothing but its tombstone is left of a withdrawn article
        signed = [] if told["article"] in withdrawn else list(told["byline"])
        if list(article.byline) != signed:
            wrong.append((told["file"], "byline", str(article.byline), str(told["byline"])))
    assert wrong == []


def test_stories_hold_what_belongs_together(sample_desk: Desk, by_slug: dict[str, Article]) -> None:
    """Nine in ten articles stand with the others of their story and language, and look-alikes are never in one.

    Reports in other languages are linked only where the desk is asked to (`Linker(across=True)`).
    """
    story_of = sample_desk.reader.stories_of(a.id for a in by_slug.values())
    homes: dict[str, Counter[str]] = {}
    for told in ANSWERS["stories"]:
        homes[told["key"]] = Counter(
            story_of[by_slug[slug].id] for slug in told["articles"] if by_slug[slug].id in story_of
        )
    spoken: dict[tuple[str, str | None], Counter[str]] = {}
    for told in ANSWERS["stories"]:
        for article in (by_slug[slug] for slug in told["articles"] if by_slug[slug].id in story_of):
            spoken.setdefault((told["key"], article.language), Counter())[story_of[article.id]] += 1
    placed = sum(c.total() for c in spoken.values())
    together = sum(c.most_common(1)[0][1] for c in spoken.values())
    assert together >= 0.9 * placed, {k: c for k, c in homes.items() if len(c) > 1}
    for told in ANSWERS["stories"]:
        for other in told.get("apart_from", ()):
            shared = set(homes[told["key"]]) & set(homes[other])
            assert not shared, f"{told['key']} and {other} share {shared}"


def test_copies_are_one_report(sample_desk: Desk, by_slug: dict[str, Article]) -> None:
    missed = []
    for told in ANSWERS["copies"]:
        original = sample_desk.reader.family(by_slug[told["original"]].id)
        for copy in told["copies"]:
            family = sample_desk.reader.family(by_slug[copy["article"]].id)
            if family is None or original is None or family.id != original.id:
                missed.append((told["original"], copy["article"], copy["how"]))
    assert missed == []


def test_a_correction_is_a_version_and_a_withdrawal_a_tombstone(sample_desk: Desk, by_slug: dict[str, Article]) -> None:
    for told in ANSWERS["versions"]:
        article = by_slug[told["article"]]
        changes = [v.change for v in sample_desk.reader.versions(article.id)]
        withdrawn = sample_desk.reader.withdrawn(article.id)
        if told["kind"] == "withdrawal":
            assert changes == [], "every version leaves the desk"
            assert withdrawn is not None
            assert withdrawn.note
        else:
            assert changes == ["first", told["kind"]]
            assert withdrawn is None


def test_main_events_are_found(sample_desk: Desk, by_slug: dict[str, Article]) -> None:
    """Seven in ten of the main events come out with their type and place or day, more with a party at least."""
    wanted, found, missed, named = 0, 0, [], 0
    for told in ANSWERS["stories"]:
        ids = [by_slug[slug].id for slug in told["articles"]]
        events = sample_desk.reader.events_of(ids)
        for gold in told["events"]:
            wanted += 1
            alike = [e for e in events if e.type == gold["type"]]
            named += any(_fits(gold, e) or _has_party(gold, e) for e in alike)
            if any(_fits(gold, e) for e in alike):
                found += 1
            else:
                missed.append((told["key"], gold["type"], gold.get("place")))
    assert found >= 0.7 * wanted, missed
    assert named >= 0.84 * wanted


def _fits(gold: dict[str, Any], event: Any) -> bool:
    place = any(p.country == gold.get("country") for p in event.places)
    day = event.date is not None and gold.get("from") and event.date.from_ == gold["from"]
    return bool(place or day)


def _has_party(gold: dict[str, Any], event: Any) -> bool:
    said = " ".join(p.text for p in (*event.actors, *event.recipients))
    return any(word in said for word in (*gold["actor_words"], *gold["recipient_words"]))


def test_every_quotation_is_exact(sample_desk: Desk) -> None:
    """Digest sentences, figures, mentions, and all their spans: `text[start:end]` is what is quoted."""
    reader = sample_desk.reader
    texts = {a.id: a.text for a in reader.each_article()}
    checked = 0
    for story in reader.each_story():
        for quote in story.sentences:
            assert texts[quote.article][quote.start : quote.end] == quote.text
            checked += 1
        for figure in story.figures:
            for reading in figure.readings:
                assert any(c.isalnum() for c in texts[reading.article][reading.start : reading.end])
    for article, text in texts.items():
        for mention in reader.mentions_of(article):
            spans = [mention.trigger, *mention.actors, *mention.recipients, *mention.places, *mention.counts,
                     *mention.weapons, *mention.attributed_to, *([mention.date] if mention.date and mention.date.text else [])]  # fmt: skip
            start, end = mention.sentence
            assert 0 <= start < end <= len(text)
            for span in spans:
                assert text[span.start : span.end] == span.text, (article, span)
                checked += 1
    for event in reader.events(ANY_EVENT, limit=None):
        for party in (*event.actors, *event.recipients, *event.places, *event.weapons):
            assert party.article is not None
            assert texts[party.article][party.start : party.end] == party.text
    assert checked > 500


def test_no_interval_ends_before_it_begins(sample_desk: Desk) -> None:
    for event in sample_desk.reader.events(ANY_EVENT, limit=None):
        if event.date and event.date.from_ and event.date.to:
            assert event.date.from_ <= event.date.to, event
        for count in event.counts:
            assert count.low is None or count.high is None or count.low <= count.high, event


def test_a_reserved_article_is_linked_but_never_quoted_or_coded(sample_desk: Desk) -> None:
    reader = sample_desk.reader
    reserved = [a for a in reader.each_article() if a.rights.tdm == "reserved"]
    assert reserved
    ids = {a.id for a in reserved}
    assert all(reader.story_of(a.id) for a in reserved)
    assert not any(reader.mentions_of(a.id) for a in reserved)
    assert not any(q.article in ids for s in reader.each_story() for q in s.sentences)


def test_a_withdrawn_article_is_quoted_nowhere(sample_desk: Desk, by_slug: dict[str, Article]) -> None:
    reader = sample_desk.reader
    gone = {by_slug[v["article"]].id for v in ANSWERS["versions"] if v["kind"] == "withdrawal"}
    assert not any(q.article in gone for s in reader.each_story() for q in s.sentences)
    assert not any(set(e.articles) & gone for e in reader.events(ANY_EVENT, limit=None))
