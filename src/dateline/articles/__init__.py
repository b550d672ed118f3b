"""Page → Article: body, metadata, credit, furniture, related items, rights, kind, copies, versions."""

from dateline.articles.copies import Copies
from dateline.articles.index import MemoryIndex
from dateline.articles.reading import read
from dateline.articles.versions import compare

__all__ = ["Copies", "MemoryIndex", "compare", "read"]
