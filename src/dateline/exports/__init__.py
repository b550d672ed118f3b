"""What a desk holds, written for other programs: JSON Lines, CSV, GeoJSON, OPML. See docs/reference/exports.md."""

from dateline.exports.writing import FORMATS, PROFILES, write

__all__ = ["FORMATS", "PROFILES", "write"]
