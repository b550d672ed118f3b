"""What the package asks for can be installed by the pips that people have."""

from __future__ import annotations

from collections import defaultdict
from importlib.metadata import PackageNotFoundError, requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def _reached(name: str, seen: dict[str, list[Requirement]]) -> None:
    """Gather the requirements of a package and of all below it that hold here without extras."""
    if name in seen:
        return
    try:
        asked = [Requirement(line) for line in requires(name) or ()]
    except PackageNotFoundError:
        return
    seen[name] = [one for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]
    for one in seen[name]:
        _reached(canonicalize_name(one.name), seen)


def test_no_extra_is_asked_for_in_two_spellings() -> None:
    """The resolver of pip before 23.3 (Debian 12, Python 3.11) fails on `lxml[html-clean]` beside `lxml[html_clean]`."""
    seen: dict[str, list[Requirement]] = {}
    _reached("dateline", seen)
    assert len(seen) > 50
    spellings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in (one for asked in seen.values() for one in asked):
        for extra in one.extras:
            spellings[canonicalize_name(one.name), canonicalize_name(extra)].add(extra)
    assert not {what: ways for what, ways in spellings.items() if len(ways) > 1}
    own = {canonicalize_name(one.name) for one in seen["dateline"]}
    assert "lxml-html-clean" in own  # such a pip passes over the extra that would bring it
