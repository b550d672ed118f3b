"""A few invented pages and what the tests of the desk look at."""

from __future__ import annotations

import io
from pathlib import Path

from dateline.desk import Desk
from dateline.exports import FORMATS, write
from dateline.model import EventFilter
from dateline.store import Reader

NOW = "2026-03-13T10:00:00Z"

FLOOD = (
    "A burst dam flooded the town of Port Vell on Monday and killed at least 19 people, the mayor, Ilse Marant, said.\n"
    "Rescuers searched the Lower Quay for 30 missing people until midnight. The dam of the Orrin river broke at dawn "
    "after four days of rain, and the water stood two metres high in the market hall.\n"
    "“We had no warning,” said Teo Abarrane, who runs a bakery on the quay. The government sent 200 soldiers and "
    "promised money for those who lost their homes. Schools in Port Vell stay closed until Friday."
)
TOLL = (
    "The number of people killed by the flood in Port Vell rose to 23 on Tuesday, the mayor, Ilse Marant, said, after "
    "rescuers found four bodies in the Lower Quay.\n"
    "Engineers said the dam of the Orrin river had not been inspected for nine years. The regional governor, Pau "
    "Desclot, ordered an inquiry into the burst dam and said that its keepers would answer for it.\n"
    "Water still stood in the market hall, and 1,200 people spent the night in the sports arena of the town."
)
CHESS = (
    "The chess final between Nora Lindqvist and Babak Sohrabi ended in a draw in Orsk on Sunday after 71 moves.\n"
    "Lindqvist had sacrificed a rook in the opening and regained it in the endgame. The players meet again on "
    "Thursday for a game that decides the title, which Sohrabi has held for six years.\n"
    "About 900 spectators filled the hall of the railway museum, the organisers said."
)


def page(title: str, text: str, published: str, *, outlet: str = "harbourtimes.example", head: str = "") -> str:
    """Make a page of an invented outlet."""
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n"))
    slug = "-".join(title.lower().split())
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="canonical" href="https://{outlet}/news/{slug}">'
        f'<meta property="og:type" content="article"><meta property="og:site_name" content="{outlet.split(".")[0]}">'
        f'<meta property="article:published_time" content="{published}">{head}</head>'
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def write_pages(folder: Path) -> Path:
    """Write three invented pages: two of one flood, one of a chess game."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {
        "flood": page("Burst dam floods Port Vell", FLOOD, "2026-03-09T18:00:00+01:00"),
        "toll": page("Port Vell flood toll rises to 23", TOLL, "2026-03-10T12:00:00Z", outlet="orskpost.example"),
        "chess": page("Chess final drawn in Orsk", CHESS, "2026-03-08T20:00:00Z", outlet="orskpost.example"),
    }
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return folder


def everything(reader: Reader, *, passes: bool = True) -> dict[str, bytes]:
    """Give every export of a desk and what no export holds (without `passes`: not how many there were), byte for byte."""
    found: dict[str, bytes] = {}
    for what, formats in FORMATS.items():
        if what in ("sources", "passes"):
            continue  # the addresses of sources are paths; passes are compared below
        for format in formats:
            stream = io.BytesIO()
            write(what, format, reader, stream)
            found[f"{what}.{format}"] = stream.getvalue()
    found["inside"] = repr([*_inside(reader), reader.manifests() if passes else None]).encode("utf-8")
    return found


def _inside(reader: Reader) -> list[object]:
    articles, stories = list(reader.each_article()), list(reader.each_story())
    return [
        reader.counts(),
        reader.rejections(limit=99),
        reader.corrections(limit=99),
        [(s.articles, s.copied, s.error) for s in reader.sources()],
        [(reader.tags(a.id), reader.versions(a.id), reader.link(a.id), reader.family(a.id)) for a in articles],
        [reader.history(s.id) for s in stories],
        [reader.events(EventFilter(story=s.id, historical=None)) for s in stories],
        [s.id for s in reader.stories(limit=999)],
        [(h.article, h.passage) for h in reader.search("the OR de", limit=999)],
    ]


def made(folder: Path, source: Path) -> Desk:
    """Make a desk over a folder of pages and do its first pass."""
    desk = Desk.init(folder)
    desk.add(str(source))
    desk.run_pass(now=NOW, jobs=1)
    return desk
