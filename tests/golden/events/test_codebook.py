"""Every example of the codebook is coded as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline.events import code
from dateline.tags import tag

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "codebook.md").read_text(encoding="utf-8")
TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE "
    "ASSAULT"
).split()
STATUS = "asserted alleged denied negated hypothetical planned desired habitual".split()


def _examples() -> list[tuple[str, str | None, str]]:
    """List (type or status, mode or None, sentence) of every row of the page's tables that gives an example."""
    found = []
    for line in PAGE.splitlines():
        cells = [c.strip() for c in line.strip("|").split("|")]
        quoted = re.fullmatch(r"“(.+)”", cells[-1]) if line.startswith("|") else None
        if quoted:
            found.append((cells[0], cells[1] if len(cells) == 3 and cells[0] in TYPES else None, quoted[1]))
    return found


EXAMPLES = _examples()


@pytest.mark.parametrize(("name", "mode", "sentence"), EXAMPLES, ids=[f"{n} {m or ''}" for n, m, _ in EXAMPLES])
def test_example(name: str, mode: str | None, sentence: str) -> None:
    mentions = code("a", sentence, "2024-05-17", tags=tag(sentence, "2024-05-17"))
    assert any(name in (m.type, m.status) and (mode is None or mode in m.modes) for m in mentions), mentions


def test_every_type_mode_and_status_has_an_example() -> None:
    given = {(name, mode) for name, mode, _ in EXAMPLES}
    rows = [[c.strip() for c in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("|")]
    modes = {(r[0], mode.strip()) for r in rows if len(r) == 4 and r[0] in TYPES for mode in r[2].split(",") if mode}
    unseen = {("CONSULT", "multilateral")}  # a matter of how many take part: no words of its own
    assert {(t, None) for t in TYPES} | {(s, None) for s in STATUS} <= given
    assert modes - unseen <= given
