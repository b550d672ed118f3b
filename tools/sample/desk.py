"""What the content files say, read and completed: outlets, stories, articles with their copies and related links."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from words import edit, paragraphs, part

HERE = Path(__file__).resolve().parent
MILL = "headlinemill.example"


class Desk:
    """Everything the content files say, read and completed."""

    def __init__(self) -> None:
        with (HERE / "outlets.toml").open("rb") as f:
            self.outlets: dict[str, dict[str, Any]] = {o["domain"]: o for o in tomllib.load(f)["outlet"]}
        self.stories: list[dict[str, Any]] = []
        self.articles: dict[str, dict[str, Any]] = {}
        self.pages: list[dict[str, Any]] = []
        waiting = []
        for file in sorted((HERE / "content").glob("*.toml")):
            with file.open("rb") as f:
                content = tomllib.load(f)
            self.pages += content.get("page", [])
            if "key" in content:
                self.stories.append(content)
            for a in content.get("article", []):
                self.add(a, content)
            waiting += [(c, content) for c in content.get("copy", [])]
        # a copy may be made of a copy: the reposter takes what a daily carried
        while waiting:
            rest = []
            for c, content in waiting:
                if c["of"] in self.articles:
                    self.add_copy(c, content)
                else:
                    rest.append((c, content))
            if len(rest) == len(waiting):
                raise SystemExit("copies of nothing: " + ", ".join(c["of"] for c, _ in rest))
            waiting = rest
        for a in self.articles.values():
            a["related"] = self.related(a)

    def add(self, a: dict[str, Any], content: dict[str, Any]) -> None:
        domain, slug = a["at"].split("/")
        outlet = self.outlets[domain]
        if a["at"] in self.articles:
            raise SystemExit(f"{a['at']} twice")
        a.setdefault("kind", "article")
        a.setdefault("section", "world")
        a.setdefault("tags", [])
        a.setdefault("form", "html")
        a.setdefault("copy", None)
        a.update(outlet=outlet, slug=slug, domain=domain, story=content.get("key"), lang=outlet["lang"])
        for p in a.get("post", []):
            p["paras"] = paragraphs(p["text"])
        a["paras"] = paragraphs(a.get("text", "")) or [x for p in a["post"] for x in p["paras"]]
        a["url"] = outlet["url"].format(slug=slug, section=a["section"], date=a["published"].strftime("%Y/%m/%d"))
        a.setdefault("dek", a["paras"][0])
        self.articles[a["at"]] = a

    def add_copy(self, c: dict[str, Any], content: dict[str, Any]) -> None:
        of = self.articles[c["of"]]
        paras = part(of["paras"], c["how"])
        paras = edit(paras, c.get("edits", []), c["at"])
        c["source"] = of["outlet"]
        c["copy"] = c["of"]
        c.setdefault("title", of["title"])
        c.setdefault("dek", of["dek"])
        c.setdefault("section", of["section"])
        c.setdefault("tags", of["tags"])
        c["text"] = "\n\n".join(paras)
        self.add(c, content)

    def related(self, a: dict[str, Any]) -> list[dict[str, str]]:
        """Links under a text: the outlet's own newest pages at that time; the reposter takes them from everywhere."""
        mill = a["domain"] == MILL
        pool = [
            b
            for b in self.articles.values()
            if b is not a
            and b["published"] < a["published"]
            and b["title"] != a["title"]
            and (b["lang"] == "en" and b["domain"] != MILL if mill else b["domain"] == a["domain"])
        ]
        pool.sort(key=lambda b: (b["published"], b["at"]), reverse=True)
        pool = list({b["title"]: b for b in reversed(pool)}.values())[::-1]
        out = [{"title": b["title"], "dek": b["dek"], "url": b["url"], "of": b["at"]} for b in pool[: 4 if mill else 3]]
        if mill and len(out) == 4:
            # the reposter's machine glues one title to another page's summary
            wrong = next((b for b in pool[4:] if b["story"] and b["story"] not in {x["story"] for x in pool[:4]}), None)
            if wrong:
                out[2]["dek"] = wrong["dek"]
                out[2]["wrong"] = wrong["at"]
        return out

    def by_time(self) -> list[dict[str, Any]]:
        return sorted(self.articles.values(), key=lambda a: (a["published"], a["at"]))

    def says(self, at: str, text: str) -> bool:
        a = self.articles[at]
        later = [x for v in a.get("version", []) for x in (v.get("text", ""), v.get("note", ""))]
        return any(text in " ".join(x.split()) for x in [a["title"], a["dek"], *a["paras"], *later])

    def remarks(self) -> list[str]:
        out = []
        for a in self.by_time():
            words = sum(len(p.split()) for p in a["paras"])
            if not a["copy"] and not 120 <= words <= 450:
                out.append(f"{a['at']}: {words} words")
            if not date(2026, 3, 2) <= a["published"].date() <= date(2026, 3, 13):
                out.append(f"{a['at']}: {a['published']}")
            if a["published"].tzinfo is None:
                out.append(f"{a['at']}: no offset")
        return out
