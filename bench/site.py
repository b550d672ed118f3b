"""Requests a second of the site's pages, beside a bare Starlette and Jinja page in the same run.

The store is SQLite, filled by `bench.filling` (DATELINE_BENCH_ARTICLES, 100,000 by default, for which the bars are set;
DATELINE_BENCH_SITE names a folder in which it is kept for the next run). One server process as `dateline serve` runs
it, the visitors another one: 32 connections that stay open and accept gzip, as browsers do, without the owner's rights.

“kept”: as a desk is served, with nothing changing: a finished page is given again for 20 seconds, so that of many
requests few make a page. “anew”: no page is kept, each answer is made; records and pieces of pages that are the same
are not decoded or written again. The story pages and queries are many different ones. Each is given as requests a
second, p50 and p99 of their times, the server's processor time a request, and the rate beside the bare page's. Where
other work shares the machine only the last two hold: `_cpu` is the bare page's processor time over the page's.

At 32 connections that each ask at once again, r requests a second take 32/r seconds in the mean, whatever the server
does: p99 under 200 ms needs more than 160 a second.

DATELINE_BENCH_MIXED=600 then asks for all kinds for so many seconds while passes bring news in, with pages kept as a
desk is served, and gives errors, p99, and what memory the server gained after the first quarter.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from bench.filling import Maker, fill, news

CONNECTIONS = 32
SECONDS = float(os.environ.get("DATELINE_BENCH_SECONDS", "5"))
MANY = 200  # different stories and queries
NEWS = 20  # articles that each pass of the mixed load brings


def run(out: Callable[[str], None]) -> dict[str, float]:
    """Measure, say it through `out`, and give the figures: requests a second, percentiles of their times in ms."""
    number = int(os.environ.get("DATELINE_BENCH_ARTICLES", "100000"))
    mixed = float(os.environ.get("DATELINE_BENCH_MIXED", "0"))
    with ExitStack() as stack:
        kept = os.environ.get("DATELINE_BENCH_SITE")
        folder = Path(kept or stack.enter_context(tempfile.TemporaryDirectory(prefix="dateline-bench")))
        folder.mkdir(parents=True, exist_ok=True)
        paths = _prepare(folder, number, out)
        out(f"{number} articles, {CONNECTIONS} connections, one worker")
        figures = _each(folder, paths, out)
        if mixed:
            figures |= _mixed(folder, paths, mixed, number, out)
    return figures


def _prepare(folder: Path, number: int, out: Callable[[str], None]) -> dict[str, list[str]]:
    """Fill the store where it is not there, and give the addresses to ask for."""
    from dateline.store import open_store

    begun, fresh = time.perf_counter(), not (folder / "filled").exists()
    (folder / "dateline.toml").write_text('database = "sqlite:///bench.sqlite"\n', encoding="utf-8")
    with closing(open_store(_settings(folder))) as store:
        if fresh:
            fill([store], number)  # type: ignore[list-item]
            (folder / "filled").write_text(str(number), encoding="utf-8")
            out(f"{number} articles written in {time.perf_counter() - begun:.0f} s")
        stories = [story.id for story in store.stories(limit=MANY)]
    maker = Maker(3)
    return {
        "front": ["/"],
        "story": [f"/story/{id}" for id in stories],
        "search": [f"/search?q={maker.text(1)}+{maker.text(1)}" for _ in range(MANY)],
    }


def _settings(folder: Path) -> Any:
    from dateline.config import Settings, SiteSettings

    site = SiteSettings(address="http://news.example", rights="link")
    return Settings(folder=folder, database=f"sqlite:///{folder}/bench.sqlite", site=site)


def _each(folder: Path, paths: dict[str, list[str]], out: Callable[[str], None]) -> dict[str, float]:
    """Measure one kind of page after the other."""
    figures: dict[str, float] = {}
    asked = [("bare", "bare", ["/"])]
    asked += [(f"{kind}_anew", "anew", paths[kind]) for kind in ("front", "story", "search")]
    asked += [(kind, "kept", paths[kind]) for kind in ("front", "story", "search")]
    for name, server, wanted in asked:
        with _serving(server, folder) as (port, process):
            _visit(port, [wanted], 0.0)  # each address once: until everything is loaded, and kept where it may be
            before = _worked(process)
            seen = _visit(port, [wanted], SECONDS)
            worked = (_worked(process) - before) * 1000
        assert seen["errors"] == 0, f"{seen['errors']} answers of {name} failed"
        times = sorted(seen["times"][0])
        rate, half, slow, each = len(times) / seen["seconds"], _at(times, 0.5), _at(times, 0.99), worked / len(times)
        figures |= {
            f"{name}_per_second": round(rate, 1),
            f"{name}_p99_ms": round(slow, 1),
            f"{name}_ms": round(each, 3),
        }
        said = f"   {each:6.2f} ms of processor"
        if name != "bare":
            figures[f"{name}_of_bare"] = round(rate / figures["bare_per_second"], 4)
            figures[f"{name}_cpu"] = round(figures["bare_ms"] / each, 4)
            said += f"   {figures[f'{name}_of_bare']:.3f} of bare, {figures[f'{name}_cpu']:.3f} by processor"
        out(f"  {name:12} {rate:7.0f} requests/s   p50 {half:6.1f}   p99 {slow:6.1f} ms{said}")
    return figures


def _mixed(
    folder: Path, paths: dict[str, list[str]], seconds: float, first: int, out: Callable[[str], None]
) -> dict[str, float]:
    """Ask for all kinds at once while another process makes passes."""
    quarters: list[float] = []
    begun = time.perf_counter()
    with _serving("kept", folder) as (port, server), _passes(folder, first) as count:
        seen: dict[str, Any] = {"errors": 0, "times": [[] for _ in paths]}
        for _ in range(4):
            part = _visit(port, list(paths.values()), seconds / 4)
            seen["errors"] += part["errors"]
            for all_, some in zip(seen["times"], part["times"], strict=True):
                all_ += some
            quarters.append(_memory(server))
        made = count()
    out(f"mixed for {time.perf_counter() - begun:.0f} s beside {made} passes over {NEWS} articles each")
    figures = {"mixed_errors": float(seen["errors"]), "mixed_gained_mb": round(quarters[-1] - quarters[0], 1)}
    for kind, times in zip(paths, seen["times"], strict=True):
        times.sort()
        figures[f"mixed_{kind}_p99_ms"] = round(_at(times, 0.99), 1)
        half, slow = _at(times, 0.5), _at(times, 0.99)
        out(f"  {kind:12} {len(times) / seconds:7.0f} requests/s   p50 {half:6.1f}   p99 {slow:6.1f} ms")
    held = ", ".join(f"{quarter:.0f}" for quarter in quarters)
    out(f"  {seen['errors']} errors; memory of the server after each quarter: {held} MB")
    return figures


def _at(times: list[float], share: float) -> float:
    return times[int(len(times) * share)] * 1000 if times else 0.0


def _visit(port: int, paths: list[list[str]], seconds: float) -> dict[str, Any]:
    plan = {"port": port, "paths": paths, "seconds": seconds, "connections": CONNECTIONS}
    done = subprocess.run(
        [sys.executable, "-m", "bench._visitors"], input=json.dumps(plan).encode(), capture_output=True, check=True
    )
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


@contextmanager
def _serving(kind: str, folder: Path) -> Iterator[tuple[int, int]]:
    """Run a server in a process of its own; give its port and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "bench.site", kind, str(folder), str(port)])
    try:
        for _ in range(600):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


