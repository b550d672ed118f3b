"""The API at /api/v1: the records of the pages, within the same rights, with cursors, ETags and RFC 9457 problems."""

from dateline.site.api.making import make_api

__all__ = ["make_api"]
