"""Families of copies and look-alikes, made by a seeded script from the sample desk's own texts and frames of ours.

Each family is a text with what syndication does to it: carried whole, cut to a half and to a quarter, retitled under
another outlet's credit, edited in a tenth of its words, merged with another text. Look-alikes share a frame with a text
but tell other facts: other names, places and numbers in the same sentences.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from dateline.model import Article, Publisher

CONTENT = Path(__file__).resolve().parents[3] / "tools" / "sample" / "content"
LEAST_WORDS = 110
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+")
_NAMES = (
    "Orvane Tessaly Merrick Caldoon Brastia Hullem Quarrie Ostwell Pendaro Lunsk Vedrana Tolmer Ashkir Bellomar "
    "Corriden Dunvale Estrava Fennick Garroway Hestor Ilmen Jarrold Kestrane Lorvik Mandolay Norreck Olvera Pryce "
    "Quintrell Rostova Sandoval Tremaine Ulverton Varga Wexley Yarrow Zelenka Abelard Bramwell Cressida"
).split()
_OTHER_WORDS = (
    "nearby later again already largely mostly quickly slowly openly briefly partly early twice soon often still "
    "plain narrow broad common simple recent former local"
).split()


@dataclass(frozen=True)
class Given:
    """An article of the set and the family that it belongs to."""

    article: Article
    family: str
    how: str


FRAMES: tuple[tuple[str, tuple[dict[str, str], ...]], ...] = (
    (
        "Shares in {city} closed {way} on {day}, with the {index} index at {points} points, {change} percent {side} "
        "the day before. {firm} led the movers after saying that its profit for the quarter came to {sum} million. "
        "Turnover reached {volume} million shares. Dealers said that trade was thin before the holiday and that most "
        "buyers were waiting for the decision of the central bank, which meets next week. The currency stood at {rate} "
        "to the dollar. {name} of {house} said that he expected little movement until then.",
        (
            dict(
                zip(
                    "city way day index points change side firm sum volume rate name house".split(),
                    row.split("|"),
                    strict=True,
                )
            )
            for row in (
                "Pendaro|higher|Monday|PX|4,118|0.7|above|Ostwell Cement|31|212|14.20|Tomas Rell|Quarrie Bank",
                "Lunsk|lower|Tuesday|LKX|982|1.3|below|Vedrana Foods|84|97|3.71|Irena Motl|Hullem Partners",
                "Caldoon|flat|Wednesday|CAL 30|12,640|0.1|above|Tolmer Shipping|155|641|88.05|Aziz Fennar|Garro House",
                "Ashkir|higher|Thursday|ASH|7,301|2.2|above|Kestrane Mining|12|58|251.6|Lena Drow|Wexley Capital",
            )
        ),  # type: ignore[arg-type]
    ),
    (
        "An earthquake of magnitude {size} struck {depth} km under the sea off {place} at {time} on {day}, the "
        "seismological office said. No warning of a tsunami was given. People in {town} ran into the streets when "
        "lamps began to swing, and the power failed in parts of the old quarter for about {minutes} minutes. "
        "{name}, the mayor, said that cracks had been found in {count} houses and that nobody was hurt. The region "
        "lies on a fault where shocks are common; the last strong one, in {year}, brought down a church tower.",
        (
            dict(
                zip(
                    "size depth place time day town minutes name count year".split(),
                    row.split("|"),
                    strict=True,
                )
            )
            for row in (
                "5.1|18|Brastia|04:12|Sunday|Port Merrick|20|Olga Sand|14|1998",
                "6.0|41|Estrava|21:50|Friday|Lorvik|45|Pau Quint|63|2007",
                "4.8|9|Corriden|13:27|Tuesday|Dunvale|10|Mina Hest|3|1986",
                "5.6|33|Mandolay|02:05|Saturday|Norreck|90|Ravi Ulver|27|2015",
            )
        ),  # type: ignore[arg-type]
    ),
    (
        "{home} beat {guest} {score} at {ground} on {day} night to move up to {rank} in the table. {scorer} scored "
        "after {first} minutes from a corner, and {second} added another before the break. The visitors had more of "
        "the ball after half-time but seldom came near the goal, and their keeper {keeper} was the busier of the two. "
        "A crowd of {crowd} saw the match in steady rain. “We were patient and we took what came,” said the coach, "
        "{coach}. {guest} have now lost {lost} matches in a row and stay in {place} place.",
        (
            dict(
                zip(
                    "home guest score ground day rank scorer first second keeper crowd coach lost place".split(),
                    row.split("|"),
                    strict=True,
                )
            )
            for row in (
                "Hullem Town|Varga|2-0|Mill Lane|Saturday|third|Eno Prass|12|Kip Marle|Dov Lasz|9,410|Ned Corry|four|17th",
                "Ostra|Zelen United|3-1|the Basin|Friday|sixth|Ilo Benk|31|Sam Auder|Yan Petro|21,077|Mark Vell|two|11th",
                "Tremaine|Jarrold Rovers|2-1|Quay Park|Sunday|first|Abe Lund|7|Tor Weiss|Gus Amend|15,220|Rita Mole|five|18th",
                "Abelard|Cressing|4-0|Hill Road|Monday|ninth|Ty Rowe|22|Jon Eskal|Paco Ruin|4,985|Will Denby|three|20th",
            )
        ),  # type: ignore[arg-type]
    ),
    (
        "The price of a litre of petrol in {land} rises to {price} on {day}, the energy ministry in {city} said, up "
        "from {before}. Diesel will cost {diesel}. The ministry adjusts both every month by a formula that follows "
        "the price of crude oil and the exchange rate. Drivers queued at filling stations on the eve of the change; "
        "at one of them, on the road to {town}, the line was {queue} cars long. {name} of the drivers’ union said that "
        "fares would have to go up by {fare} percent unless the government kept its promise of support.",
        (
            dict(
                zip(
                    "land price day city before diesel town queue name fare".split(),
                    row.split("|"),
                    strict=True,
                )
            )
            for row in (
                "Orvania|1.84|Monday|Orvane|1.77|1.69|Tessal|40|Bruno Katz|8",
                "Caldoria|212|Wednesday|Caldoon|198|190|Hestor|75|Amina Roud|15",
                "Lunskia|9.60|Friday|Lunsk|9.10|8.85|Ilmen|22|Petr Vano|5",
                "Merria|655|Sunday|Merrick|610|590|Yarrow|130|Ola Bright|12",
            )
        ),  # type: ignore[arg-type]
    ),
)


def originals() -> list[tuple[str, str, str]]:
    """Give (key, title, text) of the sample desk's longer texts, none of which carries another's."""
    taken: list[tuple[str, str, str]] = []
    seen: set[str] = set()
    for path in sorted(CONTENT.glob("*.toml")):
        for made in tomllib.loads(path.read_text(encoding="utf-8")).get("article", []):
            text = made.get("text", "").strip()
            sentences = {s for s in _SENTENCE.split(text.replace("\n\n", " ")) if len(s.split()) > 6}
            if len(text.split()) < LEAST_WORDS or sentences & seen or "copy_of" in made:
                continue
            seen |= sentences
            taken.append((made["at"], made["title"], text))
    return taken


def _article(key: str, title: str, text: str, minute: int, outlet: str = "First Paper") -> Article:
    moment = f"2026-03-{1 + minute // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}:00Z"
    return Article(key, None, title, text, published=moment, publisher=Publisher(outlet, None))


def _share(text: str, share: float) -> str:
    """Give the first sentences of a text that hold this share of its words."""
    out: list[str] = []
    wanted = share * len(text.split())
    for sentence in _SENTENCE.split(text.replace("\n\n", " ")):
        out.append(sentence)
        if sum(len(s.split()) for s in out) >= wanted:
            break
    return " ".join(out)


def _merged(text: str, other: str) -> tuple[str, str]:
    """Give most of one text and a smaller part of another, so that it is plain whose the merger is."""
    mine = _share(text, 0.6)
    room = 0.7 * len(mine.split()) / len(other.split())
    return mine, _share(other, min(0.4, room) - 0.1)


def _edited(text: str, chance: random.Random) -> str:
    """Change a tenth of a text's words, none of them a name or number."""
    words = text.split(" ")
    plain = [at for at, word in enumerate(words) if word.isalpha() and word.islower()]
    for at in chance.sample(plain, min(len(plain), round(len(words) / 10))):
        words[at] = chance.choice(_OTHER_WORDS)
    return " ".join(words)


