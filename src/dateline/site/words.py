"""Records in words that people read: moments, intervals, dates, countries, types, states."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from dateline.model import EventDate, Qualifier
from dateline.text.moments import instant, is_day, local_day, to_moment

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@dataclass(frozen=True, slots=True)
class TypeWords:
    """How a PLOVER type is shown: its plain name, its letters, and what it covers."""

    name: str
    letters: str
    about: str


TYPES: dict[str, TypeWords] = {
    "AGREE": TypeWords("Agreement", "AG", "agreeing, offering or promising to cooperate"),
    "CONSULT": TypeWords("Talks", "TA", "meetings, visits, negotiations and calls"),
    "SUPPORT": TypeWords("Support", "SU", "praise, recognition, signing and ratifying"),
    "CONCEDE": TypeWords("Concession", "CE", "yielding in words: eased rules, amnesty, an announced ceasefire"),
    "COOPERATE": TypeWords("Cooperation", "CO", "trade, joint exercises, extradition, shared intelligence"),
    "AID": TypeWords("Aid", "AI", "material help: money, relief, asylum, rescue"),
    "RETREAT": TypeWords("Pull-back", "PB", "concessions with effect: forces leave, captives go free, resignation"),
    "REQUEST": TypeWords("Demand", "DE", "requests, demands and orders in words"),
    "ACCUSE": TypeWords("Accusation", "AC", "disapproving, accusing, suing, charging, investigating"),
    "REJECT": TypeWords("Refusal", "RF", "refusing, declining, vetoing"),
    "THREATEN": TypeWords("Threat", "TH", "threats and forceful warnings"),
    "PROTEST": TypeWords("Protest", "PR", "collective civilian action: marches, strikes, riots"),
    "SANCTION": TypeWords("Sanction", "SA", "relations reduced: conviction, expulsion, aid broken off"),
    "MOBILIZE": TypeWords("Mobilisation", "MO", "military or police moves short of force"),
    "COERCE": TypeWords("Coercion", "CR", "arrest, seizure, curfew, censorship"),
    "ASSAULT": TypeWords("Assault", "AS", "deliberate acts that can do substantial physical harm"),
}

STATUSES: dict[str, str] = {
    "asserted": "reported as having happened",
    "alleged": "alleged: one side says so",
    "denied": "denied by those concerned",
    "negated": "reported as not having happened",
    "hypothetical": "spoken of as possible, not as having happened",
    "planned": "announced or planned, not yet done",
    "desired": "wished for or demanded, not done",
    "habitual": "told as something that happens regularly",
}

ROLES: dict[str, str] = {
    "original": "first to carry this text",
    "copy": "carries the same text",
    "independent": "own reporting",
    "update": "says what no report before it did",
    "opinion": "opinion",
}

PRECISIONS: dict[str, str] = {
    "site": "a named site",
    "city": "a town or city",
    "near": "near a named place",
    "admin1": "somewhere in a province or state",
    "country": "somewhere in a country",
    "offshore": "at sea",
    "region": "a wider region",
}

RELATIONS: dict[str, str] = {"agree": "accounts agree", "updated": "updated over time", "disputed": "disputed"}

LANGUAGES: dict[str, str] = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "ms": "Malay",
    "nl": "Dutch", "no": "Norwegian", "nb": "Norwegian", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "sq": "Albanian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_LEFTWARD = frozenset({"ar", "fa", "he", "ps", "ur", "yi", "dv", "ckb", "sd", "ug"})


def direction(language: str | None) -> str | None:
    """Give "rtl" for languages written from right to left, else None."""
    return "rtl" if (language or "").split("-")[0].lower() in _LEFTWARD else None


def language_name(language: str | None) -> str:
    """Name a language of a BCP 47 tag; the tag itself where it is not in the table."""
    return LANGUAGES.get((language or "").split("-")[0].lower(), language or "unknown")


@cache
def _world() -> dict[str, dict[str, object]]:
    path = Path(__file__).parent / "data" / "world.json"
    table: dict[str, dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))["countries"]
    return table


@cache
def country(code: str | None) -> str:
    """Name a country of an ISO 3166-1 alpha-3 code; the code itself where it is none."""
    entry = _world().get(code or "")
    return str(entry["name"]) if entry else (code or "")


def is_country(code: str) -> bool:
    """Tell whether a code is a country's."""
    return code in _world()


