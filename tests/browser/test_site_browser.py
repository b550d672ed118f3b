"""The pages in a real Chromium: valid, accessible, complete without script, nothing from outside, keys reach all."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import site_desk
import walk
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=walk.CHROMIUM_ARGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def sample_pages(sample: str) -> dict[str, str]:
    """Fetch all pages of the sample; each must answer."""
    return walk.pages(sample)


def _few(paths: list[str], most: int = 2) -> list[str]:
    """Choose some pages of each kind, the first ones found."""
    count: dict[str, int] = {}
    kept = []
    for path in paths:
        kind = path.strip("/").partition("/")[0].partition("?")[0]
        count[kind] = count.get(kind, 0) + 1
        if count[kind] <= most:
            kept.append(path)
    return kept


def _every(states: str, sample: str, sample_pages: dict[str, str]) -> list[str]:
    return [states + path for path in site_desk.PAGES] + [sample + path for path in _few(list(sample_pages), 1)]


def _open(browser: Browser, *, width: int = 1280, dark: bool = False, script: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", java_script_enabled=script
    )
    return context.new_page()


def test_every_page_is_valid_html(vnu: list[str], states: str, sample_pages: dict[str, str], tmp_path: Path) -> None:
    pages = dict(sample_pages)
    pages.update((f"/states{path}", walk.get(states + path)[1]) for path in site_desk.PAGES)
    names = {}
    for number, (path, html) in enumerate(pages.items()):
        file = tmp_path / f"{number}.html"
        file.write_text(html, encoding="utf-8")
        names[file.name] = path
    done = subprocess.run(
        [*vnu, "--errors-only", "--format", "json", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    found = json.loads(done.stderr)["messages"]
    said = [f"{names[m['url'].rpartition('/')[2]]}: {m['message']} … {m.get('extract', '')[:120]}" for m in found]
    assert not said, "\n".join(said[:20])


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(
    dark: bool, browser: Browser, axe: str, states: str, sample: str, sample_pages: dict[str, str]
) -> None:
    page = _open(browser, dark=dark)
    said: list[str] = []
    rules = ["color-contrast"] if dark else TAGS  # the dark page is the same page in other colours
    for address in _every(states, sample, sample_pages):
        page.goto(address)
        page.evaluate(axe)
        result = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
        for violation in result["violations"]:
            node = violation["nodes"][0]
            said.append(
                f"{urlsplit(address).path}: {violation['id']} {node['html'][:160]} {node['failureSummary'][:200]}"
            )
    page.context.close()
    assert not said, "\n".join(said[:20])


def test_nothing_scrolls_sideways_on_a_phone(
    browser: Browser, states: str, sample: str, sample_pages: dict[str, str]
) -> None:
    page = _open(browser, width=360)
    wide = []
    for address in _every(states, sample, sample_pages):
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide.append((urlsplit(address).path, width))
    page.context.close()
    assert not wide


def test_no_request_leaves_the_house(browser: Browser, states: str, sample: str, sample_pages: dict[str, str]) -> None:
    page = _open(browser)
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    for address in _every(states, sample, sample_pages):
        page.goto(address)
    page.context.close()
    home = {urlsplit(states).netloc, urlsplit(sample).netloc}
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} <= home
    assert not [text for text in complaints if "404" not in text]


def test_pages_are_complete_without_script(browser: Browser, sample: str, sample_pages: dict[str, str]) -> None:
    with_, without = _open(browser), _open(browser, script=False)
    for path in _few(list(sample_pages)):
        with_.goto(sample + path)
        without.goto(sample + path)
        assert without.locator("main").inner_text() == with_.locator("main").inner_text(), path
    with_.context.close()
    without.context.close()


def _story(pages: dict[str, str]) -> str:
    """Choose the sample's story with the most digest sentences and a map."""
    stories = [path for path in pages if path.startswith("/story/") and "?" not in path]
    return max(stories, key=lambda path: (pages[path].count("#quote"), 'id="map"' in pages[path]))


def test_a_digest_sentence_opens_its_evidence(browser: Browser, sample: str, sample_pages: dict[str, str]) -> None:
    path = _story(sample_pages)
    page = _open(browser, script=False)
    page.goto(sample + path)
    first = page.locator(".known li").first
    words = first.locator("span").first.inner_text()
    first.locator("a.n").click()
    assert "/article/" in page.url
    marked = page.locator("mark.quote")
    assert " ".join(marked.all_inner_texts()).split() == words.split()
    assert marked.first.bounding_box() is not None
    page.context.close()


