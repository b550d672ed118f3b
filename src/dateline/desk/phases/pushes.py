"""News that hubs push (WebSub): what is agreed with them, what they told, and what they are still to be asked.

The site only keeps what hubs send (`follow.inbox`); a pass reads it, and asks hubs in its turn.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from dateline.desk.work import HOSTS, Work
from dateline.errors import FetchError, SourceError
from dateline.model import Entry, SourceState, Subscription
from dateline.sources import follow
from dateline.sources.follow import websub
from dateline.sources.follow.inbox import Inbox, Message
from dateline.text.moments import instant

PATH = "/websub/"  # of the callback addresses, below the site's address
TRIES = 3  # askings to stop, after which a subscription is left to run out
_PAUSE, _LONGEST = 3_600, 86_400  # seconds between two askings of a hub that does not agree
_GATHER = 3.0  # seconds after the first push of a burst until a pass begins


def callback(address: str, id: str) -> str:
    """Give the address at which a hub reaches the desk."""
    return address.rstrip("/") + PATH + id


def wait(folder: Path, seconds: float) -> bool:
    """Wait until the next pass: so many seconds, or until shortly after a hub told something; tell whether one did."""
    inbox, end = Inbox(folder), time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if not inbox.is_empty():
            time.sleep(min(_GATHER, left))
            return True
        time.sleep(min(1.0, left))
    return False


class Pushes:
    """The subscriptions of a desk within one pass."""

    def __init__(self, work: Work, keep: Callable[[Entry], bool]) -> None:
        """Read what is agreed; `keep` keeps an entry and says whether it is news."""
        self.work, self.keep = work, keep
        self.address = None if work.settings.sample else work.settings.site.address
        found = work.store.subscriptions()
        self.wanted = {s.source: s for s in found if s.wanted}

    # ---- what hubs told

    def take_in(self) -> None:
        """Read what hubs told since the last pass; a message is removed once the store holds what it says."""
        for path, message in Inbox(self.work.settings.folder).waiting():
            with self.work.store.transaction():
                agreed = self.work.store.subscription(message.subscription) if message else None
                if message is not None and agreed is not None:
                    self._take(agreed, message)
            path.unlink(missing_ok=True)

    def _take(self, agreed: Subscription, message: Message) -> None:
        now = self.work.now
        if message.kind == "stopped":
            self._drop(agreed)
        elif message.kind == "denied":
            why = f"The hub {agreed.hub} declined{': ' + message.why if message.why else ''}."
            self._put(replace(agreed, verified=None, expires=None, error=why))
        elif message.kind == "verified":
            lease = message.lease or websub.LEASE
            ends = follow.later(now, lease)
            self._put(replace(agreed, verified=now, lease=lease, expires=ends, failures=0, error=None))
        elif agreed.wanted:
            self._read(agreed, message)

    def _read(self, agreed: Subscription, message: Message) -> None:
        state = self.work.store.source(agreed.source)
        if state is None or state.paused:
            return
        try:
            polled = follow.read_pushed(state, message.body, message.charset, agreed.topic, self.work.now)
        except SourceError:  # an empty message, or one that is no feed: it still says that there is news
            polled = follow.Polled(replace(state, next_poll=self.work.now))
        self.work.store.put_source(polled.state)
        for entry in polled.entries:
            self.keep(entry)
        self._put(replace(agreed, pushed=self.work.now))

    # ---- what polls find

    def polled(self, polled: follow.Polled, news: int) -> SourceState:
        """Learn what hub a feed offers; give its state, polled calmly while its hub pushes all there is.

        A poll that finds news which no push had brought ends the calm until the next push.
        """
        state, agreed = polled.state, self.wanted.get(polled.state.id)
        if polled.topic is not None:
            agreed = self._offered(agreed, state, polled.hub, polled.topic)
        if agreed is None or agreed.pushed is None or not self._lives(agreed) or state.error is not None:
            return state
        if news:
            self._put(replace(agreed, pushed=None))
            return state
        return follow.calmed(state, self.work.now)

    def _offered(
        self, agreed: Subscription | None, state: SourceState, hub: str | None, topic: str
    ) -> Subscription | None:
        if agreed is not None and (agreed.hub, agreed.topic) != (hub, topic):
            self._put(replace(agreed, wanted=False, asked=None, failures=0))
            agreed = None
        if agreed is None and hub is not None and self.address is not None:
            agreed = Subscription(secrets.token_urlsafe(18), state.id, topic, hub, secrets.token_hex(32))
            self._put(agreed)
        return agreed

    # ---- what hubs are asked

    def ask(self) -> None:
        """Ask hubs to push or to stop, and to go on before a lease ends; what they refuse is asked again later."""
        store, asking = self.work.store, []
        with store.transaction():
            states = {state.id: state for state in store.sources()}
            for agreed in store.subscriptions():
                state = states.get(agreed.source)
                if agreed.wanted and (self.address is None or state is None or state.paused):
                    agreed = replace(agreed, wanted=False, asked=None, failures=0)
                    self._put(agreed)
                if not agreed.wanted and not self._can_be_stopped(agreed):
                    self._drop(agreed)
                elif self._is_due(agreed):
                    asking.append(agreed)
        if not asking:
            return
        known = {agreed.id: agreed for agreed in asking}

        def deliver(asked: websub.Asking, error: FetchError | None) -> None:
            if error is not None and error.unasked:
                return
            with store.transaction():
                agreed = known[asked.id]
                why = str(error) if error is not None else None
                self._put(replace(agreed, asked=self.work.now, failures=agreed.failures + 1, error=why))

        base, settings = self.address or "", self.work.settings
        wanted = [websub.Asking(s.id, s.hub, s.topic, callback(base, s.id), s.secret, s.wanted) for s in asking]
        websub.ask(wanted, settings.fetch, deliver, memory=settings.folder / HOSTS)

    def _can_be_stopped(self, agreed: Subscription) -> bool:
        """Tell whether a hub that pushes in vain is worth asking to stop; else its lease runs out by itself."""
        known = self.address is not None and agreed.verified is not None
        return known and agreed.failures < TRIES and not self._is_over(agreed)

    def _is_due(self, agreed: Subscription) -> bool:
        """Tell whether a hub is to be asked now: half of the lease is over, or nothing was agreed yet."""
        now = instant(self.work.now)
        verified, asked = instant(agreed.verified), instant(agreed.asked)
        if now is None:
            return False
        half = timedelta(seconds=(agreed.lease or websub.LEASE) / 2)
        if agreed.wanted and verified is not None and now < verified + half:
            return False
        pause = min(_PAUSE * 2 ** max(0, min(agreed.failures - 1, 10)), _LONGEST)
        return asked is None or agreed.failures == 0 or now >= asked + timedelta(seconds=pause)

    def _lives(self, agreed: Subscription) -> bool:
        return agreed.verified is not None and not self._is_over(agreed)

    def _is_over(self, agreed: Subscription) -> bool:
        now, ends = instant(self.work.now), instant(agreed.expires)
        return ends is not None and now is not None and ends <= now

    def _put(self, agreed: Subscription) -> None:
        self.work.store.put_subscription(agreed)
        if agreed.wanted:
            self.wanted[agreed.source] = agreed
        elif self.wanted.get(agreed.source, agreed).id == agreed.id:
            self.wanted.pop(agreed.source, None)

    def _drop(self, agreed: Subscription) -> None:
        self.work.store.drop_subscription(agreed.id)
        if self.wanted.get(agreed.source, agreed).id == agreed.id:
            self.wanted.pop(agreed.source, None)