def countries() -> list[tuple[str, str]]:
    """List all countries as (code, name) in order of name."""
    return sorted(((code, str(entry["name"])) for code, entry in _world().items()), key=lambda pair: pair[1])


def plural(number: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def number(value: float | int | None) -> str:
    """Write a number with its thousands set apart; large round ones in words."""
    if value is None:
        return "?"
    for size, name in ((1_000_000_000, "billion"), (1_000_000, "million")):
        if abs(value) >= size and (value * 100 / size) == int(value * 100 / size):
            return f"{value / size:g} {name}"
    return f"{int(value):,}" if value == int(value) else f"{value:,.10g}"


_VAGUE = {"dozens", "scores", "hundreds", "thousands", "several"}


def interval(low: float | int | None, high: float | int | None, qualifier: Qualifier | None = None) -> str:
    """Write an interval as its speaker would: “at least 19”, “up to 40”, “3–5”."""
    if qualifier in _VAGUE:
        return str(qualifier)
    if low is None and high is None:
        return "not known"
    if low is None:
        return f"less than {number((high or 0) + 1)}" if qualifier == "less_than" else f"up to {number(high)}"
    if high is None:
        return f"more than {number(low - 1)}" if qualifier == "more_than" else f"at least {number(low)}"
    if low == high:
        return ("about " if qualifier == "about" else "") + number(low)
    return f"{number(low)}–{number(high)}"


def what(name: str) -> str:
    """Write the name of a counted thing."""
    return name.replace("_", " ")


def context(name: str) -> str:
    """Write the name of a context, mode or sector."""
    return name.replace("_", " ").replace("-", " ")


TOPICS: dict[str, str] = {  # short names of the top level of IPTC Media Topics
    "arts-culture-entertainment-and-media": "Culture",
    "conflict-war-and-peace": "Conflict",
    "crime-law-and-justice": "Crime and law",
    "disaster-accident-and-emergency-incident": "Disaster",
    "economy-business-and-finance": "Economy",
    "environment": "Environment",
    "human-interest": "People",
    "labour": "Work",
    "lifestyle-and-leisure": "Leisure",
    "politics-and-government": "Politics",
    "politics": "Politics",
    "religion": "Religion",
    "science-and-technology": "Science",
    "society": "Society",
}


def topic(slug: str) -> str:
    """Write a topic's slug as words."""
    if slug in TOPICS:
        return TOPICS[slug]
    return slug.replace("-", " ").replace("_", " ").strip().capitalize()


def day_name(made: date, *, weekday: bool = False, year: bool = True) -> str:
    """Write a day: “22 November 2026”, with its weekday before it where asked."""
    text = f"{made.day} {_MONTHS[made.month - 1]}" + (f" {made.year}" if year else "")
    return f"{_DAYS[made.weekday()]}, {text}" if weekday else text


def short_day(made: date, now: datetime | None = None) -> str:
    """Write a day briefly: “22 Nov”, with the year where it is not that of `now`."""
    text = f"{made.day} {_MONTHS[made.month - 1][:3]}"
    return text if now is not None and made.year == now.year else f"{text} {made.year}"


def machine(moment: str | None) -> str | None:
    """Write a moment for `<time datetime>`; None where it cannot be read."""
    made = instant(moment)
    if made is None or moment is None:
        return None
    return made.date().isoformat() if is_day(moment) else to_moment(made)


def full(moment: str | None) -> str:
    """Write a moment in full, in UTC."""
    made = instant(moment)
    if made is None or moment is None:
        return "undated"
    if is_day(moment):
        return day_name(made.date())
    return f"{day_name(made.date())}, {made:%H:%M} UTC"


def brief(moment: str | None, now: datetime) -> str:
    """Write a moment as briefly as `now` allows: the time today, else the day."""
    made = instant(moment)
    if made is None or moment is None:
        return "undated"
    if made.date() == now.date():
        return "today" if is_day(moment) else f"{made:%H:%M}"
    return short_day(made.date(), now)


def stamp(moment: str | None, now: datetime) -> str:
    """Write a moment with its day and its time, as far as they are known: “4 Mar, 17:10”."""
    made = instant(moment)
    if made is None or moment is None:
        return "undated"
    return short_day(made.date(), now) + ("" if is_day(moment) else f", {made:%H:%M}")


def ago(moment: str | None, now: datetime) -> str:
    """Write how long before `now` a moment lies."""
    made = instant(moment)
    if made is None or moment is None:
        return "undated"
    if is_day(moment):
        days = (now.date() - made.date()).days
        return "today" if days == 0 else "yesterday" if days == 1 else brief(moment, now)
    gone = now - made
    if gone < timedelta(0):
        return brief(moment, now)
    minutes = int(gone.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 24 * 60:
        return f"{minutes // 60} h ago"
    return "yesterday" if minutes < 48 * 60 else brief(moment, now)


def event_date(when: EventDate | None, now: datetime | None = None) -> str:
    """Write when something happened, to the grain that is known."""
    if when is None:
        return "date not known"
    first, last = local_day(when.from_), local_day(when.to)
    if first is None and last is None:
        return when.text or "date not known"
    if first is None:
        return f"until {short_day(last, now)}" if last else "date not known"
    if last is None:
        return f"since {short_day(first, now)}"
    return _span(first, last, now)


def _span(first: date, last: date, now: datetime | None) -> str:
    first, last = min(first, last), max(first, last)
    if first == last:
        return short_day(first, now)
    after = last + timedelta(days=1)
    if first.day == 1 and after.day == 1:
        if (first.month, first.year) == (last.month, last.year):
            return f"{_MONTHS[first.month - 1]} {first.year}"
        if first.month == 1 and last.month == 12:
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if (first.month, first.year) == (last.month, last.year):
        return f"{first.day}–{short_day(last, now)}"
    return f"{short_day(first, now if first.year == last.year else None)} – {short_day(last, now)}"


_BEGINS_SENTENCE = re.compile(
    r"(?:At least|More than|Fewer than|Less than|Up to|As many as|About|Around|Nearly|Almost|Over|Some|Several|Many"
    r"|Most|Both|All|Another|The|An?|His|Her|Its|Their|Our|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve"
    r"|Thirteen|Fourteen|Fifteen|Sixteen|Seventeen|Eighteen|Nineteen|Twenty|Thirty|Forty|Fifty|Sixty|Seventy|Eighty"
    r"|Ninety|Dozens|Scores|Hundreds|Thousands)(?=[ -][a-z0-9])"
)


def party(name: str | None, text: str) -> str:
    """Name a party as the lexicon does, else in the article's words, which may have begun a sentence there."""
    if name or not _BEGINS_SENTENCE.match(text):
        return name or text
    return text[0].lower() + text[1:]


WHOSE = {  # why a text is taken for the original of its copies
    "the agency's own": "it is the agency’s own",
    "not a repost": "it is no repost",
    "the fullest text": "it has the fullest text",
    "the first to publish": "it was the first to be published",
}

ASKING = (  # ways to ask a search: an example and what it finds
    ("flood dam", "both words, in any of their forms"),
    ('"burst dam"', "exactly these words, side by side"),
    ("flood OR quake", "either of them"),
    ("flood -dam", "the first without the second"),
    ("flood*", "all words that begin so"),
    ("place:Kenya", "that name the place, or one within the country"),
    ("actor:army", "that name the party"),
    ("source:example.org", "of one outlet, by its domain or name"),
    ("type:protest", "that tell of an event of this type"),
    ("has:figures", "that give numbers; also has:quotes, has:corrections, has:copies"),
    ("lang:fr", "in this language"),
    ("after:7d", "of the last seven days; before:2026-03-15 for older ones"),
)

LIKENESS = {  # what two reports of one story have in common
    "text": "words of the text",
    "title": "words of the titles",
    "title_in_text": "title of one in the text of the other",
    "title_in_text_low": "the same, the other way round",
    "lead": "titles and first words",
    "lead_names": "names at the beginning",
    "elsewhere": "other places at the beginning",
    "names": "names",
    "years_differ": "other years named",
    "pairs": "pairs of words",
    "actors": "parties",
    "places": "places",
    "numbers": "numbers",
    "rare": "rarest words",
    "days_apart": "time between them",
    "undated": "one is undated",
    "untagged": "one names no party or place",
    "copies": "one text, copied",
    "rivals": "other stories that are near",
}


def likeness(name: str) -> str:
    """Write the name of a feature by which reports are linked."""
    plain = name.removesuffix("_undated")
    return LIKENESS.get(plain, context(plain)) + (", undated" if plain != name else "")


def percent(value: float | None) -> str:
    """Write a share of 1 in per cent; a dash where there is none."""
    return "–" if value is None else f"{round(value * 100)}%"
