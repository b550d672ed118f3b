"""WebSub (W3C): ask a hub to push a feed's news, answer its question, and know its messages from forged ones."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from dateline.config import FetchSettings
from dateline.errors import FetchError
from dateline.sources import clean
from dateline.sources.follow.running import WAITING, run
from dateline.sources.http import Client

LEASE = 7 * 86_400  # seconds asked for; a subscription is renewed when half of it is over
_METHODS = {"sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512, "sha1": hashlib.sha1}
_MAX_CHALLENGE = 2_000  # characters
_REDIRECTS = (307, 308)  # WebSub 5.1: a hub may name another place to ask
_MAX_REDIRECTS = 3
_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.I)


@dataclass(frozen=True, slots=True)
class Asking:
    """What a hub is asked: to push a topic's news to a callback address, or to stop."""

    id: str
    hub: str
    topic: str
    callback: str
    secret: str
    wanted: bool = True


def offered(headers: Mapping[str, str], url: str) -> tuple[str | None, str | None]:
    """Give the hub and the topic that an answer's Link headers name (RFC 8288), each None where they name none."""
    found: dict[str, str] = {}
    for target, parameters in _LINK.findall(headers.get("link", "")[:10_000]):
        rel = _REL.search(parameters)
        address = clean.link(target.strip(), url)
        for name in (rel.group(1) or rel.group(2) or "").lower().split() if rel and address else ():
            found.setdefault(name, address or "")
    return found.get("hub"), found.get("self")


def request(asking: Asking, lease: int = LEASE) -> dict[str, str]:
    """Give the form that (un)subscribes a callback address to a topic (WebSub 5.1)."""
    fields = {
        "hub.mode": "subscribe" if asking.wanted else "unsubscribe",
        "hub.topic": asking.topic,
        "hub.callback": asking.callback,
    }
    return {**fields, "hub.secret": asking.secret, "hub.lease_seconds": str(lease)} if asking.wanted else fields


def ask(
    askings: Sequence[Asking],
    settings: FetchSettings,
    deliver: Callable[[Asking, FetchError | None], None],
    *,
    gap: float | None = None,
    memory: Path | None = None,
    waiting: float = WAITING,
) -> None:
    """Ask hubs, politely; `deliver` is told of each whether it was taken (None) or why not.

    A hub that has taken a request asks back before it acts: see `verify`.
    """

    async def one(client: Client, asking: Asking) -> None:
        try:
            await _ask(client, asking)
        except FetchError as error:
            deliver(asking, error)
        else:
            deliver(asking, None)

    run(settings, askings, lambda asking: asking.hub, one, gap=gap, memory=memory, waiting=waiting)


async def _ask(client: Client, asking: Asking) -> None:
    hub = asking.hub
    for _ in range(_MAX_REDIRECTS + 1):
        answer = await client.post(hub, request(asking))
        if answer.status not in _REDIRECTS or not answer.headers.get("location"):
            break
        try:
            hub = urljoin(hub, answer.headers["location"])
        except ValueError:
            break
    if not 200 <= answer.status < 300:
        raise FetchError(f"The hub {asking.hub} refused with status {answer.status}.", status=answer.status)


def verify(query: Mapping[str, str], topics: Mapping[str, bool]) -> tuple[str, int] | None:
    """Answer a hub that asks whether a subscription is wanted (WebSub 5.3).

    `topics` maps the topics in question to whether they are wanted. Gives the challenge to send back, with the lease
    in seconds (0 after an unsubscription), or None where the answer must be 404.
    """
    mode, topic, challenge = query.get("hub.mode"), query.get("hub.topic"), query.get("hub.challenge")
    if mode not in ("subscribe", "unsubscribe") or not topic or topic not in topics:
        return None
    if not challenge or len(challenge) > _MAX_CHALLENGE or topics[topic] != (mode == "subscribe"):
        return None
    lease = query.get("hub.lease_seconds", "")
    given = int(lease[:9]) if lease.isascii() and lease.isdecimal() else 0
    return challenge, (given or LEASE) if mode == "subscribe" else 0


def is_genuine(body: bytes, signature: str | None, secret: str) -> bool:
    """Tell whether a pushed message bears the hub's signature (`X-Hub-Signature: method=hex`, WebSub 7.1)."""
    method, _, given = (signature or "").partition("=")
    digest = _METHODS.get(method.strip().lower())
    if digest is None:
        return False
    made = hmac.new(secret.encode("utf-8"), body, digest).hexdigest()
    return hmac.compare_digest(made.encode(), given.strip().lower().encode("utf-8", "replace"))
