"""What stands beside the body in the tree: pictures with their captions, links to other articles."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from dateline.articles.document import Document, label_of, squeeze, tells
from dateline.articles.furniture import captions, related
from dateline.lexicon.outlets.furniture import phrases
from dateline.model import Image, RelatedItem, Removed

_MOST_IMAGES = 40
_MOST_ITEMS = 40
_LIST = re.compile(
    r"(?:^|[\s_-])(?:related\w*|read-?more|more-?(?:stories|news|on)|recommend\w*|rm|"
    r"see-?also|also-?read)(?:$|[\s_-])",
    re.IGNORECASE,
)
_heads_list = tells(_LIST)
_CREDIT = re.compile(r"credit|copyright|source|attribution|byline", re.IGNORECASE)


def images(document: Document) -> list[Image]:
    """Give the article's pictures: its figures and the page's own lead picture, with captions and credits apart."""
    found: list[Image] = []
    for figure in document.tree.iter("figure"):
        image = _figure(figure, document.url)
        if image and image not in found:
            found.append(image)
        if len(found) >= _MOST_IMAGES:
            break
    if not found:
        lead = document.meta("og:image", "twitter:image")
        if lead:
            found.append(Image(urljoin(document.url or "", lead), None, None))
    return found


def _figure(figure: Any, url: str | None) -> Image | None:
    picture = next(figure.iter("img"), None)
    address = None
    if picture is not None:
        address = picture.get("src") or picture.get("data-src") or (picture.get("srcset") or "").split(" ")[0]
    caption = next(figure.iter("figcaption"), None)
    words = squeeze(" ".join(caption.itertext())) if caption is not None else ""
    credit = None
    for part in caption.iter("span", "cite", "small", "div", "p") if caption is not None else ():
        if _CREDIT.search(part.get("class") or "") or part.tag in ("cite", "small"):
            given = squeeze(part.text_content())
            if given and given != words:
                credit = (
                    re.sub(
                        r"^(?:photo(?:graph)?|image|picture|credit|source|by|©|:|\s)+", "", given, flags=re.IGNORECASE
                    ).strip()
                    or given
                )
                words = squeeze(words.replace(given, " "))
                break
    split = captions.split_credit(words) if words and credit is None else None
    if split:
        words, credit = split
    if not (address or words):
        return None
    if address and address.startswith("data:"):
        address = None
    return Image(urljoin(url or "", address) if address else None, words or None, credit)


def related_items(document: Document) -> tuple[list[RelatedItem], list[Removed]]:
    """Give the links of the lists that the page heads or marks as related, split by their elements or their words."""
    items: list[RelatedItem] = []
    removed: list[Removed] = []
    for container in _containers(document.tree):
        for link in container.iter("a"):
            made = _linked_item(link, document.url)
            if made and all(made.title != other.title for other in items):
                items.append(made)
                removed.append(Removed(" ".join(filter(None, (made.title, made.summary))), "a related item"))
            if len(items) >= _MOST_ITEMS:
                break
    return related.flag(items), removed


def _containers(tree: Any) -> list[Any]:
    headings = phrases("list_headings")
    found: list[Any] = []
    for element in tree.iter("aside", "div", "section", "ul", "h2", "h3", "h4", "h5", "strong", "b", "p", "span"):
        if len(found) > 8:
            break
        if element.tag in ("aside", "div", "section", "ul"):
            label = label_of(element)
            chosen = element if label and _heads_list(label) else None
        else:
            text = squeeze(element.text_content()) if len(element) < 4 else ""
            heads = 3 < len(text) < 40 and re.sub(r"[\s:.»›→⮕]+$", "", text).casefold() in headings
            chosen = element.getparent() if heads else None
        if chosen is None or any(chosen is other or other in chosen.iterancestors() for other in found):
            continue
        links = sum(1 for _ in chosen.iter("a"))
        if 1 <= links <= 60 and len(chosen.text_content()) < 8000 and chosen.find(".//h1") is None:
            found.append(chosen)
    return found


def _linked_item(link: Any, url: str | None) -> RelatedItem | None:
    address = link.get("href") or ""
    if not address or address.startswith(("#", "javascript:", "mailto:")):
        return None
    target = urljoin(url or "", address)
    parts = [squeeze(" ".join(part.itertext())) for part in link if isinstance(part.tag, str)]
    parts = [part for part in parts if len(part.split()) >= 2]
    text = squeeze(link.text_content())
    if len(text.split()) < 3 or len(text) > 600:
        return None
    if len(parts) >= 2:
        words = [related.strip_label(part)[0] for part in parts[:2]]
        return RelatedItem(words[0], words[1] or None, target) if words[0] else None
    after = _summary_beside(link)
    made = related.item(text, url=target)
    if made and made.summary is None and after:
        made = RelatedItem(made.title, after, target)
    return made


def _summary_beside(link: Any) -> str | None:
    """Give the words that follow a link in its own container: a paragraph beside a heading."""
    holder = link.getparent()
    for _ in range(2):
        if holder is None:
            return None
        if holder.tag in ("h2", "h3", "h4", "h5", "strong", "b", "p", "div", "span"):
            beside = holder.getnext()
            if beside is not None and beside.tag in ("p", "div", "span") and beside.find(".//a") is None:
                words = related.strip_label(squeeze(beside.text_content()))[0]
                return words if 4 <= len(words.split()) <= 60 else None
        holder = holder.getparent()
    return None


_is_caption = tells(re.compile(r"caption", re.IGNORECASE))


def picture_words(tree: Any) -> frozenset[str]:
    """Give the words that the page's markup gives to pictures: captions, and what stands in for the picture."""
    found = {squeeze(img.get("alt")) for img in tree.iter("img")}
    for element in tree.iter("figcaption", "p", "div", "span", "small", "em"):
        if element.tag == "figcaption" or _is_caption((element.get("class") or "")[:300]):
            found.add(squeeze(element.text_content()))
    return frozenset(words for words in found if 20 <= len(words) <= 600)


def anchors(document: Document) -> frozenset[str]:
    """Give the words of the page's links to other pages that are long enough to be a headline."""
    return frozenset(text for address, text in document.links if 15 <= len(text) <= 300 and address[:1] != "#")
