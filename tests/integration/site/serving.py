"""Serve an application on loopback as long as a test runs."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from dateline.site.serving.patience import PatientProtocol


def serve(app: ASGIApp, *, seen_from: str | None = None) -> Iterator[str]:
    """Serve `app` and yield its address once; `seen_from` is the address that visitors seem to come from."""

    async def elsewhere(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "client": (seen_from, 50_000)} if seen_from else scope, receive, send)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(elsewhere, host="127.0.0.1", port=port, log_level="error", http=PatientProtocol, lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 30
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
