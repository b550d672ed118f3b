"""Articles and other pages as their outlets print them."""

from __future__ import annotations

import json
from typing import Any

import jinja2
from desk import HERE, MILL, Desk
from markupsafe import Markup
from words import edit, paragraphs, when


def build(desk: Desk) -> dict[str, str]:
    """Render every page, in all its versions, by its path."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "outlets"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.ChainableUndefined,
        keep_trailing_newline=True,
    )
    env.globals.update(when=when, ld=ld)
    files: dict[str, str] = {}
    for a in desk.articles.values():
        if a["form"] == "txt":
            files[f"pages/{a['at']}.txt"] = saved_text(a)
            continue
        template = env.get_template(a["domain"].split(".")[0] + ".html")
        files[f"pages/{a['at']}.html"] = template.render(a=a, o=a["outlet"])
        for n, v in enumerate(a.get("version", []), 2):
            later = {**a, **{k: x for k, x in v.items() if k not in ("text", "edits")}}
            later["paras"] = paragraphs(v["text"]) if "text" in v else edit(a["paras"], v["edits"], a["at"])
            if "dek" not in v and (v["kind"] == "withdrawal" or a["dek"] == a["paras"][0]):
                later["dek"] = later["paras"][0]
            files[f"pages/{a['at']}.v{n}.html"] = template.render(a=later, o=a["outlet"])
    for p in desk.pages:
        outlet = desk.outlets[p["at"].split("/")[0]]
        mine = [a for a in desk.articles.values() if a["domain"] == outlet["domain"]]
        mine.sort(key=lambda a: (a["published"], a["at"]), reverse=True)
        slug = p["at"].split("/")[1]
        p["url"] = p.get("url") or f"https://{outlet['domain']}/{slug}"
        template = env.get_template(f"{outlet['domain'].split('.')[0]}.{p['kind']}.html")
        files[f"pages/{p['at']}.html"] = template.render(a=p, o=outlet, mine=mine)
    return files


def ld(a: dict[str, Any], kind: str = "NewsArticle") -> Markup:
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
            {"@type": "BlogPosting", "headline": p["title"], "datePublished": p["time"].isoformat()} for p in a["post"]
        ]
    text = json.dumps(data, ensure_ascii=False, indent=1).replace("</", "<\\/")
    return Markup(f'<script type="application/ld+json">\n{text}\n</script>')


def marked(a: dict[str, Any]) -> list[str]:
    """The reposter's paragraphs, with its domain glued to every second one."""
    return [p + (f" {MILL}" if i % 2 == 0 else "") for i, p in enumerate(a["paras"])]


def saved_text(a: dict[str, Any]) -> str:
    lines = [
        "Headline Mill | every headline, one mill",
        "Home World Business Sport Weather Log in",
        "",
        a["title"],
        when(a["published"], "date {date}") + "   Source: " + a["source"]["name"] + "   2 min read",
        "",
    ]
    for p in marked(a):
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
