"""What people come for, done in a real Chromium: find, compare, trace to the words, take away, follow, on a phone too."""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import walk
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TOLL = (
    "/search?q=source%3Ameridian-agency.example+AND+market+AND+Tillab%C3%A9ri"  # one that rises from report to report
)


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=walk.CHROMIUM_ARGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    made = context.new_page()
    made.set_default_timeout(20_000)
    yield made
    context.close()


def _same_document(page: Page) -> bool:
    """Tell whether the page was not loaded anew since it was marked."""
    return bool(page.evaluate("window.marked === true"))


def test_find_what_happened_near_a_place_in_a_week_and_see_the_sentence(page: Page, sample: str) -> None:
    page.goto(sample + "/map")
    page.evaluate("window.marked = true")
    page.get_by_label("From", exact=True).fill("2026-03-01")
    page.get_by_label("To", exact=True).fill("2026-03-07")
    page.get_by_label("Country").select_option("NER")
    page.wait_for_url(re.compile("country=NER"))
    asked = parse_qs(urlsplit(page.url).query)
    assert asked == {"country": ["NER"], "after": ["2026-03-01"], "before": ["2026-03-07"]}
    assert _same_document(page)
    spot = page.locator(".places > li", has_text="near Tillabéri").first
    spot.get_by_role("link", name=re.compile("at least 12 dead")).click()
    page.wait_for_url(re.compile("/event/"))
    quoted = page.locator(".evidence blockquote").first
    expect(quoted).to_contain_text("At least 12 people were killed")
    assert quoted.locator("mark.trigger").inner_text().strip() == "were killed"
    expect(page.locator(".evidence figcaption").first).to_contain_text("Meridian News Agency")
    assert page.locator(".evidence a[data-original]").first.get_attribute("href", timeout=1000).startswith("http")  # type: ignore[union-attr]


def test_see_which_outlets_only_copied(page: Page, sample: str) -> None:
    page.goto(sample + TOLL)
    page.get_by_role("link", name="its story").first.click()
    page.wait_for_url(re.compile("/story/"))
    told = page.get_by_role("img", name=re.compile(r"\d+ with text of their own, \d+ copies")).get_attribute(
        "aria-label"
    )
    copies = int(re.findall(r"\d+", told or "")[1])
    folds = page.locator(".coverage details")
    for at in range(folds.count()):
        folds.nth(at).locator("summary").click()
    outlets = page.locator(".coverage details .outlet").all_inner_texts()
    assert len(outlets) == copies > 0 and "Alpine Courier" in outlets
    page.get_by_role("link", name="When it was reported").click()
    expect(page.locator(".timeline .tag", has_text="copy")).to_have_count(copies)


def test_see_how_a_toll_changed_and_who_said_so(page: Page, sample: str) -> None:
    page.goto(sample + TOLL)
    page.get_by_role("link", name="its story").first.click()
    figure = page.locator(".figures > div").first
    expect(figure).to_contain_text("up from at least 12")
    said = figure.locator(".readings li", has_text="the interior ministry")
    expect(said).to_contain_text("4 Mar")
    page.evaluate("window.marked = true")
    said.get_by_role("link").focus()
    page.keyboard.press("Enter")
    proof = page.get_by_role("dialog", name="The words this comes from")
    expect(proof.locator("mark.quote")).to_have_text("at least 23")
    expect(proof.locator("blockquote")).to_contain_text("the interior ministry said")
    expect(proof).to_contain_text("Meridian News Agency")
    expect(proof.get_by_role("link", name="original ↗")).to_have_attribute("href", re.compile("^https?://meridian"))
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement.textContent") == "at least 23" and _same_document(page)


def test_accounts_that_differ_stand_side_by_side(page: Page, sample: str) -> None:
    page.goto(sample + "/search?q=Sabha+drone")
    page.get_by_role("link", name="its story").first.click()
    differ = page.locator("section", has=page.locator("#differ"))
    values = differ.locator(".accounts dt").all_inner_texts()
    assert values[:2] == ["8", "more than 30"]
    expect(differ.locator(".accounts > div").nth(1)).to_contain_text("residents in Meridian News Agency")


