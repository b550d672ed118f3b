"""The publisher of a known address has its known name; a site's name and slogan are never the title."""

from __future__ import annotations

from dateline.articles import read
from dateline.model import Article, Page

TEXT = "".join(
    f"<p>The harbour council of Corrin met on {day} and voted to close the eastern quay until repairs are done.</p>"
    for day in ("Monday", "Tuesday", "Wednesday")
)


def article(head: str, heading: str, url: str) -> Article:
    made = read(Page("p", url=url, html=f"<html lang=en><head>{head}</head><body>{heading}{TEXT}</body></html>"))
    assert isinstance(made, Article)
    return made


def test_a_known_address_names_its_publisher_whatever_the_page_says() -> None:
    head = "<title>Quay closed</title><meta property='og:site_name' content='U.S.'>"
    made = article(head, "<h1>Council closes the eastern quay</h1>", "https://www.reuters.com/world/x")
    assert made.publisher and made.publisher.name == "Reuters"
    unknown = article(head.replace("U.S.", "Quay Post"), "<h1>Council closes the quay</h1>", "https://post.example/x")
    assert unknown.publisher and unknown.publisher.name == "Quay Post"


def test_a_slogan_is_no_title() -> None:
    head = "<title>Quay Post | every tide, one post</title><meta property='og:site_name' content='Quay Post'>"
    made = article(head, "<h1>Council closes the eastern quay</h1>", "https://post.example/x")
    assert made.title == "Council closes the eastern quay"
    bare = article("<title>Quaypost | every tide, one post</title>", "<h1>Council closes the eastern quay</h1>", "https://quaypost.example/x")  # fmt: skip
    assert bare.title == "Council closes the eastern quay"


def test_a_site_before_the_headline_is_taken_off() -> None:
    head = (
        "<title>Quay Post | Council closes the eastern quay</title><meta property='og:site_name' content='Quay Post'>"
    )
    assert article(head, "", "https://post.example/x").title == "Council closes the eastern quay"
