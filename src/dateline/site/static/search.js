// The search of a copy without a server: it reads the parts of the index that hold the words asked for.
"use strict";
(() => {
  const list = document.getElementById("hits"), said = document.getElementById("said");
  if (!list) return;
  const MOST = 60;
  const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/u;
  const VARIANTS = { "ى": "ي", "ة": "ه", "ـ": "", "ی": "ي", "ک": "ك", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss" };
  const fold = (text) => [...text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase()].map((c) => VARIANTS[c] ?? c).join("");
  function words(text) {
    const made = [];
    for (const run of fold(text).match(/[\p{L}\p{N}]+/gu) ?? []) {
      let held = "";
      for (const c of run) {
        if (UNSPACED.test(c)) { if (held) made.push(held); held = ""; made.push(c); } else held += c;
      }
      if (held) made.push(held);
    }
    return made;
  }
  const long = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const kept = new Map();
  function load(name) {
    if (!kept.has(name)) kept.set(name, fetch(list.dataset.index + name).then((answer) => { if (!answer.ok) throw new Error(name); return answer.json(); }));
    return kept.get(name);
  }
  function part(word, parts) {
    let made = 0;
    for (const c of [...word].slice(0, 2)) made = (made * 31 + c.codePointAt(0)) % 1000003;
    return made % parts;
  }
  // Which articles have a word, or one that begins with it, and whether it stands in their title.
  async function having(word, parts, beginning) {
    const table = await load(`words-${part(word, parts)}.json`), found = new Map();
    const names = beginning ? Object.keys(table).filter((name) => name.startsWith(word)) : Object.hasOwn(table, word) ? [word] : [];
    for (const name of names) for (const n of table[name]) found.set(n >> 1, Math.max(found.get(n >> 1) ?? 0, 1 + 2 * (n & 1)));
    return found;
  }
  async function find(query) {
    const meta = await load("meta.json"), wanted = [], unwanted = [];
    for (const piece of query.split(/\s+/)) (piece.startsWith("-") ? unwanted : wanted).push(...words(piece));
    let scores = null;
    for (const [place, word] of wanted.entries()) {
      const found = await having(word, meta.parts, place === wanted.length - 1 && word.length > 2);
      const next = new Map();
      for (const [n, score] of found) if (scores === null || scores.has(n)) next.set(n, score + (scores?.get(n) ?? 0));
      scores = next;
    }
    for (const word of unwanted) for (const n of (await having(word, meta.parts, false)).keys()) scores?.delete(n);
    // Articles are numbered newest first.
    return { chunk: meta.chunk, wanted, found: [...(scores ?? [])].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([n]) => n) };
  }
  function element(name, text, properties) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    return Object.assign(made, properties);
  }
  function marked(text, wanted) {
    const line = element("p", "", { className: "passage", dir: "auto" });
    for (const piece of text.split(/([\p{L}\p{N}\p{M}]+)/u)) line.append(wanted.some((word) => fold(piece).startsWith(word)) ? element("mark", piece) : piece);
    return line;
  }
  // What is found by is more than what may be shown: the words that stand in nothing shown are named.
  function elsewhere(shown, wanted) {
    const seen = words(shown), unseen = wanted.filter((word) => !seen.some((other) => other.startsWith(word)));
    return unseen.length ? element("p", `Further on in its text: ${unseen.join(", ")}`, { className: "dim" }) : "";
  }
  function titled(title, path, language) {
    const link = element("a", title, { dir: "auto" });
    link.setAttribute("href", path.split("/").map(encodeURIComponent).join("/"));
    if (language) link.lang = language;
    return link;
  }
  const credit = (day, outlet) => [element("time", day ? long.format(new Date(day)) : "undated", day ? { dateTime: day } : {}), " ", element("b", outlet, { className: "outlet", dir: "auto" })];
  // Copies stand under the text they carry, or under the first of them where that was not found.
  function folded(rows) {
    const texts = new Map();
    for (const row of rows) {
      const text = row[6] || row[1];
      if (!texts.has(text)) texts.set(text, []);
      texts.get(text).push(row);
    }
    return [...texts].map(([original, members]) => {
      const head = members.find((row) => row[1] === original) ?? members[0];
      return [head, members.filter((row) => row !== head)];
    });
  }
  function under(copies) {
    if (!copies.length) return "";
    const box = element("details", "", { className: "copies" }), inner = element("ul", "", { className: "plain" });
    for (const [title, path, outlet, day, , language] of copies) {
      const line = element("li");
      line.append(...credit(day, outlet), " ", titled(title, path, language));
      inner.append(line);
    }
    box.append(element("summary", `${copies.length} ${copies.length === 1 ? "copy" : "copies"} of this text`), inner);
    return box;
  }
  async function show(query) {
    list.replaceChildren();
    said.textContent = query ? "Searching…" : "";
    if (!query) return;
    try {
      const { chunk, wanted, found } = await find(query);
      const rows = await Promise.all(found.slice(0, MOST).map(async (n) => (await load(`articles-${Math.floor(n / chunk)}.json`))[n % chunk]));
      list.replaceChildren(...folded(rows).map(([[title, path, outlet, day, excerpt, language], copies]) => {
        const item = element("li"), kicker = element("p", "", { className: "kicker" }), head = element("h2"), link = titled(title, path, language);
        item.dataset.item = "";
        link.dataset.open = "";
        kicker.append(...credit(day, outlet));
        link.removeAttribute("dir"); // the heading is set from the side its title begins at
        head.dir = "auto";
        head.append(link);
        item.append(kicker, head);
        if (excerpt) { const line = marked(excerpt, wanted); if (language) line.lang = language; item.append(line); }
        item.append(elsewhere([title, outlet, excerpt].join(" "), wanted), under(copies));
        return item;
      }));
      said.textContent = found.length ? `${found.length} ${found.length === 1 ? "article" : "articles"}${found.length > MOST ? `; the first ${MOST} are shown` : ""}` : "Nothing found. Fewer words find more.";
    } catch {
      said.textContent = location.protocol === "file:"
        ? "Browsers let no page opened as a file search: serve the folder, for example with “python3 -m http.server”."
        : "The index could not be read: try again, or read Latest.";
    }
  }
  const asked = () => new URLSearchParams(location.search).get("q")?.trim().slice(0, 500) ?? "";
  document.getElementById("find").value = asked();
  show(asked());
})();
