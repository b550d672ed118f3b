"""What stands on a page beside the text: taken out with the reason, pictures and related items kept."""

from dateline.articles.furniture.stripped import Stripped
from dateline.articles.furniture.stripping import strip, strip_blocks

__all__ = ["Stripped", "strip", "strip_blocks"]
