"""Forms that visitors send: small, in time, and read without surprise."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

LONGEST = 262_144  # bytes: a phone that marks a thousand articles at once sends 60,000
FIELDS = 5000
SECONDS = 15.0  # for a form to arrive


class Form:
    """The fields of a form, each with all its values."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        """Keep the fields in their order."""
        self.pairs = pairs

    def get(self, name: str, default: str = "") -> str:
        """Give a field's first value."""
        return next((value for key, value in self.pairs if key == name), default)

    def all(self, name: str) -> list[str]:
        """Give all values of a field."""
        return [value for key, value in self.pairs if key == name]


async def read_form(request: Request) -> Form:
    """Read a form; raises HTTPException where it is too long, too slow, or none."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:18]) > LONGEST:
        raise HTTPException(413, f"A form may have {LONGEST} bytes.")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = bytearray()
    try:
        async with asyncio.timeout(SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > LONGEST:
                    raise HTTPException(413, f"A form may have {LONGEST} bytes.")
    except TimeoutError:
        raise HTTPException(408, "The form did not arrive in time.") from None
    except ClientDisconnect:
        raise HTTPException(400, "The form is not whole.") from None
    if body and kind not in ("", "application/x-www-form-urlencoded"):
        raise HTTPException(415, "Send the form as application/x-www-form-urlencoded.")
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        raise HTTPException(400, f"A form may have {FIELDS} fields.") from None
    return Form(pairs)


def local_path(text: str) -> str:
    """Give an address of this site that a form names as the next one; the front page where it is none of ours."""
    if not text.startswith("/") or text.startswith(("//", "/\\")) or "\\" in text or len(text) > 4000:
        return "/"
    if any(ord(c) <= 0x20 or ord(c) >= 0x7F for c in text):
        return "/"
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    return "/" if parts.netloc or parts.scheme or parts.path in ("/login", "/logout") else text
