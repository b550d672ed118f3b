"""Page → Article: body, metadata, credit, furniture, related items, rights, kind, copies, versions."""

from dateline.articles.reading import read

__all__ = ["read"]
