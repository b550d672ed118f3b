"""When an article was published and changed: JSON-LD, metadata, <time>, feed, address and text, reconciled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dateline.articles.document import Document, is_elsewhere, label_of, squeeze
from dateline.articles.meta import when
from dateline.lexicon.outlets.furniture import phrases
from dateline.model import Moment, PublishedFrom
from dateline.text.moments import instant, is_day, local_day, readable

_PUBLISHED = (
    "article:published_time og:article:published_time article:published og:published_time published_time datepublished "
    "og:datepublished parsely-pub-date sailthru.date cxenseparse:recs:publishtime "
    "cxenseparse:publishtime dc.date.issued "
    "dcterms.issued dc.date.created dcterms.created dc.date dcterms.date pubdate pub_date publish-date publish_date "
    "publishdate published_at publication_date article_date_original date.release "
    "time.release datecreated rnews:datepublished "
    "citation_publication_date prism.publicationdate nastooh:publishdate originalpublicationdate bt:pubdate "
    "dcsext.articlefirstpublished article.published date"
).split()
_MODIFIED = (
    "article:modified_time og:article:modified_time og:updated_time datemodified last-modified article_date_updated "
    "dcterms.modified dc.date.modified lastmod revised article:modified"
).split()
# How sure each source is by itself; agreement of two raises it, disagreement lowers it.
_TRUST = {"jsonld": 0.93, "meta": 0.91, "time": 0.8, "feed": 0.85, "url": 0.85, "text": 0.7, "given": 0.6}
_URL_DATE = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})[/_.-](?P<m>\d{1,2}|[a-z]{3})[/_.-](?P<d>\d{1,2})(?!\d)")
_URL_COMPACT = re.compile(r"(?<!\d)(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_SHORT_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass(frozen=True, slots=True)
class Dated:
    """When a page says it was published and changed."""

    published: Moment | None = None
    source: PublishedFrom | None = None
    confidence: float | None = None
    modified: Moment | None = None


def dates(document: Document) -> Dated:
    """Read the dates of a page, the first of JSON-LD, meta, <time>, feed, URL and text that gives one.

    Others that name the same day raise the confidence. Where the chosen moment is given in UTC and the date printed
    under the headline is a day beside it, as it is for evenings west and mornings east of Greenwich, the printed day is
    taken: a moment is written in its source's own time.
    """
    newest = _newest(document)
    found = [pair for pair in _candidates(document) if _plausible(pair[1], newest)]
    printed = any(kind in ("time", "text") for kind, _ in found)
    if not found or (found[0][1].endswith("Z") and not printed):
        found += _printed(document, newest)
        found += _sent(document)
    if not found:
        return Dated(modified=_modified(document, None))
    source, moment = found[0]
    days = [local_day(other) for _, other in found[1:]]
    own = local_day(moment)
    agree, differ = sum(day == own for day in days), sum(day != own for day in days)
    confidence = min(0.99, _TRUST[source] + 0.04 * agree) - 0.12 * (differ > agree)
    shown = next((other for kind, other in found if kind in ("time", "text")), None)
    if source in ("jsonld", "meta") and (shown is None or shown == moment):
        shown = next((other for kind, other in found if kind == "url"), shown)
    moment = _in_local_time(moment, shown)
    return Dated(moment, source, round(confidence, 2), _modified(document, moment))


def _newest(document: Document) -> date | None:
    """Give the day after the page was fetched: nothing on it was published later."""
    day = local_day(document.page.fetched)
    return day + timedelta(days=1) if day else None


def _plausible(moment: Moment, newest: date | None) -> bool:
    day = local_day(moment)
    return (
        day is not None
        and readable(moment) is not None
        and day.year >= when.FIRST_YEAR
        and (newest is None or day <= newest)
    )


def _candidates(document: Document) -> Iterator[tuple[PublishedFrom, Moment]]:
    month_first = _month_first(document)
    node = document.main or {}
    for key in ("datePublished", "dateCreated", "uploadDate"):
        made = when.moment_of(_text(node.get(key)), month_first=month_first)
        if made:
            yield "jsonld", made
            break
    for name in _PUBLISHED:
        made = when.moment_of(document.meta(name), month_first=month_first)
        if made:
            yield "meta", made
            break
    shown = _time_elements(document, month_first)
    if shown:
        yield "time", shown
    page = document.page
    if page.published and page.published_from == "feed":
        yield "feed", page.published
    in_address = url_date(document.url)
    if in_address:
        yield "url", in_address


def _printed(document: Document, newest: date | None) -> list[tuple[PublishedFrom, Moment]]:
    written = _written(document, _month_first(document), newest)
    return [("text", written)] if written else []


def _sent(document: Document) -> list[tuple[PublishedFrom, Moment]]:
    given = when.given(document.page.published)
    return [(document.page.published_from, given)] if given and document.page.published_from != "feed" else []


def _text(value: Any) -> str | None:
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, str) else None


def _month_first(document: Document) -> bool | None:
    """Tell whether 3/4/2023 is in March here: only where the page declares American English."""
    declared = (document.tree.get("lang") or document.meta("og:locale") or "").replace("_", "-").lower()
    if declared == "en-us":
        return True
    return None if declared in ("", "en") else False


_MODIFIED_SIGN = re.compile(r"updat|modif|revis|actuali|aktuali|bijgewerkt|обнов|güncel|تحديث", re.IGNORECASE)


def _time_elements(document: Document, month_first: bool | None) -> Moment | None:
    """Give the date of the <time> that stands for the article: marked as publication, else the first outside lists."""
    first: Moment | None = None
    for number, element in enumerate(document.tree.iter("time")):
        if number > 60:
            break
        made = when.moment_of(element.get("datetime"), month_first=month_first)
        made = made or when.moment_of(squeeze(element.text_content()), month_first=month_first)
        if not made:
            continue
        label = " ".join((element.get("class") or "", element.get("itemprop") or "", element.get("id") or ""))
        if element.get("pubdate") is not None or "published" in label.lower():
            return made
        above = element.getparent()
        before = squeeze((above.text or "")[:60] if above is not None else "")
        if _MODIFIED_SIGN.search(label) or _MODIFIED_SIGN.search(before) or _is_elsewhere(element):
            continue
        first = first or made
    return first


def _is_elsewhere(element: Any) -> bool:
    for depth, above in enumerate(element.iterancestors()):
        if depth > 6:
            return False
        if above.tag in ("aside", "footer", "nav", "li") or is_elsewhere(label_of(above)):
            return True
    return False


def url_date(url: str | None) -> Moment | None:
    """Read the day in an address (`/2023/10/27/`, `/2023/oct/27/`, `-20231027`); None without a whole one."""
    if not url:
        return None
    match = _URL_DATE.search(url) or _URL_COMPACT.search(url)
    if match is None:
        return None
    month = match["m"]
    number = int(month) if month.isdigit() else _SHORT_MONTHS.index(month) + 1 if month in _SHORT_MONTHS else 0
    try:
        return date(int(match["y"]), number, int(match["d"])).isoformat()
    except ValueError:
        return None


_DATE_TAGS = tuple("h1 div p span li td small em b strong dd i font".split())
_DATED = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|timestamp|time|published|pubdate|posted|publish|byline|meta|info|lbl)|date$",
    re.IGNORECASE,
)


def _written(document: Document, month_first: bool | None, newest: date | None) -> Moment | None:
    """Give the date printed near the headline: in an element marked as date, or after a label such as “Published”."""
    labels = phrases("date_labels")
    seen = False
    steps = 0
    loose: Moment | None = None
    has_heading = document.tree.find(".//h1") is not None
    for element in document.tree.iter(*_DATE_TAGS):
        if element.tag == "h1":
            seen = True
            continue
        if has_heading and not seen:
            continue
        steps += 1
        if steps > 160:
            break
        text = squeeze(" ".join(element.itertext())) if len(element) < 12 else ""
        if not 6 <= len(text) <= 110 or not re.search(r"\d", text):
            continue
        found = when.find(text, month_first=month_first, newest=newest)
        if not found:
            continue
        before = re.sub(r"[\W_]+", " ", text[: found[0].start]).strip().casefold()
        rest = len(re.findall(r"[^\W\d_]+", text)) - len(re.findall(r"[^\W\d_]+", text[found[0].start : found[0].end]))
        label = " ".join((element.get("class") or "", element.get("id") or "", element.get("itemprop") or ""))
        if (_MODIFIED_SIGN.search(before) and len(found) == 1) or _is_elsewhere(element):
            continue
        if any(before.endswith(word) for word in labels) or (_DATED.search(label) and rest <= 12):
            return found[0].moment
        if rest <= (5 if steps <= 25 and has_heading else 2) and loose is None:
            loose = found[0].moment
    return loose


def _in_local_time(moment: Moment, shown: Moment | None) -> Moment:
    """Give the moment in its source's own time where the page prints it so; else as it is."""
    if shown is None or not moment.endswith("Z"):
        return moment
    chosen, printed = datetime.fromisoformat(moment), instant(shown)
    day, own = local_day(shown), local_day(moment)
    if printed is None or day is None or own is None or shown == moment:
        return moment
    if not is_day(shown) and not shown.endswith("Z"):
        return shown if abs((printed - chosen).total_seconds()) < 120 else moment
    beside = (day - own).days
    if not is_day(shown):
        hours = round((printed - chosen).total_seconds() / 900) / 4
        if abs((printed - chosen).total_seconds() - hours * 3600) < 120 and hours and -12 <= hours <= 14:
            offset = timedelta(hours=hours)
            local = (chosen + offset).replace(tzinfo=None)
            sign = "+" if hours > 0 else "-"
            minutes = abs(int(offset.total_seconds() // 60))
            return f"{local.isoformat()}{sign}{minutes // 60:02}:{minutes % 60:02}"
    elif (beside == -1 and chosen.hour < 12) or (beside == 1 and chosen.hour >= 10):
        return shown
    return moment


def _modified(document: Document, published: Moment | None) -> Moment | None:
    """Give when the page says it was last changed; None where that is the moment of publication or before it."""
    value = when.moment_of(_text((document.main or {}).get("dateModified")))
    for name in _MODIFIED if value is None else ():
        value = when.moment_of(document.meta(name))
        if value:
            break
    if value is None or published is None:
        return value
    changed, first = instant(value), instant(published)
    return value if changed and first and (changed - first).total_seconds() > 60 else None
