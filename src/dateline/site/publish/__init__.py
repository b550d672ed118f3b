"""A copy of the site as files, made of the same pages, that any web host can serve."""

from dateline.site.publish.copying import Published, publish

__all__ = ["Published", "publish"]
