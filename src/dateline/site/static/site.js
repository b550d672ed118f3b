// Keys for those who like them; every page is complete without this file.
"use strict";
(() => {
  const KEY = "dateline-keys";
  const keep = (value) => { try { localStorage.setItem(KEY, value); } catch { /* private window */ } };
  const off = () => { try { return localStorage.getItem(KEY) === "off"; } catch { return false; } };
  const items = () => [...document.querySelectorAll("[data-item]")].filter((e) => e.offsetParent !== null);
  let here = -1;

  function step(by) {
    const list = items();
    if (!list.length) return;
    list[here]?.classList.remove("here");
    here = Math.max(0, Math.min(list.length - 1, here + by));
    const item = list[here];
    item.classList.add("here");
    item.scrollIntoView({ block: "nearest" });
    item.querySelector("[data-open], a[href]")?.focus({ preventScroll: true });
  }
  function follow(selector) {
    const link = items()[here]?.querySelector(selector) ?? document.querySelector(`main ${selector}`);
    link?.click();
  }
  function section(name) {
    const found = document.querySelector(`[data-key="${name}"]`);
    if (found) { found.scrollIntoView({ block: "start" }); found.querySelector("a[href], h2")?.focus?.({ preventScroll: true }); }
    else document.querySelector(`a[data-go="${name}"]`)?.click();
  }
  function help() {
    const open = document.querySelector(".help");
    if (open) { open.remove(); return; }
    const box = document.createElement("div");
    box.className = "help";
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", "Keys");
    const list = document.createElement("dl");
    for (const [key, what] of [["j k", "next, previous"], ["o", "open"], ["v", "the publisher’s page"], ["e", "events"], ["m", "map"], ["t", "timeline"], ["/", "search"], ["?", "this list"]]) {
      const dt = document.createElement("dt"), dd = document.createElement("dd");
      dt.textContent = key; dd.textContent = what; list.append(dt, dd);
    }
    const button = document.createElement("button");
    button.type = "button";
    const label = () => { button.textContent = off() ? "Turn keys on" : "Turn keys off"; };
    label();
    button.addEventListener("click", () => { keep(off() ? "on" : "off"); label(); });
    box.append(list, button);
    document.body.append(box);
    button.focus();
  }
  const keys = {
    j: () => step(1), k: () => step(-1), o: () => follow("[data-open]"), v: () => follow("[data-original], a.outlet[href^=http]"),
    e: () => section("e"), m: () => section("m"), t: () => section("t"),
    "/": () => document.getElementById("find")?.focus(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { document.querySelector(".help")?.remove(); return; }
    if (event.target.closest?.("input, select, textarea")) return;
    if (event.key === "?") { help(); event.preventDefault(); return; }
    if (off() || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
