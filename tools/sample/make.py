#!/usr/bin/env python3
"""Build the sample desk: invented news pages, their feeds and the answer sheet.

    python tools/sample/make.py            write src/dateline/sample/{pages,answers.json}
    python tools/sample/make.py --check    exit 1 if what is checked in differs

What is written by hand: outlets.toml, content/*.toml (one file a story) and outlets/*.html (one template an outlet).
"""

from __future__ import annotations

import argparse
import json
import sys

from desk import HERE, Desk
from feeds import feed
from pages import build
from sheet import answers

SAMPLE = HERE.parents[1] / "src" / "dateline" / "sample"


def made(desk: Desk) -> dict[str, str]:
    """Give every file of the sample by its path."""
    files = build(desk)
    for outlet in desk.outlets.values():
        files[f"pages/{outlet['domain']}/{outlet['feed']}"] = feed(desk, outlet)
    files["answers.json"] = json.dumps(answers(desk), ensure_ascii=False, indent=1) + "\n"
    return files


def on_disk() -> dict[str, str]:
    files = [p for p in (SAMPLE / "pages").rglob("*") if p.is_file()]
    if (SAMPLE / "answers.json").exists():
        files.append(SAMPLE / "answers.json")
    return {p.relative_to(SAMPLE).as_posix(): p.read_text("utf-8") for p in files}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the checked-in files differ")
    args = parser.parse_args()
    desk = Desk()
    new, old = made(desk), on_disk()
    changed = sorted(k for k in new.keys() | old.keys() if new.get(k) != old.get(k))
    if args.check:
        for name in changed:
            print("differs:", name)
        return 1 if changed else 0
    for name in changed:
        path = SAMPLE / name
        if name in new:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(new[name], "utf-8", newline="\n")
        else:
            path.unlink()
    for remark in desk.remarks():
        print("look at", remark, file=sys.stderr)
    several = sum(1 for s in desk.stories if sum(a["story"] == s["key"] for a in desk.articles.values()) > 2)
    print(
        f"{len(desk.articles)} articles, {len(desk.outlets)} outlets, {len(desk.stories)} stories "
        f"({several} of three reports and more); {len(changed)} files changed"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
