"""What the tests of several rooms share."""

from postgres import server

__all__ = ["server"]
