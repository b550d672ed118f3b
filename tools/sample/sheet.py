"""The answer sheet: what a reader of the sample's pages should find."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

from desk import Desk


def answers(desk: Desk) -> dict[str, Any]:
    """Write down what the content files know of stories, copies, versions and difficulties, and check it."""
    return {
        "clock": max(a["published"] for a in desk.articles.values()).astimezone(UTC).isoformat(),
        "outlets": _outlets(desk),
        "articles": _articles(desk),
        "stories": _stories(desk),
        "copies": _copies(desk),
        "versions": _versions(desk),
        "not_articles": [{"file": f"{p['at']}.html", "kind": p["kind"]} for p in desk.pages],
        "opinion": [a["at"] for a in desk.by_time() if a["kind"] == "opinion"],
        "live": [a["at"] for a in desk.by_time() if a["kind"] == "live"],
        "difficulties": _difficulties(desk),
    }


def _copies(desk: Desk) -> list[dict[str, Any]]:
    copies: dict[str, list[dict[str, str]]] = {}
    for a in desk.articles.values():
        if a["copy"]:
            first = a["copy"]
            while desk.articles[first]["copy"]:
                first = desk.articles[first]["copy"]
            entry = {"article": a["at"], "how": a["how"]}
            if first != a["copy"]:
                entry["through"] = a["copy"]
            copies.setdefault(first, []).append(entry)
    return [{"original": k, "copies": v} for k, v in copies.items()]


def _difficulties(desk: Desk) -> list[dict[str, Any]]:
    difficulties = []
    for s in desk.stories:
        for d in s.get("difficulty", []):
            if d["article"] not in desk.articles:
                raise SystemExit(f"difficulty in no article: {d['article']}")
            if not desk.says(d["article"], d["text"]):
                raise SystemExit(f"{d['article']} does not say {d['text']!r}")
            difficulties.append(d)
    for a in desk.articles.values():
        for r in a["related"]:
            if "wrong" in r:
                difficulties.append(
                    {
                        "what": f"related link whose summary belongs to {r['wrong']}",
                        "article": a["at"],
                        "text": r["title"],
                    }
                )
    return difficulties


def _stories(desk: Desk) -> list[dict[str, Any]]:
    stories = []
    for s in desk.stories:
        mine = [a["at"] for a in desk.by_time() if a["story"] == s["key"]]
        events = []
        for e in s.get("event", []):
            _complete(e, mine, s["key"], desk)
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
    return stories


def _complete(e: dict[str, Any], mine: list[str], key: str, desk: Desk) -> None:
    """Fill what the content file leaves open of an event."""
    e.setdefault("mode", None)
    e.setdefault("counts", [])
    e.setdefault("status", "asserted")
    e.setdefault("historical", False)
    e.setdefault("in", [x for x in mine if desk.articles[x]["kind"] != "opinion"])
    e["place"] = e["place"] or None
    e.setdefault("from", None)
    e.setdefault("to", None)
    for x in e["in"]:
        if x not in mine:
            raise SystemExit(f"{key}: {x} is not of this story")
    for c in e["counts"]:
        c.setdefault("low", None)
        c.setdefault("high", None)


def _outlets(desk: Desk) -> list[dict[str, Any]]:
    return [
        {k: o[k] for k in ("domain", "name", "country", "role")}
        | {"language": o["lang"], "feed": o["feed"], "dated_by": o["dated_by"]}
        | {"rights": ["tdm-reservation"] if o.get("tdm") else ["max-snippet:80"] if o.get("robots") else []}
        for o in desk.outlets.values()
    ]


def _articles(desk: Desk) -> list[dict[str, Any]]:
    return [
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
        for a in desk.by_time()
    ]


def _versions(desk: Desk) -> list[dict[str, Any]]:
    return [
        {
            "article": a["at"],
            "kind": a["version"][0]["kind"],
            "files": [f"{a['at']}.html"] + [f"{a['at']}.v{n + 2}.html" for n in range(len(a["version"]))],
        }
        for a in desk.by_time()
        if a.get("version")
    ]
