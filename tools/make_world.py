"""Make the world maps of the site from Natural Earth, as packed by the npm package world-atlas.

    npm install --prefix /tmp/world world-atlas@2.0.2 topojson-client@3.1.0 d3-geo@3.1.2
    python tools/make_world.py /tmp/world/node_modules

Writes site/static/world-110m.svg and world-50m.svg (one path a country, its id the ISO 3166-1 alpha-3 code, in an
equirectangular projection whose units are stated in the file) and site/data/world.json (frame and label point of each).
Natural Earth is in the public domain (https://www.naturalearthdata.com/about/terms-of-use/).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pycountry

HERE = Path(__file__).parent
SITE = HERE.parent / "src" / "dateline" / "site"
GRID = {"110m": 10, "50m": 25}  # units a degree: finer than the outlines' own generalisation at either scale
SMALLEST = {"110m": 0, "50m": 12}  # islands under this many square units are left out
UNCODED = {"Kosovo": "KOS"}  # as the codebook of events writes it; other areas without an ISO code keep no key
SHORT = {  # what readers call them, where ISO 3166-1 has the formal name
    "BOL": "Bolivia", "BRN": "Brunei", "COD": "DR Congo", "COG": "Congo", "CZE": "Czechia", "FLK": "Falkland Islands",
    "FSM": "Micronesia", "GBR": "United Kingdom", "IRN": "Iran", "KOR": "South Korea", "LAO": "Laos", "MDA": "Moldova",
    "PRK": "North Korea", "PSE": "Palestine", "RUS": "Russia", "SWZ": "Eswatini", "SYR": "Syria", "TUR": "Türkiye",
    "TWN": "Taiwan", "TZA": "Tanzania", "USA": "United States", "VAT": "Holy See", "VEN": "Venezuela", "VNM": "Vietnam",
    "MAF": "Saint Martin", "SXM": "Sint Maarten", "VGB": "British Virgin Islands", "VIR": "US Virgin Islands",
}  # fmt: skip


def keys() -> dict[str, str]:
    """Map ISO 3166-1 numeric codes (and the names of areas that have none) to alpha-3."""
    return {c.numeric: c.alpha_3 for c in pycountry.countries} | UNCODED


def shapes(modules: Path, scale: str) -> list[dict[str, object]]:
    """Project one scale of world-atlas."""
    command = ["node", str(HERE / "make_world.mjs"), str(modules), str(modules / f"world-atlas/countries-{scale}.json")]
    done = subprocess.run(
        [*command, str(GRID[scale]), str(SMALLEST[scale])],
        input=json.dumps(keys()), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def drawing(made: list[dict[str, object]], scale: str) -> str:
    """Write the paths as one SVG document whose parts other documents can use."""
    paths = []
    for shape in sorted(made, key=lambda s: (str(s["key"] or "~"), str(s["name"]))):
        name = f' id="{shape["key"]}"' if shape["key"] else ""
        paths.append(f'<path{name} d="{shape["path"]}"/>')
    grid = GRID[scale]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-180 * grid} {-90 * grid} {360 * grid} {180 * grid}">'
        f"<!-- Natural Earth {scale}, public domain; {grid} units a degree; made by tools/make_world.py -->"
        '<g id="land">\n' + "\n".join(paths) + "\n</g></svg>\n"
    )


def main(modules: Path) -> None:
    """Write the three files."""
    known: dict[str, dict[str, object]] = {}
    for scale in GRID:
        made = shapes(modules, scale)
        (SITE / "static" / f"world-{scale}.svg").write_text(drawing(made, scale), encoding="utf-8")
        known |= {str(s["key"]): {"box": s["box"], "label": s["label"]} for s in made if s["key"]}
    names = {c.alpha_3: SHORT.get(c.alpha_3, getattr(c, "common_name", c.name)) for c in pycountry.countries}
    names["KOS"] = "Kosovo"
    table = {code: {"name": names[code], **known.get(code, {})} for code in sorted(names)}
    lines = ",\n".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in table.items())
    source = "Natural Earth 1:50m through world-atlas 2.0.2 (public domain); ISO 3166-1 through pycountry"
    (SITE / "data" / "world.json").write_text(
        f'{{"source": {json.dumps(source)}, "countries": {{\n{lines}\n}}}}\n', encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
