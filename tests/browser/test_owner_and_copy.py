"""In a real Chromium: the owner logs in and marks articles, and the copy of the site searches itself."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import site_desk
import walk
from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser.conftest import _serve

from dateline.site import make_app
from dateline.site.owner.passwords import hashed
from dateline.site.publish import publish

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PASSWORD = "a long enough pass phrase"


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=walk.CHROMIUM_ARGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def shut() -> Iterator[str]:
    """Serve a desk that shows readers the excerpts alone, with a log-in."""
    settings = site_desk.settings(rights="link", password=hashed(PASSWORD))
    yield from _serve(make_app(site_desk.store(), settings, clock=site_desk.NOW))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the copy of the desk in every state from a folder under another."""
    root = tmp_path_factory.mktemp("copy")
    publish(site_desk.store(), site_desk.settings(), root / "news")
    with _served(root) as address:
        yield address + "news/"


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def _page(browser: Browser, *, script: bool = True, width: int = 1280) -> tuple[Page, list[str]]:
    """Open a page, and list what its console complains of."""
    page = browser.new_context(java_script_enabled=script, viewport={"width": width, "height": 900}).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return page, said


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_owner_logs_in_marks_and_leaves(browser: Browser, shut: str, script: bool) -> None:
    page, _ = _page(browser, script=script, width=360)
    page.goto(shut + "/article/aown")
    assert page.get_by_role("button", name="Mark as read").count() == 0
    page.get_by_role("link", name="Log in").click()
    page.get_by_label("The owner’s password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    page.wait_for_url(shut + "/")
    page.goto(shut + "/article/aown")
    page.get_by_role("button", name="☆ Star").click()
    assert page.url == shut + "/article/aown"
    assert page.get_by_role("button", name="★ Take the star away").count() == 1
    page.get_by_role("link", name="Starred").click()
    assert "Hospital counts 23 dead" in page.get_by_role("main").inner_text()
    page.get_by_role("button", name="★ Take the star away").first.click()
    page.get_by_role("button", name="Log out").click()
    assert page.get_by_role("link", name="Log in").count() == 1
    page.goto(shut + "/starred")
    assert "Not found" in page.title()


def _results(page: Page, address: str, query: str) -> list[str]:
    page.goto(address + "index.html")
    page.locator("#find").fill(query)
    page.get_by_role("search").first.get_by_role("button").click()
    page.wait_for_url("**/search.html?*")
    page.wait_for_function("() => /found|article|read/.test(document.getElementById('said').textContent.toLowerCase())")
    page.wait_for_function("() => !document.getElementById('said').textContent.startsWith('Searching')")
    return page.locator("#hits h2").all_inner_texts()


def test_the_copy_searches_itself(browser: Browser, copy: str) -> None:
    page, said = _page(browser)
    found = _results(page, copy, "garissa")
    # The first by its title, the other by its excerpt; a copy of the first stands under it.
    assert found == ["Floods kill at least 19 near Garissa", "Hospital counts 23 dead after Tana flood"]
    page.get_by_text("1 copy of this text").click()
    assert page.locator("#hits .copies a").all_inner_texts() == ["Nineteen dead in floods"]
    assert "Floods kill at least 19 near Garissa" in _results(page, copy, "FLOODS garissa")
    assert _results(page, copy, "floods -garissa") == ["Reserved title on the floods"]
    assert "Hospital counts 23 dead after Tana flood" in _results(page, copy, "hospi")  # a beginning
    assert _results(page, copy, "تانا") == ["فيضان نهر تانا يقتل تسعة عشر"]
    assert _results(page, copy, "police hospital") == ["Hospital counts 23 dead after Tana flood"]
    assert page.locator("#hits mark").all_inner_texts() == ["hospital", "Police"]
    assert page.locator("#hits p.dim").count() == 0
    assert _results(page, copy, "nothing-of-the-kind") == []
    assert "Nothing found" in page.locator("#said").inner_text()
    assert _results(page, copy, "<img src=x onerror=alert(1)>") == [site_desk.HOSTILE]
    assert page.locator("#hits img").count() == 0
    assert said == []


def test_a_result_says_which_words_stand_beyond_its_excerpt(browser: Browser, tmp_path: Path) -> None:
    publish(site_desk.store(), site_desk.settings(), tmp_path, profile="private")  # its index holds the whole texts
    page, said = _page(browser)
    with _served(tmp_path) as address:
        assert _results(page, address, "tana governor") == ["Floods kill at least 19 near Garissa"]
    assert page.locator("#hits mark").all_inner_texts() == ["Tana"]
    assert page.locator("#hits p.dim").inner_text() == "Further on in its text: governor"
    assert said == []


def test_a_result_of_the_copy_opens_its_article(browser: Browser, copy: str) -> None:
    page, said = _page(browser)
    _results(page, copy, "hospital tana")
    page.locator("#hits a").first.click()
    page.wait_for_load_state()
    assert page.url == copy + "article/aown.html"
    assert "Hospital counts 23 dead" in page.locator("h1").inner_text()
    page.keyboard.press("m")  # keys find the map without a server too
    page.wait_for_url(copy + "map.html")
    assert said == []


def test_a_copy_opened_as_files_is_read_and_says_why_it_cannot_search(browser: Browser, tmp_path: Path) -> None:
    publish(site_desk.store(), site_desk.settings(), tmp_path)
    page, _said = _page(browser)  # the console tells of the fonts that no file may load
    page.goto((tmp_path / "index.html").as_uri())
    page.locator("article.story h2 a").first.click()
    assert page.url.startswith((tmp_path / "story").as_uri()) and page.locator("h1").inner_text()
    page.goto((tmp_path / "search.html").as_uri() + "?q=floods")
    page.wait_for_function("() => document.getElementById('said').textContent.includes('http.server')")


def test_without_script_the_copy_says_where_everything_is(browser: Browser, copy: str) -> None:
    page, _ = _page(browser, script=False)
    page.goto(copy + "search.html")
    page.get_by_role("main").get_by_role("link", name="Latest").click()
    assert page.url == copy + "latest.html" and page.locator("article.story").count() > 0


def test_on_paper_stands_the_news_and_no_control(browser: Browser, shut: str) -> None:
    page, _ = _page(browser)
    page.goto(shut + "/story/sflood")
    page.emulate_media(media="print")
    assert page.locator(".find").is_hidden() and page.locator(".top nav").is_hidden()
    assert page.locator("#known").is_visible() and page.locator("#coverage").is_visible()
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_text_from_right_to_left_keeps_to_its_side(browser: Browser, shut: str) -> None:
    page, _ = _page(browser, width=360)
    page.goto(shut + "/article/aarabic")
    assert page.locator("h1").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator(".text").evaluate("e => getComputedStyle(e).textAlign") in ("right", "start")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
