"""What a desk holds, written for other programs, in the forms and profiles of docs/reference/exports.md."""

from dateline.exports.writing import FORMATS, PROFILES, write

__all__ = ["FORMATS", "PROFILES", "write"]
