"""The sample desk: invented pages of invented outlets, and the sheet of what a reader should find in them."""

from __future__ import annotations

import json
from pathlib import Path

HERE = Path(__file__).parent
PAGES = HERE / "pages"
ANSWERS = HERE / "answers.json"
LEXICON = HERE / "lexicon"  # the desk's own lists


def clock() -> str:
    """Give the sample's clock: the publication time of its newest article, so that its front page is never stale."""
    return str(json.loads(ANSWERS.read_text(encoding="utf-8"))["clock"])
