"""Make docs/screenshots/: the main pages of a served desk, at the width of a phone and of a desk, two of them dark too.

    ./run demo --no-serve && ./run serve &
    .venv/bin/python tools/screenshots.py [http://127.0.0.1:8200]

Needs Chromium (apt-get install chromium). The story is the first of the front page, the article and the event are those
its page leads to. Each picture shows the top of its page.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, Route, sync_playwright

OUT = Path(__file__).parent.parent / "docs" / "screenshots"
SIZES = {"desk": (1280, 1000), "phone": (360, 780)}
IN_DARK = ("front", "story")
ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def with_letters(route: Route) -> None:
    """Let the browser wait for the letters: a first visit goes without those that come late, a second has them."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("font-display: optional", "font-display: block"))


def addresses(page: Page, base: str) -> dict[str, str]:
    """Choose the pages: the story with most digest sentences among the first of the front page, and what it leads to."""
    page.goto(base + "/")
    stories = page.eval_on_selector_all(".story h2 a", "links => links.slice(0, 8).map(a => a.getAttribute('href'))")
    best, most, found = stories[0], -1, {"article": "/latest", "event": "/events"}
    for path in stories:
        page.goto(base + path)
        html = page.content()
        evidence = re.findall(r'href="(/article/[^"]*#quote)"', html)
        events = re.findall(r'href="(/event/[^"]*)" class="what"', html)
        if len(evidence) + len(events) > most and evidence and events:
            best, most = path, len(evidence) + len(events)
            found = {"article": evidence[0].replace("&amp;", "&"), "event": events[0]}
    return {
        "front": "/", "story": best, **found, "map": "/map", "events": "/events",
        "search": "/search?q=" + re.sub(r"\W+", "+", best.rpartition("-")[2]), "corrections": "/corrections",
    }  # fmt: skip


def main(base: str) -> None:
    """Take all pictures."""
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGS)
        chosen = addresses(browser.new_page(), base)
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                context.route("**/static/site.css*", with_letters)
                page = context.new_page()
                for name, path in chosen.items():
                    if scheme == "dark" and name not in IN_DARK:
                        continue
                    page.goto(base + path.partition("#")[0], wait_until="networkidle")
                    page.evaluate("document.fonts.ready")
                    page.screenshot(path=OUT / f"{name}-{size}-{scheme}.png")
                context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8200")