def test_tab_reaches_every_link_and_button(browser: Browser, sample: str, sample_pages: dict[str, str]) -> None:
    page = _open(browser)
    for path in ("/", _story(sample_pages), "/events", "/map"):
        page.goto(sample + path)
        wanted = page.evaluate(
            "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]"
            ".filter(e => e.checkVisibility()).length"
        )
        page.evaluate("window.reached = new Set(); document.body.focus()")
        for _ in range(wanted + 40):
            page.keyboard.press("Tab")
            page.evaluate("reached.add(document.activeElement)")
        missed = page.evaluate(
            "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]"
            ".filter(e => e.checkVisibility() && !reached.has(e)).map(e => e.outerHTML.slice(0, 120))"
        )
        assert not missed, (path, missed[:5])
    page.context.close()


def test_focus_can_be_seen(browser: Browser, sample: str) -> None:
    page = _open(browser)
    page.goto(sample)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.context.close()


def test_keys_move_open_and_can_be_turned_off(browser: Browser, states: str) -> None:
    page = _open(browser)
    page.goto(states)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("[data-item].here").count() == 1
    page.keyboard.press("k")
    page.keyboard.press("o")
    page.wait_for_url(re.compile("/story/sflood"))
    page.keyboard.press("?")
    page.get_by_role("button", name="Turn keys off").click()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator("[data-item].here").count() == 0
    page.context.close()


def test_the_filter_is_the_address_of_table_and_map(browser: Browser, states: str) -> None:
    page = _open(browser, script=False)
    page.goto(states + "/events")
    page.get_by_label("Type").select_option("ASSAULT")
    page.get_by_role("button", name="Show").click()
    assert "type=ASSAULT" in page.url
    assert page.locator("table.events tbody tr").count() == 1
    page.locator("main").get_by_role("link", name="map", exact=True).click()
    assert "/map" in page.url and "type=ASSAULT" in page.url
    before = page.locator("svg.land").first.get_attribute("viewBox")
    page.get_by_role("link", name="Zoom in").click()
    assert page.locator("svg.land").first.get_attribute("viewBox") != before
    page.context.close()


@pytest.mark.parametrize("script", [False, True], ids=["plain", "script"])
@pytest.mark.parametrize(("path", "shown"), [("/map", "svg.map.world"), ("/events", "table.events")])
def test_on_a_phone_the_filter_is_folded(browser: Browser, states: str, path: str, shown: str, script: bool) -> None:
    page = _open(browser, width=360, script=script)
    page.goto(states + path)
    form, fold = page.locator("form.filter"), page.locator(".folded > summary")
    assert not form.is_visible()
    assert (page.locator(shown).bounding_box() or {})["y"] < 900
    fold.focus()
    page.keyboard.press("Enter")
    form.get_by_label("Type").select_option("ASSAULT")
    if script:  # it stands in the new page as it stood in the old one, and says what it asks for
        page.wait_for_url("**type=ASSAULT*")
        expect(form.get_by_label("Type")).to_be_focused()
        assert form.is_visible()
    else:
        form.get_by_role("button", name="Show").click()
        assert not form.is_visible()
    assert fold.inner_text() == "Filter: Assault"
    page.context.close()


@pytest.mark.parametrize("path", ["/map", "/events"])
def test_on_a_desk_the_filter_stands_open(browser: Browser, states: str, path: str) -> None:
    page = _open(browser, script=False)
    page.goto(states + path)
    assert page.locator("form.filter").is_visible()
    assert not page.locator(".folded > summary").is_visible()
    page.context.close()


def test_the_land_of_a_map_is_drawn(browser: Browser, states: str) -> None:
    page = _open(browser)
    page.goto(states + "/story/sflood")
    page.wait_for_load_state("networkidle")
    drawn = page.evaluate("document.querySelector('.land use').getBoundingClientRect().width")
    assert drawn > 100
    page.context.close()


def test_the_first_paint_comes_soon_and_nothing_jumps(browser: Browser, sample: str) -> None:
    page = _open(browser)
    page.goto(sample)  # warm: the store's first answer is not the page's
    paints = []
    for _ in range(5):
        page.goto(sample, wait_until="networkidle")
        paints.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    shift = page.evaluate(
        "new Promise(done => { let sum = 0; new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))"
        ".observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 300) })"
    )
    page.context.close()
    assert statistics.median(paints) < 500, paints
    assert shift < 0.1


@pytest.mark.parametrize("path", ["/", "/latest", "/events", "/map", "/search?q=police", "/about"])
def test_a_page_is_light(browser: Browser, sample: str, path: str) -> None:
    page = _open(browser)
    page.goto(sample + path, wait_until="networkidle")
    sent = page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".map(e => [new URL(e.name).pathname, e.encodedBodySize, e.decodedBodySize])"
    )
    page.context.close()
    html, *rest = sent
    assert 0 < html[1] <= 60_000
    assert sum(name.endswith(".css") for name, *_ in rest) == 1
    assert sum(size for name, _, size in rest if name.endswith(".js")) <= 30_000
    assert len(rest) <= 12
