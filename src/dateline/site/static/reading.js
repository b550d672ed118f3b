// Evidence in place, and filters and maps that change without a new page; every link works without this file.
"use strict";
(() => {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const plain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const fetched = async (address) => {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) throw new Error(answer.status);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  const make = (name, given, ...inside) => {
    const made = Object.assign(document.createElement(name), given);
    made.append(...inside.filter(Boolean));
    return made;
  };
  const copy = (node, address) => { // as it stood on its own page: links made whole, no name used twice
    const made = document.importNode(node, true);
    for (const one of [made, ...made.querySelectorAll("[id]")]) one.removeAttribute("id");
    for (const one of made.querySelectorAll("a[href]")) one.href = new URL(one.getAttribute("href"), address);
    return made;
  };

  // Evidence: the quoted words, marked in their sentence, with who printed them and when.
  function evidence(page, address) {
    const words = make("div", { className: "text" });
    const shown = new Set([...page.querySelectorAll(".text mark.quote, .text mark.within")].map((mark) => mark.closest("p")));
    const text = page.querySelector(".text");
    for (const name of ["lang", "dir"]) if (text?.getAttribute(name)) words.setAttribute(name, text.getAttribute(name));
    words.append(...[...shown].map((part) => copy(part, address)));
    const title = page.querySelector("h1"), credits = page.querySelector(".credits"), said = page.querySelector("main .notice");
    const out = page.querySelector("h1 a[data-original]")?.href;
    const close = make("button", { type: "button", className: "quiet", textContent: "Close", autofocus: true });
    const box = make("dialog", { className: "proof" },
      make("div", { className: "prooftop" }, credits && copy(credits, address), close),
      shown.size ? make("blockquote", {}, words) : said && copy(said, address),
      title && make("p", { className: "prooftitle", lang: title.lang, dir: title.dir || "auto" }, title.textContent),
      page.querySelector("main header .nums") && copy(page.querySelector("main header .nums"), address),
      make("p", { className: "nums" }, make("a", { href: address, textContent: "Read on in its article" }),
        out ? " · " : "", out && make("a", { href: out, rel: "noopener", textContent: "original ↗" })));
    box.setAttribute("aria-label", "The words this comes from");
    close.addEventListener("click", () => box.close());
    box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    box.showModal();
  }
  async function open(link) {
    link.setAttribute("aria-busy", "true");
    try { evidence(await fetched(link.href), link.href); } catch { location.href = link.href; }
    link.removeAttribute("aria-busy");
  }

  // Another state of the same page: its main part and foot are put in place, and the address follows.
  let asked = 0, where = location.pathname + location.search;
  async function go(address, { push = true, from = null } = {}) {
    const mine = ++asked, box = document.getElementById("main");
    box.setAttribute("aria-busy", "true");
    let page;
    try { page = await fetched(address); } catch { location.href = address; return; }
    if (mine !== asked) return;
    if (push) history.pushState({}, "", address);
    where = location.pathname + location.search;
    await glide(page);
    const mark = from && marker(from), scroll = [scrollX, scrollY], unfolded = document.querySelector(".folded")?.open;
    document.title = page.title;
    for (const name of ["main", "footer.foot"]) document.querySelector(name)?.replaceWith(document.importNode(page.querySelector(name), true));
    document.querySelectorAll("link[rel=alternate]").forEach((link) => link.remove());
    document.head.append(...[...page.querySelectorAll("link[rel=alternate]")].map((link) => document.importNode(link, true)));
    if (unfolded) document.querySelector(".folded")?.setAttribute("open", "");
    scrollTo(...scroll);
    if (mark) document.querySelector(mark)?.focus({ preventScroll: true });
    say();
  }
  const marker = (node) => {
    if (node.id) return `#${CSS.escape(node.id)}`;
    const label = node.getAttribute("aria-label");
    if (label) return `main ${node.localName}[aria-label="${CSS.escape(label)}"]`;
    const section = node.closest("section[aria-labelledby]");
    return section ? `section[aria-labelledby="${section.getAttribute("aria-labelledby")}"] .switch a` : "main .switch a";
  };
  function say() {
    let live = document.getElementById("live");
    if (!live) { live = make("p", { id: "live", className: "unseen" }); live.setAttribute("role", "status"); document.body.append(live); }
    live.textContent = document.querySelector("main [data-said]")?.textContent ?? document.title;
  }
  function glide(page) { // the land moves to its new frame; marks come back when it has arrived
    const old = document.querySelector("main svg.atlasmap svg.land"), next = page.querySelector("main svg.atlasmap svg.land");
    if (!old || !next || still.matches || old.querySelector("g").getAttribute("transform") === null) return null;
    const use = (svg) => svg.querySelector("use").getAttribute("href");
    if (use(old) !== use(next)) return null;
    const a = old.getAttribute("viewBox").split(" ").map(Number), b = next.getAttribute("viewBox").split(" ").map(Number);
    const squeeze = (svg) => Number(/scale\(([\d.]+)/.exec(svg.querySelector("g").getAttribute("transform"))[1]);
    const [s, t] = [squeeze(old), squeeze(next)];
    old.closest(".atlasmap").classList.add("moving");
    const begun = performance.now();
    return new Promise((done) => {
      const step = (now) => {
        const part = Math.min(1, (now - begun) / 260), eased = part * (2 - part);
        const scale = s + (t - s) * eased;
        old.querySelector("g").setAttribute("transform", `scale(${scale} 1)`);
        old.setAttribute("viewBox", a.map((from, at) => at % 2 ? from + (b[at] - from) * eased : (from / s + (b[at] / t - from / s) * eased) * scale).join(" "));
        if (part < 1) requestAnimationFrame(step); else done();
      };
      requestAnimationFrame(step);
    });
  }
  const wanted = (form) => {
    const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => String(value).trim() !== ""));
    return form.action.split("?")[0] + (given.size ? `?${given}` : "");
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !plain(event) || event.defaultPrevented) return;
    if (link.closest("dialog")) return;
    if (link.hash === "#quote") { event.preventDefault(); open(link); return; }
    if (link.closest("[data-swap]") && link.origin === location.origin && !link.hasAttribute("download")) {
      event.preventDefault();
      go(link.href, { from: link });
    }
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-swap]")) return;
    event.preventDefault();
    go(wanted(event.target), { from: event.submitter ?? document.activeElement });
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-swap]");
    if (form && event.target.matches("select")) go(wanted(form), { from: event.target });
  });
  addEventListener("popstate", () => { // not for a jump within the page
    if (location.pathname + location.search !== where) go(location.href, { push: false });
  });

  // The large map can be drawn aside with the mouse, and a double click goes nearer.
  const frame = (map) => map.dataset.box.split(",").map(Number);
  const seen = (map, box) => {
    const address = new URL(location.href), room = (edge, most) => Math.max(-most, Math.min(most, edge)).toFixed(2);
    address.searchParams.set("box", [room(box[0], 180), room(box[1], 90), room(box[2], 180), room(box[3], 90)].join(","));
    go(address.pathname + address.search);
  };
  let held = null;
  document.addEventListener("pointerdown", (event) => {
    const map = event.target.closest?.("svg.atlasmap[data-box]");
    if (!map || event.pointerType !== "mouse" || event.button !== 0) return;
    held = { map, x: event.clientX, y: event.clientY, moved: false };
  });
  document.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [x, y] = [event.clientX - held.x, event.clientY - held.y];
    if (Math.abs(x) + Math.abs(y) > 5) held.moved = true;
    if (held.moved) { held.map.style.translate = `${x}px ${y}px`; event.preventDefault(); }
  });
  document.addEventListener("pointerup", (event) => {
    const was = held;
    held = null;
    if (!was?.moved) return;
    document.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { once: true, capture: true });
    setTimeout(() => { was.map.style.translate = ""; }, 1500);
    const [west, south, east, north] = frame(was.map), size = was.map.getBoundingClientRect();
    const right = -(event.clientX - was.x) / size.width * (east - west), up = (event.clientY - was.y) / size.height * (north - south);
    seen(was.map, [west + right, south + up, east + right, north + up]);
  });
  document.addEventListener("dblclick", (event) => {
    const map = event.target.closest?.("svg.atlasmap[data-box]");
    if (!map) return;
    const [west, south, east, north] = frame(map), size = map.getBoundingClientRect();
    const x = west + (event.clientX - size.left) / size.width * (east - west), y = north - (event.clientY - size.top) / size.height * (north - south);
    seen(map, [x - (east - west) / 4, y - (north - south) / 4, x + (east - west) / 4, y + (north - south) / 4]);
  });
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.("svg.atlasmap")) event.preventDefault(); });
})();