def test_download_the_events_that_are_shown(page: Page, sample: str) -> None:
    page.goto(sample + "/events?country=NER&after=2026-03-01")
    shown = int(page.locator("[data-said]").inner_text().split()[0])
    assert 0 < shown == page.locator("table.events tbody tr").count()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    with download.value.path().open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.DictReader(file)) == shown


def test_a_bar_of_the_chart_is_a_filter_and_back_takes_it_off(page: Page, sample: str) -> None:
    page.goto(sample + "/events")
    bar = page.locator("svg.chart a").last
    number = int((bar.get_attribute("aria-label") or "").rsplit(": ", 1)[1])
    bar.click()
    page.wait_for_url(re.compile("after="))
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["after"] == asked["before"]
    expect(page.locator("#main[aria-busy]")).to_have_count(0)
    shown = page.locator("table.events tbody tr").count()
    assert number <= shown < 100  # with what began before and may have lasted
    expect(page.locator("[data-said]")).to_have_text(f"{shown} events")
    page.go_back()
    expect(page).to_have_url(sample + "/events")


def test_the_map_comes_nearer_without_a_new_page_and_keeps_the_focus(page: Page, sample: str) -> None:
    page.goto(sample + "/map?type=ASSAULT")
    page.evaluate("window.marked = true")
    for _ in range(2):
        before = page.locator("svg.land").first.get_attribute("viewBox") or ""
        page.get_by_role("link", name="Zoom in").focus()
        page.keyboard.press("Enter")
        expect(page.locator("svg.land").first).not_to_have_attribute("viewBox", before)
        expect(page.locator("#main[aria-busy]")).to_have_count(0)
        expect(page.get_by_role("link", name="Zoom in")).to_be_focused()
    assert "type=ASSAULT" in page.url and "box=" in page.url and _same_document(page)
    page.go_back()
    page.go_back()
    expect(page).to_have_url(sample + "/map?type=ASSAULT")
    expect(page.locator("svg.map.world")).to_have_count(1)


def test_subscribe_to_a_search(page: Page, sample: str) -> None:
    page.goto(sample)
    page.keyboard.press("/")
    page.keyboard.type("market AND Niger")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q="))
    titles = page.locator(".hits h2").all_inner_texts()
    address = page.locator("main").get_by_role("link", name="RSS").get_attribute("href")
    status, body = walk.get(sample + (address or ""))
    found = [item.findtext("title") for item in ET.fromstring(body.encode()).iter("item")]
    assert status == 200 and titles and set(titles) <= set(found)


def test_read_on_a_phone(browser: Browser, sample: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(sample + TOLL)
    page.get_by_role("link", name="its story").first.tap()
    page.wait_for_url(re.compile("/story/"))
    known, rail, numbers = (
        page.locator(where).bounding_box() for where in ("ol.known", ".rail", "section:has(#numbers)")
    )
    assert known and rail and numbers and known["y"] < rail["y"] < numbers["y"]  # the rail is folded under the digest
    page.locator("ol.known a.n").first.tap()
    proof = page.get_by_role("dialog")
    expect(proof.locator("mark.quote").first).to_be_visible()
    box = proof.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["y"] + box["height"] <= 781
    proof.get_by_role("button", name="Close").tap()
    expect(proof).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_what_script_opens(dark: bool, browser: Browser, axe: str, states: str) -> None:
    context = browser.new_context(color_scheme="dark" if dark else "light", bypass_csp=True)
    page = context.new_page()
    page.goto(states + "/story/sflood")
    page.evaluate(axe)
    page.keyboard.press("?")
    said = page.evaluate("axe.run(document).then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))")
    page.keyboard.press("Escape")
    page.locator("a.n").first.click()
    page.get_by_role("dialog", name="The words this comes from").wait_for()
    said += page.evaluate("axe.run('dialog').then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))")
    context.close()
    assert not said
