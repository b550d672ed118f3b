"""A publisher of our own: a real HTTP server on loopback that behaves as it is told, and logs every request."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field

REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 404: "Not Found", 410: "Gone",
           429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came: when it began, on which host, and what it asked."""

    began: float
    host: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; a body of parts is sent part by part, without Content-Length."""

    status: int = 200
    body: bytes | AsyncIterator[bytes] = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0  # seconds before the first byte


Behaviour = Callable[[Request], Reply]


class Publisher:
    """Use as `with Publisher() as publisher`: `publisher.on(path, behaviour)`, then look at `publisher.log`."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.host, self.port = host, 0
        self.behaviours: dict[str, Behaviour] = {}
        self.otherwise: Behaviour = lambda _: Reply(404)
        self.log: list[Request] = []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.ready = threading.Event()

    def __enter__(self) -> Publisher:
        self.thread.start()
        assert self.ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self.stop.set)
        self.thread.join(10)

    def url(self, path: str = "/", host: str | None = None) -> str:
        """Give the address of a path; `host` may be any loopback address where the server listens on all."""
        return f"http://{host or ('127.0.0.1' if self.host == '0.0.0.0' else self.host)}:{self.port}{path}"

    def on(self, path: str, behaviour: Behaviour | Reply) -> None:
        """Say how a path behaves."""
        self.behaviours[path] = behaviour if callable(behaviour) else lambda _: behaviour

    def asked(self, path: str) -> list[Request]:
        """List the requests for a path."""
        return [request for request in self.log if request.path == path]

    def paths(self) -> list[str]:
        """List what was asked for, in order."""
        return [request.path for request in self.log]

    def _serve(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self._run())
        self.loop.close()

    async def _run(self) -> None:
        self.stop = asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._connection, self.host, 0, backlog=1024)
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        await self.stop.wait()
        server.close()
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        except asyncio.CancelledError:
            pass
        finally:
            self.tasks.discard(task)
            with contextlib.suppress(Exception):
                writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        began = time.monotonic()
        method, path, _ = head[0].split(" ", 2)
        headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        request = Request(began, headers.get("host", ""), method, path, headers, body)
        self.log.append(request)
        reply = self.behaviours.get(path, self.otherwise)(request)
        await asyncio.sleep(reply.wait)
        lines = [f"HTTP/1.1 {reply.status} {REASONS.get(reply.status, 'Some')}"]
        lines += [f"{name}: {value}" for name, value in reply.headers.items()]
        if isinstance(reply.body, bytes):
            if reply.status != 304:
                lines.append(f"Content-Length: {len(reply.body)}")
            writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + reply.body)
            await writer.drain()
            return True
        writer.write("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1"))
        async for part in reply.body:
            writer.write(part)
            await writer.drain()
        return False


async def drip(parts: Iterable[bytes], seconds: float) -> AsyncIterator[bytes]:
    """Send parts with a pause before each."""
    for part in parts:
        await asyncio.sleep(seconds)
        yield part


async def endless(part: bytes) -> AsyncIterator[bytes]:
    """Send the same part for ever."""
    while True:
        yield part
        await asyncio.sleep(0)


def rss(*items: tuple[str, str] | str, title: str = "The Quay") -> bytes:
    """Make an RSS feed of items (path, title)."""
    rows = "".join(
        f"<item><title>{item[1]}</title><link>{item[0]}</link><guid>{item[0]}</guid></item>"
        if isinstance(item, tuple)
        else item
        for item in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title><link>/</link>{rows}</channel></rss>'.encode()
