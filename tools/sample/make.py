#!/usr/bin/env python3
"""Build the sample desk: invented news pages, their feeds and the answer sheet.

    python tools/sample/make.py            write src/dateline/sample/{pages,answers.json}
    python tools/sample/make.py --check    exit 1 if what is checked in differs

What is written by hand: outlets.toml, content/*.toml (one file a story) and outlets/*.html (one template an outlet).
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import jinja2
from markupsafe import Markup

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parents[1] / "src" / "dateline" / "sample"
MILL = "headlinemill.example"

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS_AR = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]


def when(t: datetime, how: str) -> str:
    """A time as an outlet prints it; no locale is needed."""
    hour12 = t.hour % 12 or 12
    return how.format(
        iso=t.isoformat(),
        day=t.day,
        weekday=DAYS[t.weekday()],
        weekday_ar=DAYS_AR[t.weekday()],
        month=MONTHS[t.month - 1],
        mon=MONTHS[t.month - 1][:3],
        m=t.month,
        year=t.year,
        hour=f"{t.hour:02}",
        hour12=hour12,
        minute=f"{t.minute:02}",
        ampm="am" if t.hour < 12 else "pm",
        date=t.date().isoformat(),
        zone=t.strftime("%z"),
    )


def paragraphs(text: str) -> list[str]:
    return [" ".join(p.split()) for p in text.strip().split("\n\n") if p.strip()]


def part(paras: list[str], how: str) -> list[str]:
    share = {"halved": 0.5, "quartered": 0.25}.get(how)
    return paras if share is None else paras[: max(1, math.ceil(len(paras) * share))]


def edit(paras: list[str], edits: list[list[str]], where: str) -> list[str]:
    text = "\n\n".join(paras)
    for old, new in edits:
        if text.count(old) != 1:
            raise SystemExit(f"{where}: {old!r} stands {text.count(old)} times in the text, not once")
        text = text.replace(old, new)
    return paragraphs(text)


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

    # ---- pages

    def build(self) -> dict[str, str]:
        env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "outlets"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.ChainableUndefined,
            keep_trailing_newline=True,
        )
        env.globals.update(when=when, ld=self.ld)
        files: dict[str, str] = {}
        for a in self.articles.values():
            if a["form"] == "txt":
                files[f"pages/{a['at']}.txt"] = self.saved_text(a)
                continue
            template = env.get_template(a["domain"].split(".")[0] + ".html")
            files[f"pages/{a['at']}.html"] = template.render(a=a, o=a["outlet"])
            for n, v in enumerate(a.get("version", []), 2):
                later = {**a, **{k: x for k, x in v.items() if k not in ("text", "edits")}}
                later["paras"] = paragraphs(v["text"]) if "text" in v else edit(a["paras"], v["edits"], a["at"])
                if "dek" not in v and (v["kind"] == "withdrawal" or a["dek"] == a["paras"][0]):
                    later["dek"] = later["paras"][0]
                files[f"pages/{a['at']}.v{n}.html"] = template.render(a=later, o=a["outlet"])
        for p in self.pages:
            outlet = self.outlets[p["at"].split("/")[0]]
            mine = [a for a in self.articles.values() if a["domain"] == outlet["domain"]]
            mine.sort(key=lambda a: (a["published"], a["at"]), reverse=True)
            slug = p["at"].split("/")[1]
            p["url"] = p.get("url") or f"https://{outlet['domain']}/{slug}"
            template = env.get_template(f"{outlet['domain'].split('.')[0]}.{p['kind']}.html")
            files[f"pages/{p['at']}.html"] = template.render(a=p, o=outlet, mine=mine)
        for outlet in self.outlets.values():
            files[f"pages/{outlet['domain']}/{outlet['feed']}"] = self.feed(outlet)
        files["answers.json"] = json.dumps(self.answers(), ensure_ascii=False, indent=1) + "\n"
        return files

    def ld(self, a: dict[str, Any], kind: str = "NewsArticle") -> Markup:
        """A JSON-LD block."""
        o = a["outlet"]
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": kind,
            "headline": a["title"],
            "description": a["dek"],
            "mainEntityOfPage": a["url"],
            "datePublished": a["published"].isoformat(),
            "dateModified": a.get("modified", a["published"]).isoformat(),
            "inLanguage": o["lang"],
            "articleSection": a["section"],
            "publisher": {"@type": "NewsMediaOrganization", "name": o["name"], "url": f"https://{o['domain']}/"},
        }
        if a.get("author"):
            data["author"] = [{"@type": "Person", "name": x} for x in a["author"]]
        if a.get("post"):
            data["liveBlogUpdate"] = [
                {"@type": "BlogPosting", "headline": p["title"], "datePublished": p["time"].isoformat()}
                for p in a["post"]
            ]
        text = json.dumps(data, ensure_ascii=False, indent=1).replace("</", "<\\/")
        return Markup(f'<script type="application/ld+json">\n{text}\n</script>')

    @staticmethod
    def marked(a: dict[str, Any]) -> list[str]:
        """The reposter's paragraphs, with its domain glued to every second one."""
        return [p + (f" {MILL}" if i % 2 == 0 else "") for i, p in enumerate(a["paras"])]

    def saved_text(self, a: dict[str, Any]) -> str:
        lines = [
            "Headline Mill | every headline, one mill",
            "Home World Business Sport Weather Log in",
            "",
            a["title"],
            when(a["published"], "date {date}") + "   Source: " + a["source"]["name"] + "   2 min read",
            "",
        ]
        for p in self.marked(a):
            lines += [p, ""]
        lines += ["Share  Save  Print", "", "You may also like", ""]
        for r in a["related"]:
            lines += [f"{r['title']}{r['dek']} Read more ⮕", ""]
        lines += [
            f"We have put together what {a['source']['name']} wrote. To read it where it stood first, follow the source.",
            "© 2026 Headline Mill. Sign up for the morning grind.",
            "",
        ]
        return "\n".join(lines)

    # ---- feeds

    def feed(self, o: dict[str, Any]) -> str:
        items = sorted(
            (a for a in self.articles.values() if a["domain"] == o["domain"] and a["form"] == "html"),
            key=lambda a: (a["published"], a["at"]),
            reverse=True,
        )
        home = f"https://{o['domain']}/"
        if not items:
            raise SystemExit(f"{o['domain']} has no articles")
        newest = items[0]["published"]
        if o["feed"] == "feed.json":
            data = {
                "version": "https://jsonfeed.org/version/1.1",
                "title": o["name"],
                "home_page_url": home,
                "feed_url": home + o["feed"],
                "language": o["lang"],
                "items": [
                    {
                        "id": a["url"],
                        "url": a["url"],
                        "title": a["title"],
                        "summary": a["dek"],
                        "date_published": a["published"].isoformat(),
                        "tags": [a["section"], *a["tags"]],
                    }
                    for a in items
                ],
            }
            return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        out = ['<?xml version="1.0" encoding="UTF-8"?>']
        if o["feed"] == "feed.atom":
            out += [
                f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{o["lang"]}">',
                f"<title>{escape(o['name'])}</title>",
                f"<id>{home}</id>",
                f'<link rel="self" href="{home}{o["feed"]}"/>',
                f"<updated>{newest.isoformat()}</updated>",
            ]
            for a in items:
                out += [
                    "<entry>",
                    f"<title>{escape(a['title'])}</title>",
                    f"<id>{a['url']}</id>",
                    f'<link rel="alternate" href="{a["url"]}"/>',
                    f"<published>{a['published'].isoformat()}</published>",
                    f"<updated>{a.get('modified', a['published']).isoformat()}</updated>",
                    f"<summary>{escape(a['dek'])}</summary>",
                    *(f'<category term="{escape(c)}"/>' for c in [a["section"], *a["tags"]]),
                    "</entry>",
                ]
            return "\n".join([*out, "</feed>", ""])
        out += [
            '<rss version="2.0">',
            "<channel>",
            f"<title>{escape(o['name'])}</title>",
            f"<link>{home}</link>",
            f"<description>{escape(o['name'])}: an invented outlet of the sample desk</description>",
            f"<language>{o['lang']}</language>",
        ]
        if o["dated_by"] != "url":
            out.append(f"<lastBuildDate>{format_datetime(newest)}</lastBuildDate>")
        for a in items:
            out += [
                "<item>",
                f"<title>{escape(a['title'])}</title>",
                f"<link>{a['url']}</link>",
                f'<guid isPermaLink="true">{a["url"]}</guid>',
            ]
            if o["dated_by"] != "url":
                out.append(f"<pubDate>{format_datetime(a['published'])}</pubDate>")
            out += [
                f"<description>{escape(a['dek'])}</description>",
                *(f"<category>{escape(c)}</category>" for c in [a["section"], *a["tags"]]),
                "</item>",
            ]
        return "\n".join([*out, "</channel>", "</rss>", ""])

    # ---- answers

    def answers(self) -> dict[str, Any]:
        copies: dict[str, list[dict[str, str]]] = {}
        for a in self.articles.values():
            if a["copy"]:
                first = a["copy"]
                while self.articles[first]["copy"]:
                    first = self.articles[first]["copy"]
                entry = {"article": a["at"], "how": a["how"]}
                if first != a["copy"]:
                    entry["through"] = a["copy"]
                copies.setdefault(first, []).append(entry)
        difficulties = []
        for s in self.stories:
            for d in s.get("difficulty", []):
                if d["article"] not in self.articles:
                    raise SystemExit(f"difficulty in no article: {d['article']}")
                if not self.says(d["article"], d["text"]):
                    raise SystemExit(f"{d['article']} does not say {d['text']!r}")
                difficulties.append(d)
        for a in self.articles.values():
            for r in a["related"]:
                if "wrong" in r:
                    difficulties.append(
                        {
                            "what": f"related link whose summary belongs to {r['wrong']}",
                            "article": a["at"],
                            "text": r["title"],
                        }
                    )
        stories = []
        for s in self.stories:
            mine = [a["at"] for a in self.by_time() if a["story"] == s["key"]]
            events = []
            for e in s.get("event", []):
                e.setdefault("mode", None)
                e.setdefault("counts", [])
                e.setdefault("status", "asserted")
                e.setdefault("historical", False)
                e.setdefault("in", [x for x in mine if self.articles[x]["kind"] != "opinion"])
                e["place"] = e["place"] or None
                e.setdefault("from", None)
                e.setdefault("to", None)
                for x in e["in"]:
                    if x not in mine:
                        raise SystemExit(f"{s['key']}: {x} is not of this story")
                for c in e["counts"]:
                    c.setdefault("low", None)
                    c.setdefault("high", None)
                events.append({k: v.isoformat() if isinstance(v, date) else v for k, v in e.items()})
            stories.append(
                {
                    "key": s["key"],
                    "kind": s["kind"],
                    "articles": mine,
                    "apart_from": s.get("apart_from", []),
                    "figures": s.get("figure", []),
                    "events": events,
                }
            )
        keys = {s["key"] for s in stories}
        for s in stories:
            for k in s["apart_from"]:
                if k not in keys or s["key"] not in next(x for x in stories if x["key"] == k)["apart_from"]:
                    raise SystemExit(f"{s['key']} and {k} do not both say that they are apart")
        return {
            "clock": max(a["published"] for a in self.articles.values()).astimezone(UTC).isoformat(),
            "outlets": [
                {k: o[k] for k in ("domain", "name", "country", "role")}
                | {"language": o["lang"], "feed": o["feed"], "dated_by": o["dated_by"]}
                | {"rights": ["tdm-reservation"] if o.get("tdm") else ["max-snippet:80"] if o.get("robots") else []}
                for o in self.outlets.values()
            ],
            "articles": [
                {
                    "article": a["at"],
                    "file": f"{a['at']}.{a['form']}",
                    "url": a["url"],
                    "title": a["title"],
                    "published": a["published"].isoformat(),
                    "language": a["lang"],
                    "kind": a["kind"],
                    "story": a["story"],
                    "byline": a.get("author", []),
                    "agency": a.get("agency", []),
                }
                for a in self.by_time()
            ],
            "stories": stories,
            "copies": [{"original": k, "copies": v} for k, v in copies.items()],
            "versions": [
                {
                    "article": a["at"],
                    "kind": a["version"][0]["kind"],
                    "files": [f"{a['at']}.html"] + [f"{a['at']}.v{n + 2}.html" for n in range(len(a["version"]))],
                }
                for a in self.by_time()
                if a.get("version")
            ],
            "not_articles": [{"file": f"{p['at']}.html", "kind": p["kind"]} for p in self.pages],
            "opinion": [a["at"] for a in self.by_time() if a["kind"] == "opinion"],
            "live": [a["at"] for a in self.by_time() if a["kind"] == "live"],
            "difficulties": difficulties,
        }

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
    new, old = desk.build(), on_disk()
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
