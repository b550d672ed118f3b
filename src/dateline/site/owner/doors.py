"""Who is asking: the owner at this machine, the owner by a session, or a reader; and whether a form is our own."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

from dateline.config import Settings
from dateline.site import rights
from dateline.site.owner.passwords import Backoff, fits
from dateline.store.owner import Owner, Session

WEB_DAYS, READER_DAYS = 30, 365
_REMEMBERED = 20.0  # seconds for which a session that was looked up is not looked up again
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is asking, and what that opens."""

    profile: rights.Profile
    owner: bool = False
    session: str | None = None  # hash of the session's token
    shut: bool = False  # the desk is shown to its owner alone, and this is a stranger


class Doors:
    """Open and close sessions, and tell visitors apart."""

    def __init__(self, settings: Settings, kept: Owner) -> None:
        """Keep the settings and the store's side of it."""
        self.settings = settings
        self.kept = kept
        self.backoff = Backoff()
        self._secret = secrets.token_bytes(32)  # of this process: forms of an earlier one must be loaded again
        self._known: OrderedDict[str, tuple[float, Session | None]] = OrderedDict()

    @property
    def has_password(self) -> bool:
        """Tell whether there is a log-in at all."""
        return bool(self.settings.site.password_hash)

    def secure(self, request: HTTPConnection) -> bool:
        """Tell whether the visitor's browser speaks https to us, or to the proxy before us."""
        return (self.settings.site.address or "").startswith("https:") or request.url.scheme == "https"

    def cookie(self, request: HTTPConnection) -> str:
        """Name the cookie; behind https a name that no other host of the domain can set."""
        return "__Host-dateline" if self.secure(request) else "dateline"

    def visitor(self, request: HTTPConnection) -> Visitor:
        """Tell who is asking."""
        server = request.scope.get("server")
        base = rights.profile(
            self.settings,
            server[0] if server else None,
            rights.host_name(request.headers.get("host", "")),
            list(request.headers.keys()),
        )
        if base == "private":
            return Visitor("private", owner=True)
        held = self.session(request.cookies.get(self.cookie(request)), "web") if self.has_password else None
        if held is not None:
            return Visitor("private", owner=True, session=held.hash)
        return Visitor(base, shut=self.has_password and self.settings.site.rights == "private")

    def session(self, token: str | None, kind: str) -> Session | None:
        """Give the session of a token where it stands."""
        if not token or len(token) > 200:
            return None
        key, now = _digest(token), time.time()
        known = self._known.get(key)
        if known is None or known[0] < now:
            known = (now + _REMEMBERED, self.kept.session(key))
            self._known[key] = known
            while len(self._known) > 1000:
                self._known.popitem(last=False)
        found = known[1]
        return found if found is not None and found.kind == kind and found.expires > now else None

    def open(self, kind: str) -> str:
        """Open a session and give its token, of which only the hash is kept."""
        token, now = secrets.token_urlsafe(32), int(time.time())
        days = WEB_DAYS if kind == "web" else READER_DAYS
        self.kept.open_session(Session(_digest(token), kind, now, now + days * _DAY), now)
        self._known.pop(_digest(token), None)
        return token

    def close(self, hash: str) -> None:
        """End a session."""
        self.kept.close_session(hash)
        self._known.pop(hash, None)

    def right_password(self, password: str) -> bool:
        """Compare a password with the owner's; takes as long as argon2 wants."""
        return fits(password, self.settings.site.password_hash)

    def set_cookie(self, request: HTTPConnection, response: Response, token: str | None) -> None:
        """Hand a session's token to the browser, or take it back."""
        response.set_cookie(
            self.cookie(request), token or "", max_age=WEB_DAYS * _DAY if token else 0, path="/",
            secure=self.secure(request), httponly=True, samesite="lax",
        )  # fmt: skip

    def form_token(self, visitor: Visitor) -> str:
        """Give the token that forms of this visitor's pages carry."""
        return hmac.new(self._secret, (visitor.session or "here").encode(), hashlib.sha256).hexdigest()[:40]

    def own_form(self, request: HTTPConnection, visitor: Visitor, token: str) -> bool:
        """Tell whether a form comes from a page of ours that this visitor was given."""
        return same_site(request) and hmac.compare_digest(self.form_token(visitor).encode(), token.encode())


def same_site(request: HTTPConnection) -> bool:
    """Tell whether a request was sent by a page of this site, as far as its headers say."""
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None and fetched not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin in (None, "null"):  # “null”: a page that hides where it is, which ours do not
        return origin is None or fetched == "same-origin"
    try:
        return urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
    except ValueError:
        return False


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def client_key(request: HTTPConnection) -> str:
    """Name a visitor for counting: its address, of IPv6 the network of 64 bits that one customer has."""
    host = request.client.host if request.client else ""
    return ":".join(host.split(":")[:4]) if host.count(":") > 3 else host
