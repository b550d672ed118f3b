"""A desk that follows a feed on a real server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from desk_helpers import CHESS, FLOOD, page

from dateline.desk import Desk

NOW = "2026-03-10T20:00:00Z"


class Outlet:
    """An invented outlet: what its server answers, and what it was asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.asked: list[str] = []
        outlet = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outlet.asked.append(self.path)
                body = outlet.pages.get(self.path)
                if body is None:
                    self.send_error(404)
                    return
                data = body.encode("utf-8")
                self.send_response(200)
                self.send_header("Content-Type", "application/rss+xml" if "feed" in self.path else "text/html")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_given: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def feed(self, *names: str) -> None:
        """Write the feed."""
        items = "".join(
            f"<item><title>{name}</title><link>{self.address}/{name}</link>"
            "<pubDate>Mon, 09 Mar 2026 17:00:00 GMT</pubDate></item>"
            for name in names
        )
        self.pages["/feed"] = f'<rss version="2.0"><channel><title>Orsk Post</title>{items}</channel></rss>'

    def write(self, name: str, title: str, text: str) -> None:
        """Write a page that names itself as canonical."""
        html = page(title, text, "2026-03-09T18:00:00Z")
        start = html.index("https://harbourtimes.example")
        self.pages[f"/{name}"] = html[:start] + f"{self.address}/{name}" + html[html.index('"', start) :]


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    """Serve an outlet."""
    made = Outlet()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_feed_is_followed_and_its_pages_fetched_once(outlet: Outlet, tmp_path: Path) -> None:
    outlet.write("flood", "Burst dam floods Port Vell", FLOOD)
    outlet.feed("flood", "missing")
    desk = Desk.init(tmp_path / "desk")
    desk.close()
    (tmp_path / "desk" / "dateline.toml").write_text('[fetch]\nallow_networks = ["127.0.0.1/32"]\n', encoding="utf-8")
    desk = Desk.open(tmp_path / "desk")
    desk.add(f"{outlet.address}/feed")
    first = desk.run_pass(now=NOW, jobs=1)
    assert (first.pages, first.articles, first.rejected) == (1, 1, 1)
    (state,) = desk.reader.sources()
    assert (state.kind, state.name, state.articles, state.error) == ("feed", "Orsk Post", 1, None)
    (article,) = desk.reader.latest()
    assert article.title == "Burst dam floods Port Vell" and article.fetched == NOW
    assert [r.code for r in desk.reader.rejections()] == ["gone"]
    asked = outlet.asked.count("/flood")
    assert asked == 1

    outlet.write("chess", "Chess final drawn in Orsk", CHESS)
    outlet.feed("flood", "missing", "chess")
    second = desk.run_pass(now="2026-03-10T20:20:00Z", jobs=1, everything=True)
    assert (second.pages, second.articles) == (1, 1) and outlet.asked.count("/flood") == asked

    outlet.write("flood", "Burst dam floods Port Vell", FLOOD.replace("19 people", "21 people"))
    third = desk.run_pass(now="2026-03-10T21:10:00Z", jobs=1)
    assert outlet.asked.count("/flood") == asked + 1 and (third.pages, third.articles) == (1, 0)
    assert [v.change for v in desk.reader.versions(article.id)] == ["first", "edit"]
    desk.close()
