"""Run the benches: all, or those named."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))


def names() -> list[str]:
    """List the benches there are."""
    return sorted(p.stem for p in HERE.glob("[a-z]*.py") if "\ndef run(" in p.read_text(encoding="utf-8"))


def below(name: str, figures: dict[str, float]) -> list[str]:
    """Say which figures fell under their pinned floor (or over it, where less is better)."""
    out = []
    for key, floor in FLOORS.get(name, {}).items():
        value = figures.get(key)
        if value is None:
            continue
        bound, worse = (floor["max"], value > floor["max"]) if "max" in floor else (floor["min"], value < floor["min"])
        if worse:
            out.append(f"{name}: {key} is {value:g}, the floor is {bound:g}")
    return out


def main(wanted: list[str]) -> int:
    known = names()
    for name in wanted:
        if name not in known:
            print(f"There is no bench {name!r}; there are: {', '.join(known)}.", file=sys.stderr)
            return 2
    fallen: list[str] = []
    for name in wanted or known:
        print(f"\n== {name}", flush=True)
        module = importlib.import_module(f"bench.{name}")
        fallen += below(name, module.run(print) or {})
    for line in fallen:
        print(line, file=sys.stderr)
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
