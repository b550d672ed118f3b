"""A batch as a whole: what is done already is skipped, what fails is told, and the rest is worked off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.batch import cluster, committing, here
from dateline.batch.coding import Task
from dateline.batch.shards import Shard, find
from dateline.errors import UsageError
from dateline.workers import cores

Tell = Callable[[int, int, int], None]  # shards done, of how many, and articles in those done now
_DASK = "dask://"


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a batch."""

    shards: int
    skipped: int  # done before
    failed: dict[str, str]  # shard → why
    rows: dict[str, int]  # of each table, over all shards that are done
    other_code: int  # of the skipped ones, those that another version of the program or its lists made


def run(
    inputs: Iterable[str],
    out: Path,
    *,
    engine: str = "local",
    jobs: int | None = None,
    group: bool = False,
    again: bool = False,
    tell: Tell = lambda _done, _all, _articles: None,
) -> Summary:
    """Code every shard that `inputs` name into Parquet files under `out`, and skip those that are done.

    `engine` is "local" (`jobs` processes, default: the cores there are) or "dask://HOST:PORT". With `group`, the
    articles of each day of a shard are gathered into stories, and events are merged within these. `again` does shards
    anew that are done. Raises InputError where inputs name nothing, UsageError where the engine is not known or not
    there.
    """
    shards = find(inputs)
    committing.prepare(out)
    before = {shard.name: committing.done(out, shard) for shard in shards}
    before = {name: None if again or (made and made["grouped"] != group) else made for name, made in before.items()}
    tasks = [Task(shard, str(out.absolute()), group) for shard in shards if before[shard.name] is None]
    failures: dict[str, str] = {}
    finished, articles = len(shards) - len(tasks), 0
    tell(finished, len(shards), 0)
    for task, answer in _outcomes(tasks, engine, jobs):
        if isinstance(answer, str):
            failures[task.shard.name] = answer
            committing.failed(out, task.shard, answer)
        else:
            articles += answer
        finished += 1
        tell(finished, len(shards), articles)
    return _summary(out, shards, sum(made is not None for made in before.values()), failures)


def _outcomes(tasks: list[Task], engine: str, jobs: int | None) -> Iterator[here.Outcome]:
    if engine != "local" and not engine.startswith(_DASK):
        raise UsageError(f"The engine {engine} is not known; known are local and dask://HOST:PORT.")
    if not tasks:
        return iter(())
    if engine == "local":
        return here.outcomes(tasks, jobs or cores())
    return cluster.outcomes(tasks, engine.removeprefix(_DASK))


def _summary(out: Path, shards: list[Shard], skipped: int, failures: dict[str, str]) -> Summary:
    from dateline import __version__, lexicon

    made = [manifest for shard in shards if (manifest := committing.done(out, shard))]
    committing.conclude(out, made, failures)
    now = (__version__, lexicon.fingerprint())
    other = sum((manifest["code"], manifest["lexicon"]) != now for manifest in made)
    rows = {name: sum(manifest["files"][name]["rows"] for manifest in made) for name in committing.TABLES}
    return Summary(len(shards), skipped, failures, rows, other)
