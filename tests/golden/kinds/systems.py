"""Five more layouts: microdata, Drupal, a reading platform, a blog host, a newspaper with a paywall."""

from __future__ import annotations

from html import escape as e

from tests.golden.kinds.layouts import HOST, SITE, Amp, Layout, LinkedData, Soup, Tables, WordPress


class Microdata(Layout):
    """Microdata instead of linked data: itemscope, itemprop, the body in one element."""

    name = "microdata"

    def metas(self) -> str:
        return f'<meta name=description content="{e(" ".join(self.told.get("paragraphs", ()))[:150])}">'

    def page(self) -> str:
        told = self.told
        kind = {"article": "NewsArticle", "opinion": "Article", "live": "LiveBlogPosting"}.get(told["kind"], "WebPage")
        date = f"<meta itemprop=datePublished content='{told['published']}'>" if told.get("published") else ""
        by = f"<span itemprop=author itemscope itemtype='http://schema.org/Person'><span itemprop=name>{e(told['byline'])}</span></span>" if told.get("byline") else ""  # fmt: skip
        section = f"<a class=rubric itemprop=articleSection href='/s'>{e(told['section'])}</a>" if told.get("section") else ""  # fmt: skip
        return (
            f"<!DOCTYPE html><html lang={told['language']}><head>{self.head()}</head><body><div class=header>{self.menu()}</div><div itemscope "
            f"itemtype='http://schema.org/{kind}'>{date}{section}<h1 itemprop=headline>{e(told['title'])}</h1>{by}<div itemprop=articleBody>"
            f"{self.body()}</div></div>{self.beside()}{self.box()}{self.foot()}</body></html>"
        )


class Drupal(Layout):
    """Fields in fields: node, field-items, views for lists, tabs for editors left in."""

    name = "drupal"

    def links(self) -> str:
        rows = "".join(
            f"<div class='views-row views-row-{n}'><div class='views-field views-field-title'><span class=field-content><a href='/node/{n}'>{e(title)}</a>"
            f"</span></div><div class='views-field views-field-body'><p>{e(words)}</p></div></div>"
            for n, (title, words) in enumerate(self.told.get("links", ()))
        )
        return f"<div class=view><div class=view-content>{rows}</div><ul class=pager><li>1</li><li><a href='?page=1'>2</a></li></ul></div>" if rows else ""  # fmt: skip

    def page(self) -> str:
        told = self.told
        date = f"<div class='field field-name-post-date'><div class=field-item>{told['published'][:10]}</div></div>" if told.get("published") else ""  # fmt: skip
        section = f"<div class='field field-name-field-section field-label-hidden'><a class=section-label href='/s'>{e(told['section'])}</a></div>" if told.get("section") else ""  # fmt: skip
        return (
            f"<!DOCTYPE html><html lang={told['language']}><head>{self.head()}<meta name=Generator content='Drupal 7'></head><body class='html not-front "
            f"page-node'><div id=skip-link><a href='#main'>Skip to main content</a></div><div id=header>{self.menu()}</div><div class=region-content>"
            f"<h1 class=page-header>{e(told['title'])}</h1><div class='node node-article'><div class=content>{section}{date}<div class='field "
            f"field-name-body'><div class=field-items><div class='field-item even' property='content:encoded'>{self.body()}</div></div></div></div>"
            f"</div></div><div class='region region-sidebar-second'>{self.beside()}{self.box()}</div>{self.foot()}{self.cookie()}</body></html>"
        )


