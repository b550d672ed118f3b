"""Following many sources: 5,000 feeds on 1,000 hosts of loopback in one pass, beside feedparser with requests.

A server of our own plays the hosts (addresses of 127.0.0.0/8) in a second process and logs each request, so that the
pauses between two requests to one host are measured where the publisher would measure them.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from dateline.config import FetchSettings
from dateline.model import SourceState

FEEDS, HOSTS, MANY = 5_000, 1_000, 50_000
GAP = 1.0
SAMPLE = 300  # feeds that the plain reader is measured on
NOW = "2026-03-02T10:00:00Z"
LATER = "2026-03-03T10:00:00Z"
ROWS = 20


def run(out: Callable[[str], None]) -> dict[str, float]:
    """Measure a first pass, a pass where nothing changed, the plain reader, and the schedule of 50,000 sources."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        server = subprocess.Popen([sys.executable, "-m", "bench.sources", str(log)], stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline())
            figures = _passes(port, Path(folder) / "hosts.sqlite", out)
            plain = _plain(port, out)
        finally:
            server.terminate()
            server.wait(20)
        gaps = _gaps(log)
    figures["smallest_gap_s"] = min(gaps)
    figures["times_plain"] = figures["unchanged_per_s"] / plain
    out(f"smallest pause between two requests to one host: {min(gaps):.3f} s (gate {GAP:g} s, {len(gaps)} pauses)")
    out(f"unchanged feeds, times the plain reader: {figures['times_plain']:.0f}")
    return figures | _schedule(out)


def sources(count: int, port: int) -> list[SourceState]:
    """Make `count` sources over the hosts."""
    return [
        SourceState(f"o{n}", f"http://127.{1 + n % HOSTS // 250}.0.{1 + n % 250}:{port}/feed/{n}", "feed")
        for n in range(count)
    ]


def _passes(port: int, memory: Path, out: Callable[[str], None]) -> dict[str, float]:
    from dateline.sources import follow

    settings = FetchSettings(allow_networks=("127.0.0.0/8",))
    states = sources(FEEDS, port)
    figures: dict[str, float] = {}
    for name, now in (("first", NOW), ("unchanged", LATER)):
        got: list[SourceState] = []
        entries = 0

        def deliver(polled: follow.Polled, got: list[SourceState] = got) -> None:
            nonlocal entries
            got.append(polled.state)
            entries += len(polled.entries)

        start = time.perf_counter()
        follow.poll(states, settings, deliver, now=now, gap=GAP, memory=memory)
        seconds = time.perf_counter() - start
        failed = [state.error for state in got if state.error]
        figures[f"{name}_per_s"] = len(got) / seconds
        figures[f"{name}_failed"] = len(failed)
        out(f"{name} pass: {len(got)} feeds, {entries} entries, {len(failed)} failed")
        out(f"  {seconds:.1f} s, {len(got) / seconds:.0f} feeds a second")
        for error in failed[:3]:
            out(f"  {error}")
        states = got
    figures["memory_mb"] = _memory()
    out(f"memory at most: {figures['memory_mb']:.0f} MB")
    return figures


def _plain(port: int, out: Callable[[str], None]) -> float:
    import feedparser
    import requests

    start = time.perf_counter()
    for state in sources(SAMPLE, port):
        answer = requests.get(state.address.replace("http://127.", "http://127.2"), timeout=30)  # hosts of its own
        assert feedparser.parse(answer.content).entries
    rate = SAMPLE / (time.perf_counter() - start)
    out(f"requests + feedparser, one after the other, nothing conditional: {rate:.0f} feeds a second ({SAMPLE} feeds)")
    return rate


def _schedule(out: Callable[[str], None]) -> dict[str, float]:
    """Plan 50,000 sources over six simulated hours of ten-minute passes: how evenly they come, and what it weighs."""
    from dateline.sources.follow import is_due
    from dateline.sources.follow.schedule import later, succeeded

    start = time.perf_counter()
    states = [succeeded(s, NOW, rhythm=7_200) for s in sources(MANY, 80)]  # an hour each, all added at once
    due = []
    for n in range(1, 37):
        now = later(NOW, 600 * n)
        ready = [i for i, state in enumerate(states) if is_due(state, now)]
        due.append(len(ready))
        for i in ready:
            states[i] = succeeded(states[i], now, rhythm=7_200)
    seconds = time.perf_counter() - start
    settled = due[12:]
    even = max(settled) / (sum(settled) / len(settled))
    out(f"{MANY} hourly sources in {len(due)} passes of ten minutes: {min(settled)} to {max(settled)} due in each")
    out(f"  planned in {seconds:.1f} s")
    out(f"memory at most: {_memory():.0f} MB")
    return {"most_due_over_mean": even, "memory_many_mb": _memory()}


def _gaps(log: Path) -> list[float]:
    """Give the pauses between the end of one answer and the next request, by host."""
    times: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for line in log.read_text().splitlines():
        host, began, ended = json.loads(line)
        if int(host.split(".")[1]) < 10:
            times[host].append((began, ended))
    return [b[0] - a[1] for rows in times.values() for a, b in pairwise(sorted(rows))]


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def feed(number: str) -> bytes:
    """Make a feed of twenty entries."""
    rows = "".join(
        f"<item><title>Report {n} of outlet {number}</title><link>https://outlet{number}.example/report-{n}</link>"
        f"<guid>{number}-{n}</guid><pubDate>Mon, 02 Mar 2026 {n % 10:02}:00:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{'What was said of it today. ' * 12}&lt;/p&gt;</description></item>"
        for n in range(ROWS)
    )
    return f'<rss version="2.0"><channel><title>Outlet {number}</title>{rows}</channel></rss>'.encode()


class Hosts(asyncio.Protocol):
    """All hosts at once: robots.txt, and feeds that answer 304 to who knows their ETag."""

    seen: list[str]

    def __init__(self) -> None:
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin a connection."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each whole request."""
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            began = time.monotonic()
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            host = head.lower().partition(b"\r\nhost: ")[2].partition(b":")[0].decode()
            if not path.startswith("/feed/"):
                answer = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
            elif b"if-none-match:" in head.lower():
                answer = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
            else:
                body = feed(path.rsplit("/", 1)[-1])
                answer = (
                    b'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Type: application/rss+xml\r\nContent-Length: %d\r\n\r\n%b'
                    % (len(body), body)
                )
            self.transport.write(answer)
            self.seen.append(json.dumps([host, began, time.monotonic()]))


async def serve(log: Path) -> None:
    """Play the hosts until the process is ended; then write what was asked."""
    import signal

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    Hosts.seen = []
    server = await loop.create_server(Hosts, "0.0.0.0", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await stop.wait()
    log.write_text("\n".join(Hosts.seen))


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