def _worked(process: int) -> float:
    """Give the processor time of a process so far, in seconds."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(process: int) -> float:
    """Give what a process holds of its own, in MB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024


@contextmanager
def _passes(folder: Path, first: int) -> Iterator[Callable[[], int]]:
    """Make pass after pass in a process of its own; give what counts them."""
    log = folder / "passes.log"
    log.write_text("", encoding="utf-8")
    worker = subprocess.Popen([sys.executable, "-m", "bench.site", "passes", str(folder), str(first)])
    try:
        yield lambda: len(log.read_text(encoding="utf-8").splitlines())
        assert worker.poll() is None, "the passes ended before their time"
    finally:
        worker.terminate()
        worker.wait(60)


def _run_passes(folder: Path, first: int) -> None:
    from dateline.desk import Desk

    number = first + 1_000_000 + int(time.time()) % 1_000_000 * 100  # news that no run before brought
    while True:
        path = folder / "news.jsonl"
        with path.open("a", encoding="utf-8") as lines:
            for record in news(Maker(number), first, NEWS):
                record |= {"id": f"n{number}", "url": f"https://outlet{number % 200}.example/{number}"}
                number += 1
                lines.write(json.dumps(record) + "\n")
        desk = Desk.open(folder)
        desk.add(str(path))
        desk.run_pass(now=Maker(0).article(first + NEWS).published or "", jobs=1)
        desk.close()
        with (folder / "passes.log").open("a", encoding="utf-8") as log:
            log.write("one\n")


def _bare() -> Any:
    """Make the peer: one Jinja page with a list of forty lines, no store behind it."""
    from jinja2 import DictLoader, Environment
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import HTMLResponse
    from starlette.routing import Route

    lines = (
        "{% for n in numbers %}<article><h2><a href='/{{ n }}'>Headline {{ n }}</a></h2>"
        "<p>{{ text }}</p></article>{% endfor %}"
    )
    template = Environment(loader=DictLoader({"page": lines}), autoescape=True).get_template("page")

    async def page(_: Request) -> HTMLResponse:
        return HTMLResponse(template.render(numbers=range(40), text="One line of a digest. " * 6))

    return Starlette(routes=[Route("/", page)])


def _serve(kind: str, folder: Path, port: int) -> None:
    """Serve as `dateline serve` does."""
    import uvicorn

    from dateline.site import make_app
    from dateline.site.serving.patience import SWITCH, PatientProtocol
    from dateline.store import open_store
    from dateline.workers import collecting_seldom

    if kind == "bare":
        app = _bare()
    else:
        store = open_store(_settings(folder))
        kept = {"cache_seconds": 0.0} if kind == "anew" else {}
        app = make_app(store, _settings(folder), clock=store.counts().newest, **kept)
    sys.setswitchinterval(SWITCH)
    with collecting_seldom():
        uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", server_header=False, http=PatientProtocol)


if __name__ == "__main__":
    if sys.argv[1] == "passes":
        _run_passes(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        _serve(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
