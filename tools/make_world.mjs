// Called by make_world.py: world-atlas (TopoJSON of Natural Earth) on argv[2]; numeric code -> key on standard input.
// Writes JSON: [{key, name, path, box: [w, s, e, n], label: [lon, lat]}], paths in whole units of `grid` a degree.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [, , modules, file, grid, smallest] = process.argv;
const { feature } = createRequire(modules + "/")(modules + "/topojson-client");
const { geoEquirectangular, geoStream } = await import(modules + "/d3-geo/dist/d3-geo.mjs");

const keys = JSON.parse(readFileSync(0, "utf8"));
const atlas = JSON.parse(readFileSync(file, "utf8"));
const units = Number(grid);
// One unit of x is 1/grid degree of longitude; y grows southwards, as in SVG. Precision 0: no resampling, straight lines stay straight.
const projection = geoEquirectangular().scale((180 / Math.PI) * units).translate([0, 0]).precision(0);

function rings(shape) {
  const found = [];
  let ring = null;
  const sink = {
    point: (x, y) => ring && ring.push([Math.round(x), Math.round(y)]),
    lineStart: () => (ring = []),
    lineEnd: () => { if (ring && ring.length > 2) found.push(ring); ring = null; },
    polygonStart() {}, polygonEnd() {}, sphere() {},
  };
  geoStream(shape, projection.stream(sink));
  return found;
}

const area = (r) => Math.abs(r.reduce((s, [x, y], i) => { const [a, b] = r[(i + 1) % r.length]; return s + x * b - a * y; }, 0)) / 2;

function path(list) {
  let out = "";
  for (const r of list) {
    let [px, py] = r[0];
    let d = `M${px} ${py}l`;
    let first = true;
    for (const [x, y] of r.slice(1)) {
      const dx = x - px, dy = y - py;
      if (!dx && !dy) continue;
      d += `${first || dx < 0 ? "" : " "}${dx}${dy < 0 ? "" : " "}${dy}`;
      first = false; px = x; py = y;
    }
    out += first ? "" : d + "z";
  }
  return out;
}

function middle(r) { // centroid of one ring
  let a = 0, cx = 0, cy = 0;
  r.forEach(([x, y], i) => { const [p, q] = r[(i + 1) % r.length]; const c = x * q - p * y; a += c; cx += (x + p) * c; cy += (y + q) * c; });
  return a ? [cx / (3 * a), cy / (3 * a)] : r[0];
}

const made = feature(atlas, atlas.objects.countries).features.map((shape) => {
  const all = rings(shape).sort((a, b) => area(b) - area(a));
  const kept = all.filter((r, i) => i === 0 || area(r) >= Number(smallest));
  // The frame of a country is that of its main part: overseas parts far off would put France in the Atlantic.
  const main = all.filter((r) => area(r) >= area(all[0]) * 0.2);
  const xs = main.flat().map((p) => p[0]), ys = main.flat().map((p) => p[1]);
  const at = middle(all[0]);
  const degrees = (v) => Math.round((v / units) * 100) / 100;
  return {
    key: keys[shape.id] ?? keys[shape.properties.name] ?? null,
    name: shape.properties.name,
    path: path(kept),
    box: [Math.min(...xs), -Math.max(...ys), Math.max(...xs), -Math.min(...ys)].map(degrees),
    label: [degrees(at[0]), degrees(-at[1])],
  };
});
process.stdout.write(JSON.stringify(made));
