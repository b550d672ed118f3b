"""One owner's password: argon2id hashes, and a wait after wrong tries that grows."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

SHORTEST = 8  # characters of a new password
LONGEST = 1024  # characters looked at: hashing must not be made long by its input
FREE_TRIES = 4  # wrong tries of one visitor before a wait
WAIT, LONGEST_WAIT = 2.0, 900.0  # seconds: the first wait, doubled by each further wrong try, and where that ends
FORGOTTEN = 3600.0  # seconds after which a visitor's wrong tries no longer count
WINDOW, TRIES_IN_WINDOW = 60.0, 30  # tries of all visitors together: hashing is slow on purpose
_KEPT = 10_000  # visitors remembered


def hashed(password: str) -> str:
    """Hash a new password with argon2id and the parameters of RFC 9106's second recommendation."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Tell whether a password is the one that `kept` is the hash of; False where the hash cannot be read."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    if not kept or len(password) > LONGEST:
        return False
    try:
        return PasswordHasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


class Backoff:
    """Count wrong tries by visitor, and say how long each must wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with no tries; `clock` gives seconds."""
        self._clock = clock
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()  # visitor → wrong tries, time of the last
        self._recent: list[float] = []
        self._lock = threading.Lock()

    def wait(self, visitor: str) -> float:
        """Give the seconds until this visitor may try again; 0 where it may now, and that counts as a try."""
        now = self._clock()
        with self._lock:
            number, last = self._wrong.get(visitor, (0, now))
            if now - last > FORGOTTEN:
                del self._wrong[visitor]
                number = 0
            if number >= FREE_TRIES:
                left = last + min(LONGEST_WAIT, WAIT * 2.0 ** min(number - FREE_TRIES, 20)) - now
                if left > 0:
                    return left
            self._recent = [then for then in self._recent if now - then < WINDOW]
            if len(self._recent) >= TRIES_IN_WINDOW:
                return self._recent[0] + WINDOW - now
            self._recent.append(now)
            return 0.0

    def wrong(self, visitor: str) -> None:
        """Count a wrong try."""
        with self._lock:
            number, _ = self._wrong.pop(visitor, (0, 0.0))
            self._wrong[visitor] = (number + 1, self._clock())
            while len(self._wrong) > _KEPT:
                self._wrong.popitem(last=False)

    def right(self, visitor: str) -> None:
        """Forget a visitor's wrong tries."""
        with self._lock:
            self._wrong.pop(visitor, None)
