"""The tree of errors.

::

    DatelineError                 anything a user can mend; one sentence: what, where, what to do
    ├── UsageError                what was typed is wrong            (exit status 2)
    │   ├── InputError            a file or line that cannot be read (exit status 2)
    │   ├── QueryError            a search query, with the wrong character (exit status 2)
    │   └── ConfigError           a key of dateline.toml             (exit status 2)
    ├── SourceError               a source that could not be reached or understood
    │   └── FetchError            … over HTTP, with its status
    └── StoreError                the database could not be opened or written
"""

from __future__ import annotations


class DatelineError(Exception):
    """Say what was wrong, where, and what to do, in one sentence."""

    exit_status = 1


class UsageError(DatelineError):
    """Say which word of the command was wrong."""

    exit_status = 2


class InputError(UsageError):
    """Say which file or line could not be read."""


class ConfigError(UsageError):
    """Say which key of the configuration is wrong."""


class QueryError(UsageError):
    """Say which character of a search query is wrong and why."""

    def __init__(self, query: str, position: int, reason: str) -> None:
        super().__init__(f"The query is wrong at character {position + 1}: {reason}.")
        self.query = query
        self.position = position  # code points before the wrong character
        self.reason = reason


class SourceError(DatelineError):
    """Say which source could not be read and why."""


class FetchError(SourceError):
    """Say which address could not be fetched and why."""

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        after: float | None = None,
        refused: bool = False,
        unasked: bool = False,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.after = after  # seconds that the host asked to wait
        self.unasked = unasked  # nothing was sent: it is not the host's turn yet, which says nothing of the address
        self.refused = refused  # forbidden by the publisher or the owner: another try would end the same


class StoreError(DatelineError):
    """Say which database could not be used and why."""