def _other_facts(text: str, chance: random.Random) -> str:
    """Tell other facts in the same frame: every name and number of a text replaced, each always by the same one."""
    names = set(re.findall(r"(?<=[\w,;:’”] )[A-Z][\w’-]{2,}", text))
    known: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        word = match.group()
        if word not in known:
            if word[0].isdigit():
                known[word] = str(chance.randint(2, 9) * 10 ** (len(word) - 1) + chance.randint(1, 9))
            else:
                known[word] = chance.choice(_NAMES)
        return known[word] if word[0].isdigit() or word in names else word

    return re.sub(r"\d+|[A-Z][\w’-]{2,}", other, text)


def families(seed: int = 4) -> Iterator[Given]:
    """Give every article of the set in order of publication: originals first, then what became of them."""
    chance = random.Random(seed)
    base = originals()
    minute = 0
    later: list[Given] = []
    for number, (key, title, text) in enumerate(base):
        minute += 1
        yield Given(_article(key, title, text, minute), key, "original")
        _, _, other_text = base[(number + len(base) // 2) % len(base)]
        mine, theirs = _merged(text, other_text)
        made = (
            ("whole", title, text, key),
            ("halved", title, _share(text, 0.5), key),
            ("quartered", title, _share(text, 0.25), key),
            ("retitled", f"What we know of it: {title.split()[0]} and more", f"{text}\n\n(Wire service)", key),
            ("edited", title, _edited(text, chance), key),
            ("merged", title, f"{mine}\n\n{theirs}", key),
        )
        later += [
            Given(_article(f"{key}#{how}", head, body, 0, f"Paper {how}"), family, how)
            for how, head, body, family in made
        ]
        if text.isascii() or re.search(r"\bthe\b", text):
            alike = f"{key}#look-alike"
            later.append(Given(_article(alike, title, _other_facts(text, chance), 0), alike, "look-alike"))
    for number, (frame, rows) in enumerate(FRAMES):
        for at, row in enumerate(rows):
            key = f"frame-{number}-{at}"
            later.append(Given(_article(key, "A bulletin", frame.format(**row), 0), key, "look-alike"))
    chance.shuffle(later)
    for given in later:
        minute += 1
        yield replace(given, article=replace(given.article, published=_article("", "", "", minute).published))