class Platform(Layout):
    """A platform for long reads: sections of paragraphs with ids, claps, a read time, its own name as the site's."""

    name = "platform"

    def paragraphs(self) -> str:
        return "<section>" + "".join(f"<p id=p{n} class='pw-post-body-paragraph'>{e(text)}</p>" for n, text in enumerate(self.told.get("paragraphs", ()))) + "</section>"  # fmt: skip

    def page(self) -> str:
        told = self.told
        tag = f"<a class=tag href='/tag/x'>{e(told['section'])}</a>" if told.get("section") else ""
        more = "".join(f"<div><a href='/p/{n}'><h2>{e(words)}</h2></a><p>Reading time: 3 min</p></div>" for n, words in enumerate(self.around["teasers"]))  # fmt: skip
        return (
            f"<!doctype html><html lang={told['language']}><head>{self.head()}{self.linked_data(posts=False)}</head><body><div id=root><div><a href='/'>"
            f"{SITE}</a><a href='/m/signin'>Sign in</a></div><article>{tag}<h1>{e(told['title'])}</h1>{self.signed()}<div><button>42</button><span>3 min read</span></div>"
            f"{self.body()}</article><div><p>{e(self.around['box'])}</p></div><div>{more}</div></div></body></html>"
        )


class BlogHost(Layout):
    """A blog host: post-body with line breaks for paragraphs, an archive list, labels under the post."""

    name = "blog host"

    def head(self) -> str:
        return f"<title>{SITE}: {e(self.told['title'])}</title><meta content='blogger' name='generator'/><link href='{HOST}{self.told['path']}' rel='canonical'/>"  # fmt: skip

    def paragraphs(self) -> str:
        return "<br /><br />".join(e(text) for text in self.told.get("paragraphs", ()))

    def page(self) -> str:
        told = self.told
        date = f"<h2 class='date-header'><span>{told['published'][:10]}</span></h2>" if told.get("published") else ""
        labels = f"<span class='post-labels'><a href='/search/label/x' rel='tag'>{e(told['section'])}</a></span>" if told.get("section") else ""  # fmt: skip
        archive = "".join(
            f"<li><a href='/2025/{n}'>{e(words)}</a></li>" for n, words in enumerate(self.around["teasers"])
        )
        return (
            f"<!DOCTYPE html><html lang='{told['language']}'><head>{self.head()}</head><body><div class='header-outer'><h1 class='title'><a href='/'>{SITE}"
            f"</a></h1></div><div class='main'><div class='blog-posts hfeed'>{date}<div class='post-outer'><div class='post hentry'>{labels}<h3 class='post-title "
            f"entry-title'>{e(told['title'])}</h3><div class='post-body entry-content'>{self.body()}</div></div></div></div></div><div class='sidebar'>"
            f"<h2>{e(self.around['beside'])}</h2><ul class='archive'>{archive}</ul></div>{self.foot()}</body></html>"
        )


class Paywalled(Layout):
    """A newspaper that asks for money: an offer over the text and under it, a promo among the paragraphs, open this time."""

    name = "newspaper"

    def paragraphs(self) -> str:
        made = [f"<p class=article__paragraph>{e(text)}</p>" for text in self.told.get("paragraphs", ())]
        made[2:2] = (
            [f"<div class='inline-promo subscribe'><p>{e(self.around['box'])}</p></div>"] if len(made) > 2 else []
        )
        return "".join(made)

    def page(self) -> str:
        told = self.told
        section = (
            f"<div class='article__eyebrow'><a href='/s'>{e(told['section'])}</a></div>" if told.get("section") else ""
        )
        linked = self.linked_data() if told["kind"] != "other" else ""
        return (
            f"<!doctype html><html lang={told['language']}><head>{self.head()}{linked}</head><body><div class='top-offer'><a href='/subscribe'>{e(self.around['box'])}"
            f"</a></div><header>{self.menu()}</header><main><article class=article>{section}<h1 class=article__headline>{e(told['title'])}</h1>{self.signed()}"
            f"<div class=article__body>{self.body()}</div></article><div class='paywall-offer'><p>{e(self.around['box'])}</p></div></main>{self.beside()}"
            f"{self.foot()}{self.cookie()}</body></html>"
        )


LAYOUTS: tuple[type[Layout], ...] = (WordPress, Amp, Tables, LinkedData, Soup, Microdata, Drupal, Platform, BlogHost, Paywalled)  # fmt: skip
