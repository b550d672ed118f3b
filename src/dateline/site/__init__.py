"""The site: server-rendered pages, feeds, maps and timelines of one desk; `make_app` gives the ASGI application."""

from dateline.site.app import make_app

__all__ = ["make_app"]
