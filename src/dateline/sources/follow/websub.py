"""WebSub (W3C): ask a hub to push a feed's news, answer its question, and know its messages from forged ones."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from collections.abc import Mapping
from pathlib import Path

from dateline.config import FetchSettings
from dateline.errors import FetchError
from dateline.sources.http import Client, Hosts

LEASE = 7 * 86_400  # seconds asked for; a subscription is renewed when half of it is over
_METHODS = ("sha256", "sha384", "sha512", "sha1")


def secret_for(key: bytes, topic: str) -> str:
    """Derive the secret of one subscription from the desk's own key: nothing needs to be kept for it."""
    return hmac.new(key, topic.encode("utf-8"), hashlib.sha256).hexdigest()


def request(topic: str, callback: str, secret: str, *, subscribe: bool = True, lease: int = LEASE) -> dict[str, str]:
    """Give the form that (un)subscribes a callback address to a topic (WebSub 5.1)."""
    fields = {
        "hub.mode": "subscribe" if subscribe else "unsubscribe",
        "hub.topic": topic,
        "hub.callback": callback,
        "hub.secret": secret,
    }
    return {**fields, "hub.lease_seconds": str(lease)} if subscribe else fields


def subscribe(
    hub: str,
    topic: str,
    callback: str,
    secret: str,
    settings: FetchSettings,
    *,
    wanted: bool = True,
    memory: Path | None = None,
) -> None:
    """Ask a hub to push a topic's news to `callback` (or to stop, where it is not `wanted`).

    The hub asks back before it begins: see `verify`. Raises FetchError where the hub refuses or cannot be reached.
    """

    async def ask(hosts: Hosts) -> None:
        async with Client(settings, hosts=hosts) as client:
            answer = await client.post(hub, request(topic, callback, secret, subscribe=wanted))
            if not 200 <= answer.status < 300:
                raise FetchError(f"The hub {hub} refused with status {answer.status}.", status=answer.status)

    hosts = Hosts(memory)
    try:
        asyncio.run(ask(hosts))
    finally:
        hosts.close(time.time())


def verify(query: Mapping[str, str], topics: Mapping[str, bool]) -> tuple[str, int] | None:
    """Answer a hub that asks whether a subscription is wanted (WebSub 5.3).

    `topics` maps the topics in question to whether they are wanted. Gives the challenge to send back, with the lease
    in seconds (0 after an unsubscription), or None where the answer must be 404.
    """
    mode, topic, challenge = query.get("hub.mode"), query.get("hub.topic"), query.get("hub.challenge")
    if mode not in ("subscribe", "unsubscribe") or not challenge or not topic or topic not in topics:
        return None
    if topics[topic] != (mode == "subscribe"):
        return None
    lease = query.get("hub.lease_seconds", "")
    return challenge, (int(lease[:9]) if lease.isdecimal() else LEASE) if mode == "subscribe" else 0


def is_genuine(body: bytes, signature: str | None, secret: str) -> bool:
    """Tell whether a pushed message bears the hub's signature (`X-Hub-Signature: method=hex`, WebSub 7.1)."""
    method, _, given = (signature or "").partition("=")
    if method.strip().lower() not in _METHODS:
        return False
    made = hmac.new(secret.encode("utf-8"), body, method.strip().lower()).hexdigest()
    return hmac.compare_digest(made.encode(), given.strip().lower().encode("utf-8", "replace"))
