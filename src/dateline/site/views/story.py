"""The story page: what is known, where accounts differ, when, where, who reported it, and why it is one story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.model import Article, Card, Family, Link, Story
from dateline.site import links, words
from dateline.site.views import lists
from dateline.site.views.figures import FigureLine, figure_line
from dateline.site.views.lists import ArticleLine, Outlet, StoryLine
from dateline.site.visit import Visit

MEMBERS = 400  # articles of one story that its page shows


@dataclass(frozen=True, slots=True)
class Sentence:
    """A digest sentence with the address of its evidence."""

    number: int
    text: str
    href: str
    outlet: str
    language: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """One independent report, with the copies of its text folded under it."""

    line: ArticleLine
    why: str | None  # why it stands in this story
    shared: tuple[str, ...]
    copies: tuple[ArticleLine, ...]
    family_why: str | None


@dataclass(frozen=True, slots=True)
class Share:
    """A bar of the rail: a name, its number, and its part of the whole in per cent."""

    name: str
    number: int
    width: float


@dataclass(frozen=True, slots=True)
class RelatedLine:
    """Another story with the reason."""

    href: str
    headline: str
    why: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """All that a story page shows but its events."""

    line: StoryLine
    outlet: Outlet | None
    sentences: tuple[Sentence, ...]
    figures: tuple[FigureLine, ...]
    disputed: tuple[FigureLine, ...]
    reports: tuple[Report, ...]
    left_out: int
    independent: int
    copied: int
    by_country: tuple[Share, ...]
    by_language: tuple[Share, ...]
    related: tuple[RelatedLine, ...]


def story_page(visit: Visit, story: Story) -> StoryPage:
    """Gather a story page."""
    members = [member.id for member in story.articles[:MEMBERS]]
    quoted = [quote.article for quote in story.sentences] + [r.article for f in story.figures for r in f.readings]
    articles = visit.articles(quoted)
    cards = visit.cards(members)
    sentences = quoted_sentences(visit, story, articles)
    figures = tuple(figure_line(figure, articles) for figure in story.figures)
    standing = [cards[id] for id in members if id in cards]
    copied = sum(member.role == "copy" for member in story.articles)
    line = lists.story_lines(visit, [story])[0]
    return StoryPage(
        line=line,
        outlet=line.outlet,
        sentences=sentences,
        figures=tuple(f for f in figures if f.readings),
        disputed=tuple(f for f in figures if f.relation == "disputed" and f.readings),
        reports=_reports(visit, story, cards),
        left_out=max(0, len(story.articles) - MEMBERS),
        independent=len(story.articles) - copied,
        copied=copied,
        by_country=_shares(
            [
                words.country(a.publisher.country) if a.publisher and a.publisher.country else "not known"
                for a in standing
            ]
        ),
        by_language=_shares([words.language_name(a.language) for a in standing]),
        related=_related(visit, story),
    )


def quoted_sentences(visit: Visit, story: Story, articles: dict[str, Article]) -> tuple[Sentence, ...]:
    """Give the digest sentences that may be shown, numbered from 1."""
    made: list[Sentence] = []
    for quote in story.sentences:
        article = articles.get(quote.article)
        shown = visit.budget.take(article, quote.start, quote.end) if article else None
        if article is None or shown is None:
            continue
        made.append(
            Sentence(
                number=len(made) + 1,
                text=lists.quotation(shown, article, quote),
                href=links.article(quote.article, quote.start, quote.end),
                outlet=lists.outlet_name(article),
                language=article.language,
                published=article.published,
            )
        )
    return tuple(made)


def _reports(visit: Visit, story: Story, articles: Mapping[str, Card]) -> tuple[Report, ...]:
    roles = {member.id: member.role for member in story.articles}
    families = visit.reader.families(list(roles)[:MEMBERS])
    for known in list(families.values()):
        families.update((m, known) for m in known.members if m in roles and m not in families)
    why = visit.reader.links(roles)
    heads = [id for id in roles if roles[id] != "copy" and (id not in families or _head(families[id], roles) == id)]
    told = set(heads)
    made: list[Report] = []
    for id in heads:
        family = families.get(id)
        copies = [m for m in family.members if m in roles and m != id] if family else []
        told.update(copies)
        made.append(_report(visit, id, copies, roles, articles, family, why.get(id)))
    made.extend(_report(visit, id, [], roles, articles, None, why.get(id)) for id in roles if id not in told)
    rank = {"original": 0, "independent": 0, "update": 1, "opinion": 2, "copy": 3}
    return tuple(sorted(made, key=lambda r: (rank.get(r.line.role or "", 4), r.line.published or "9999", r.line.id)))


def _head(family: Family, roles: Mapping[str, str]) -> str:
    """Choose the member of a family that its copies are folded under: the original where it is in the story."""
    if family.original in roles:
        return family.original
    own = [m for m in family.members if m in roles and roles[m] != "copy"]
    return own[0] if own else family.members[0]


def _report(
    visit: Visit,
    id: str,
    copies: Sequence[str],
    roles: Mapping[str, str],
    articles: Mapping[str, Card],
    family: Family | None,
    link: Link | None,
) -> Report:
    why = None
    if link is not None and link.nearest is not None and link.score is not None:
        why = f"linked with {words.percent(link.score)}"
    return Report(
        line=_member(visit, id, roles[id], articles),
        why=why,
        shared=link.shared[:6] if link else (),
        copies=tuple(_member(visit, copy, roles[copy], articles) for copy in copies),
        family_why=family.why if family and copies else None,
    )


def _member(visit: Visit, id: str, role: str, articles: Mapping[str, Card]) -> ArticleLine:
    """Make a member's line; one that was withdrawn, or is not stored any more, is named as such."""
    if id in articles:
        return lists.article_line(visit, articles[id], role=role)
    return ArticleLine(
        id=id, href=links.article(id), out=None, title="Withdrawn report", direction=None, language=None,
        outlet="", outlet_href=None, published=None, story=None, role=role, withdrawn=True,
    )  # fmt: skip


def _shares(names: Sequence[str]) -> tuple[Share, ...]:
    counted = Counter(names)
    most = max(counted.values(), default=1)
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Share(name, number, round(100 * number / most, 1)) for name, number in ordered[:8])


def _related(visit: Visit, story: Story) -> tuple[RelatedLine, ...]:
    found = [(other, visit.reader.story(other.id)) for other in story.related]
    kept = [(other, record) for other, record in found if record is not None]
    heads = visit.cards([record.headline.article for _, record in kept if record.headline])
    return tuple(
        RelatedLine(
            href=links.story(record),
            headline=lists.headline_of(record, heads, visit)[0],
            why=other.why,
            numbers=lists.story_numbers(record),
        )
        for other, record in kept
    )
