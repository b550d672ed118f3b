"""What each reader of strangers' bytes must hold, whatever they are; run by hypothesis in the tests and by atheris for long.

`python tests/fuzz/fuzzing.py feeds 300` lets atheris (from PyPI, not a dependency) look for 300 seconds for bytes that break
a promise; what it finds goes into `seeds/`, which the tests read ever after.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

SEEDS = Path(__file__).parent / "seeds"
BASE = "https://quay.example/f"


def feeds(data: bytes) -> None:
    """A feed gives clean entries, or is said to be none."""
    from dateline.errors import SourceError
    from dateline.sources import feeds as reader

    reader.looks_like_feed(data)
    try:
        feed = reader.parse(data, BASE)
    except SourceError:
        return
    assert len(feed.entries) <= reader.MAX_ENTRIES
    for entry in feed.entries:
        _is_web(entry.url)
        said = f"{entry.title}{entry.summary}{entry.content}{entry.author}{entry.categories}{feed.title}"
        said.encode()
        assert "<script" not in (entry.content or "").lower()
        assert reader.moment(entry.published) == entry.published


def sitemaps(data: bytes) -> None:
    """A sitemap gives entries or further sitemaps, or is said to be none."""
    from dateline.errors import SourceError
    from dateline.sources import sitemaps as reader

    try:
        found = reader.parse(data, BASE)
    except SourceError:
        return
    for address in [e.url for e in reader.news(found, "2026-03-02T10:00:00Z")] + reader.newest(found.children):
        _is_web(address)


def opml(data: bytes) -> None:
    """A list of feeds can be written and read again as it was, or is said to be none."""
    from dateline.errors import SourceError
    from dateline.model import SourceState
    from dateline.sources import opml as reader

    try:
        found = reader.read(data, BASE)
    except SourceError:
        return
    for outline in found:
        _is_web(outline.address)
    states = [SourceState(str(n), o.address, "feed", o.name, o.topics) for n, o in enumerate(found)]
    again = reader.read(reader.write(states).encode(), BASE)
    assert sorted(o.address for o in again) == sorted(o.address for o in found)


def robots(data: bytes) -> None:
    """Rules of any form answer every question."""
    from dateline.sources.http.robots import Robots

    rules = Robots.of(200, data, 0.0)
    for url in ("https://quay.example/", "https://quay.example/a/b?c=d&e=" + "a" * 200):
        rules.allows("dateline", url)
    delay = rules.crawl_delay("dateline")
    assert delay is None or delay >= 0
    rules.sitemaps()


def warc(data: bytes) -> None:
    """An archive gives pages and reasons, numbered upwards, and ends."""
    from dateline.sources import warc as reader

    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        places = [place.number for _, place in reader.read_on(Path(file.name), "x")]
    assert places == sorted(places)


def pages(data: bytes) -> None:
    """A page gives an article whose parts quote its text, or a reason."""
    from dateline import codec
    from dateline.articles import read
    from dateline.model import Article, Page

    source = data.decode("utf-8", "replace")
    for page in (Page("x", BASE, html=source), Page("x", BASE, text=source)):
        made = read(page, keep=True)
        if isinstance(made, Article):
            assert made.text.strip()
            assert codec.decode(codec.encode(made), Article) == made
            for part in (*made.posts, *made.languages):
                assert 0 <= part.start < part.end <= len(made.text)
        else:
            assert made.message


def _is_web(address: str) -> None:
    assert address.startswith(("http://", "https://"))
    address.encode()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "feeds": feeds,
    "sitemaps": sitemaps,
    "opml": opml,
    "robots": robots,
    "warc": warc,
    "pages": pages,
}


def main(name: str, seconds: str, *rest: str) -> None:
    """Let atheris look for `seconds`; what breaks a promise is written to the present folder."""
    import atheris

    target = TARGETS[name]
    with atheris.instrument_imports(
        include=["dateline.sources", "dateline.articles", "protego", "fastfeedparser", "feedparser"]
    ):
        target(b"")
        for seed in sorted((SEEDS / name).iterdir()):
            target(seed.read_bytes())
    with tempfile.TemporaryDirectory() as corpus:
        options = [
            f"-max_total_time={seconds}",
            "-timeout=20",
            "-rss_limit_mb=1500",
            "-max_len=20000",
            "-close_fd_mask=0",
        ]
        atheris.Setup([sys.argv[0], *options, *rest, corpus, str(SEEDS / name)], target)
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
