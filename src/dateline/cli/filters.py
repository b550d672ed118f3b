"""The filters: JSON Lines in, JSON Lines out, one line for each record; no desk, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.shared import records
from dateline.cli.shared.records import Record
from dateline.errors import InputError
from dateline.text.moments import readable

app = typer.Typer()

File = Annotated[Path | None, typer.Argument(help="A JSON Lines file; without one, standard input.")]
Files = Annotated[
    list[Path] | None, typer.Argument(help="JSON Lines, or .html[.gz] .txt .warc[.gz]; else standard input.")
]
Jobs = Annotated[int | None, typer.Option(min=1, help="Processes to use (default: the cores there are).")]


Lists = Annotated[
    Path | None, typer.Option("--lexicon", metavar="DIR", help="A folder of your own lists, as a desk's lexicon/ is.")
]


def _prepare(lists: Path | None = None) -> None:
    """Build the index of places where it is not there yet, and show that this takes a while; read one's own lists."""
    from dateline.cli.shared.progress import Progress
    from dateline.lexicon import own
    from dateline.lexicon.named import gazetteer

    with Progress() as progress:
        gazetteer.ensure(progress)
    if lists is not None:
        if not lists.is_dir():
            raise InputError(f"{lists} is no folder: name the one that holds {', '.join(own.FILES)}.")
        there = {path.name for path in lists.iterdir()}
        if there and not there & set(own.FILES):  # a misspelt name would be passed over in silence
            raise InputError(f"{lists} holds none of the lists that are known: {', '.join(own.FILES)}.")
        own.use_folder(lists)


class Tag(StrEnum):
    """The kinds of tags."""

    times = "times"
    places = "places"
    actors = "actors"
    counts = "counts"
    attribution = "attribution"


# ---- read


@app.command(epilog="Example: dateline read page.html saved.warc.gz | dateline code")
def read(
    inputs: Files = None,
    keep: Annotated[bool, typer.Option("--keep", help="Give the record of what is no article all the same.")] = False,
    lexicon: Lists = None,
    jobs: Jobs = None,
) -> None:
    """Read pages into articles.

    In: {id, url, html or text, fetched, published}, of which all but the id and one body may be absent, or paths. Out:
    an article for each page, in order; of what is none the error not_article with its kind.
    """
    from dateline.cli.shared.reading import read_found

    if lexicon is not None:
        _prepare(lexicon)
    records.each(_Read(keep), chain.from_iterable(map(read_found, inputs or (None,))), jobs)


class _Read:
    def __init__(self, keep: bool) -> None:
        self.keep = keep

    def __call__(self, record: Record) -> Any:
        from dateline.cli.shared.reading import page_of
        from dateline.model import Page
        from dateline.pipeline import read_page

        found = page_of(record)
        return read_page(found, keep=self.keep) if isinstance(found, Page) else found


# ---- tag and code


@app.command(epilog="Example: dateline read page.html | dateline tag counts")
def tag(
    kind: Annotated[Tag, typer.Argument(help="What to mark.")],
    file: File = None,
    lexicon: Lists = None,
    jobs: Jobs = None,
) -> None:
    """Mark times, places, actors, counts or quoted words in texts.

    In: {id, text, published}; what is published may be absent. Out: {id, spans}, each span with start, end and text.
    """
    _prepare(lexicon)
    records.each(_Tag(kind.value), records.read_lines(file), jobs)


class _Tag:
    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __call__(self, record: Record) -> Any:
        from dateline.pipeline import tag_text

        marked = tag_text(records.text_of(record), readable(records.optional(record, "published")), kinds=(self.kind,))
        return {"id": records.id_of(record), "spans": getattr(marked, self.kind)}


@app.command(epilog="Example: dateline code articles.jsonl > coded.jsonl")
def code(file: File = None, lexicon: Lists = None, jobs: Jobs = None) -> None:
    """Code what each sentence says that happened (PLOVER).

    In: {id, text, published, title}, of which published and title may be absent. Out: {id, mentions, events}.
    """
    _prepare(lexicon)
    records.each(_code, records.read_lines(file), jobs)


def _code(record: Record) -> Any:
    from dateline.pipeline import code_text

    published, title = readable(records.optional(record, "published")), records.optional(record, "title")
    mentions, events = code_text(records.id_of(record), records.text_of(record), published, title)
    return {"id": records.id_of(record), "mentions": mentions, "events": events}


# ---- copies and group: these keep their window


@app.command(epilog="Example: dateline copies articles.jsonl > copies.jsonl")
def copies(file: File = None, jobs: Jobs = None) -> None:
    """Find the copies of one text among articles in time order.

    In: {id, title, text, published, publisher}, of which all but id and text may be absent. Out, at the end:
    {id, family, original, why}; the family is null where a text stands alone.
    """
    from dateline.pipeline import find_copies

    records.write_lines(find_copies(_articles(records.read_lines(file)), jobs))


@app.command(epilog="Example: dateline group --settle articles.jsonl > stories.jsonl")
def group(
    file: File = None,
    model: Annotated[Path | None, typer.Option(help="Coefficients to use instead of the shipped ones.")] = None,
    settle: Annotated[bool, typer.Option("--settle", help="Print once more at the end, after repair.")] = False,
    lexicon: Lists = None,
    jobs: Jobs = None,
) -> None:
    """Gather articles in time order into stories, each with the reason why.

    In: {id, title, text, published, publisher}, of which all but id and text may be absent. Out: {id, story, why}; the
    story is the id of its first article.
    """
    from dateline.pipeline import group_articles

    if model is not None and not model.exists():
        raise InputError(f"{model} does not exist: check the name.")
    _prepare(lexicon)
    records.write_lines(group_articles(_articles(records.read_lines(file)), model, settle=settle, jobs=jobs))


def _articles(lines: Iterable[Record]) -> Iterator[Any]:
    """Make articles of records; what is none comes as a Rejected in its place."""
    from dateline.model import Rejected

    for record in lines:
        try:
            yield records.failed(record) or records.article_of(record)
        except InputError as error:
            yield Rejected(records.id_of(record), "invalid", str(error))


# ---- digest and related


@app.command(epilog="Example: dateline digest --words 55 clusters.jsonl")
def digest(
    file: File = None,
    words: Annotated[int, typer.Option(min=1, help="At most this many words.")] = 80,
    lexicon: Lists = None,
    jobs: Jobs = None,
) -> None:
    """Digest a story's articles: quotations only.

    In: {id, articles}, each as group takes them. Out: {id, headline, sentences, figures}, each sentence with its
    article, start and end.
    """
    _prepare(lexicon)
    records.each(_Digest(words), records.read_lines(file), jobs)


class _Digest:
    def __init__(self, words: int) -> None:
        self.words = words

    def __call__(self, record: Record) -> Any:
        from dateline.pipeline import digest_articles

        return digest_articles(records.id_of(record), records.articles_of(record, "articles"), self.words)


@app.command(epilog="Example: dateline related pairs.jsonl")
def related(file: File = None, lexicon: Lists = None, jobs: Jobs = None) -> None:
    """Rank other articles by how they relate to one, with the reason in words.

    In: {id, story, others}: an article, and articles as group takes them. Out: {id, related}, the best first.
    """
    _prepare(lexicon)
    records.each(_related, records.read_lines(file), jobs)


def _related(record: Record) -> Any:
    from dateline.pipeline import related_articles

    others = records.articles_of(record, "others")
    found = related_articles(records.article_of(record.get("story")), others)
    return {"id": records.id_of(record), "related": found}
