"""Make the marks of event types (site/static/marks.svg): shape, letters and colour together.

The shape says the quad of PLOVER (circle: cooperation in words, square: in deeds, triangle: conflict in words, diamond:
in deeds), the letters and the colour the type. Colours: Okabe and Ito, “Color Universal Design” (2008), which stay apart
for colour-blind readers.

    python tools/make_marks.py
"""

from __future__ import annotations

from pathlib import Path

from dateline.site.words import TYPES

OUT = Path(__file__).parent.parent / "src" / "dateline" / "site" / "static" / "marks.svg"
ORANGE, SKY, GREEN, YELLOW, BLUE, RED, PINK = (
    "#E69F00",
    "#56B4E9",
    "#009E73",
    "#F0E442",
    "#0072B2",
    "#D55E00",
    "#CC79A7",
)
QUADS = {
    "circle": {"AGREE": GREEN, "CONSULT": SKY, "SUPPORT": YELLOW, "CONCEDE": PINK},
    "square": {"COOPERATE": GREEN, "AID": SKY, "RETREAT": YELLOW},
    "triangle": {"REQUEST": YELLOW, "ACCUSE": ORANGE, "REJECT": PINK, "THREATEN": RED},
    "diamond": {"PROTEST": YELLOW, "SANCTION": PINK, "MOBILIZE": BLUE, "COERCE": ORANGE, "ASSAULT": RED},
}
SHAPES = {
    "circle": '<circle r="9.5"',
    "square": '<rect x="-8.5" y="-8.5" width="17" height="17" rx="1.5"',
    "triangle": '<path d="M0-11.5 11.5 8.5h-23z"',
    "diamond": '<path d="M0-12 12 0 0 12-12 0z"',
}


def main() -> None:
    """Write the file."""
    made = []
    for shape, types in QUADS.items():
        for type_, colour in types.items():
            ink = "#FFFFFF" if colour == BLUE else "#14161A"
            drop = 6.2 if shape == "triangle" else 3
            made.append(
                f'<g id="{type_}">{SHAPES[shape]} fill="{colour}" stroke="#14161A" stroke-width="1"/>'
                f'<text y="{drop}" text-anchor="middle" font-family="system-ui,sans-serif" font-size="8.4" '
                f'font-weight="700" fill="{ink}">{TYPES[type_].letters}</text></g>'
            )
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-13 -13 26 26"><!-- made by tools/make_marks.py -->'
    OUT.write_text(head + "\n" + "\n".join(made) + "\n</svg>\n", encoding="utf-8")


if __name__ == "__main__":
    main()
