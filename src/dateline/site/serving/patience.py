"""How long the server waits for slow visitors, so that they hold up nobody else.

uvicorn waits for ever for a request to be spoken to its end and for an answer to be taken: a few thousand visitors who
do neither would use up all connections (CWE-400, “slow loris”).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from dateline.site.rights import loopback

HEAD_SECONDS = 10.0  # for a request's head to arrive whole
TAKE_SECONDS = 30.0  # for a visitor to take what was sent, before any more is
SWITCH = 0.0005  # after which a page being made lets others go on: one kept waits for no longer (Python: 5 ms)
CONNECTIONS = 64  # of one address at once; browsers use 6


class PatientProtocol(H11Protocol):
    """HTTP/1.1 with an end to patience, and with few connections for each address."""

    _open: ClassVar[Counter[str]] = Counter()  # connections by address, of this process

    def connection_made(self, transport: Any) -> None:
        """Count the connection, and begin to wait for a request."""
        super().connection_made(transport)
        self._where = self.client[0] if self.client else ""
        self._counted = not loopback(self._where)
        self._head: asyncio.TimerHandle | None = None
        self._take: asyncio.TimerHandle | None = None
        if self._counted:
            self._open[self._where] += 1
            if self._open[self._where] > CONNECTIONS:
                transport.abort()
                return
        self._head = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def data_received(self, data: bytes) -> None:
        """Read on; a head that is whole ends the wait for it."""
        before = self.cycle
        if self._head is None and (before is None or before.response_complete):
            self._head = self.loop.call_later(HEAD_SECONDS, self._give_up)
        super().data_received(data)
        if self.cycle is not before and self._head is not None:
            self._head.cancel()
            self._head = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        for timer in (self._head, self._take):
            if timer is not None:
                timer.cancel()
        self._head = self._take = None
        if self._counted:
            self._open[self._where] -= 1
            if self._open[self._where] <= 0:
                del self._open[self._where]
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Wait for the visitor to take what was sent."""
        super().pause_writing()
        if self._take is None:
            self._take = self.loop.call_later(TAKE_SECONDS, self._give_up)

    def resume_writing(self) -> None:
        """Go on."""
        super().resume_writing()
        if self._take is not None:
            self._take.cancel()
            self._take = None

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.abort()
