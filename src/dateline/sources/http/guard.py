"""The gate to the network: only public addresses, unless the owner allows a private network by name.

An address is checked after its name is resolved and at each connection, so that neither a redirect nor a name that
resolves inward reaches a private machine (server-side request forgery).
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from dateline.errors import FetchError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def is_allowed(address: str, networks: Iterable[Network] = ()) -> bool:
    """Tell whether an IP address may be fetched from: it is public, or lies in one of the allowed networks."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if any(ip in network for network in networks if network.version == ip.version):
        return True
    return ip.is_global and not ip.is_multicast


class GuardedResolver(AbstractResolver):
    """Resolve names and refuse every answer that is not allowed."""

    def __init__(self, networks: Iterable[Network] = ()) -> None:
        self.networks = tuple(networks)
        self.inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Resolve `host`; raises FetchError where only refused addresses are found."""
        found = await self.inner.resolve(host, port, family)
        allowed = [answer for answer in found if is_allowed(answer["host"], self.networks)]
        if not allowed:
            raise FetchError(
                f"{host} is a private address and is not fetched: name its network in [fetch] allow_networks.",
                refused=True,
            )
        return allowed

    async def close(self) -> None:
        """Close the inner resolver."""
        await self.inner.close()
