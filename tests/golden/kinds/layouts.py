"""Ten layouts of news pages, each after what a kind of publishing system writes; `contents.toml` says what they hold."""

from __future__ import annotations

import json
from html import escape as e
from typing import Any

Told = dict[str, Any]
SITE = "The Aldmoor Tidings"
HOST = "https://tidings.example"
TYPES = {"article": "NewsArticle", "opinion": "OpinionNewsArticle", "live": "LiveBlogPosting", "gallery": "ImageGallery", "index": "CollectionPage"}  # fmt: skip


class Layout:
    """A plain page of today: header, main, aside, footer; the others change what their system does otherwise."""

    name = "plain"

    def __init__(self, told: Told, around: Told) -> None:
        self.told, self.around = told, around

    # ---- the head

    def metas(self) -> str:
        told = self.told
        kind = "website" if told["kind"] in ("index", "other") else "article"
        made = [("og:site_name", SITE), ("og:type", kind), ("og:title", told["title"]), ("og:url", HOST + told["path"])]
        if told.get("published"):
            made.append(("article:published_time", told["published"]))
        if told.get("section"):
            made.append(("article:section", told["section"]))
        if told.get("paragraphs"):
            made.append(("og:description", told["paragraphs"][0]))
        return "".join(f'<meta property="{name}" content="{e(value)}">' for name, value in made)

    def head(self) -> str:
        return f"<title>{e(self.told['title'])} | {SITE}</title>{self.metas()}"

    def linked_data(self, *, posts: bool = True) -> str:
        told = self.told
        kind = TYPES.get(told["kind"])
        if kind is None:
            return ""
        node: Told = {"@context": "https://schema.org", "@type": kind, "headline": told["title"], "publisher": {"@type": "Organization", "name": SITE}}  # fmt: skip
        if told.get("published"):
            node["datePublished"] = told["published"]
        if told.get("byline"):
            node["author"] = [{"@type": "Person", "name": told["byline"]}]
        if posts and told.get("posts"):
            node["liveBlogUpdate"] = [
                {"@type": "BlogPosting", "headline": title, "datePublished": time, "articleBody": text}
                for time, title, text in told["posts"]
            ]
        return f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'

    # ---- the parts

    def menu(self) -> str:
        return "<nav><ul>" + "".join(f"<li><a href='/{n}'>{e(word)}</a></li>" for n, word in enumerate(self.around["menu"])) + "</ul></nav>"  # fmt: skip

    def beside(self) -> str:
        items = "".join(f"<li><a href='/t/{n}'>{e(words)}</a></li>" for n, words in enumerate(self.around["teasers"]))
        return f"<aside class=sidebar><h3>{e(self.around['beside'])}</h3><ul>{items}</ul></aside>"

    def box(self) -> str:
        return f"<div class=newsletter-box><p>{e(self.around['box'])}</p><input type=email></div>"

    def cookie(self) -> str:
        return f"<div id=cookie-banner><p>{e(self.around['cookie'])}</p><button>OK</button></div>"

    def foot(self) -> str:
        return f"<footer><p>{e(self.around['foot'])}</p></footer>"

    def signed(self) -> str:
        told = self.told
        by = f"<span class=author>{e(told['byline'])}</span> " if told.get("byline") else ""
        date = told.get("published")
        return f"<p class=meta>{by}{f'<time datetime={date[:10]}>{date[:10]}</time>' if date else ''}</p>" if by or date else ""  # fmt: skip

    def label(self) -> str:
        return f"<span class=kicker>{e(self.told['section'])}</span>" if self.told.get("section") else ""

    def paragraphs(self) -> str:
        return "".join(f"<p>{e(text)}</p>" for text in self.told.get("paragraphs", ()))

    def links(self) -> str:
        return "".join(
            f"<article class=teaser><h2><a href='/a/{n}'>{e(title)}</a></h2><p>{e(words)}</p></article>"
            for n, (title, words) in enumerate(self.told.get("links", ()))
        )

    def pictures(self) -> str:
        return "".join(
            f"<figure><img src='/img/{n}.jpg' alt=''><figcaption>{e(words)}</figcaption></figure>"
            for n, words in enumerate(self.told.get("pictures", ()))
        )

    def posts(self) -> str:
        return "".join(
            f"<article class=live-post><time datetime='{time}'>{time[11:16]}</time><h2>{e(title)}</h2><p>{e(text)}</p></article>"
            for time, title, text in self.told.get("posts", ())
        )

    def form(self) -> str:
        fields = "".join(f"<label>{kind}<input type={kind} name={kind}></label>" for kind in self.told.get("form", ()))
        return f"<form method=post>{fields}<button>OK</button></form>" if fields else ""

    def video(self) -> str:
        return "<div class=player><video src='/v.mp4' controls></video></div>" if self.told.get("video") else ""

    def body(self) -> str:
        return self.paragraphs() + self.video() + self.links() + self.pictures() + self.posts() + self.form()

    def page(self) -> str:
        told = self.told
        return (
            f"<!doctype html><html lang={told['language']}><head><meta charset=utf-8>{self.head()}</head><body>{self.cookie()}"
            f"<header>{self.menu()}</header><main>{self.label()}<h1>{e(told['title'])}</h1>{self.signed()}{self.body()}"
            f"{self.box()}</main>{self.beside()}{self.foot()}</body></html>"
        )


class WordPress(Layout):
    """A theme of the twenties: body classes, entry-content, a widget area, sharing and comments under the text."""

    name = "wordpress"

    def page(self) -> str:
        told = self.told
        single = "archive category" if told["kind"] == "index" else "single single-post"
        links = "".join(
            f"<article class='post type-post hentry'><header class=entry-header><h2 class=entry-title><a href='/a/{n}' rel=bookmark>"
            f"{e(title)}</a></h2></header><div class=entry-summary><p>{e(words)}</p></div></article>"
            for n, (title, words) in enumerate(told.get("links", ()))
        )
        pictures = "<div class='wp-block-gallery'>" + "".join(
            f"<figure class=wp-block-image><img src='/{n}.jpg'><figcaption class=wp-element-caption>{e(words)}</figcaption></figure>"
            for n, words in enumerate(told["pictures"])
        ) + "</div>" if told.get("pictures") else ""  # fmt: skip
        signed = f"<div class=entry-meta><span class='posted-on'><time class='entry-date published' datetime='{told['published']}'>{told['published'][:10]}</time></span></div>" if told.get("published") else ""  # fmt: skip
        text = self.paragraphs() + self.video() + pictures + self.posts() + self.form()
        article = (
            f"<article class='post hentry'><header class=entry-header><span class=cat-label>{e(told.get('section', ''))}</span>"
            f"<h1 class=entry-title>{e(told['title'])}</h1>{signed}</header><div class=entry-content>{text}"
            "<div class='sharedaddy'><a href='#'>Facebook</a> <a href='#'>X</a></div></div></article>"
        )
        article = f"<h1 class=page-title>{e(told['title'])}</h1>{links}" if told.get("links") else article
        comments = "<div id=comments class=comments-area><h2>2 comments</h2><ol><li><p>I waited there an hour and nobody came to say a word.</p></li><li><p>They said the same in 1987.</p></li></ol></div>" if told["kind"] in ("article", "opinion") else ""  # fmt: skip
        return (
            f"<!DOCTYPE html><html lang='{told['language']}'><head>{self.head()}<meta name=generator content='WordPress 6.4'></head>"
            f"<body class='{single}'><div id=page class=site><header id=masthead><p class=site-title><a href='/'>{SITE}</a></p>"
            f"{self.menu()}</header><div id=primary class=content-area>{article}{comments}</div><aside id=secondary class=widget-area>"
            f"<section class=widget>{self.beside()}</section><section class=widget>{self.box()}</section></aside>{self.foot()}</div>"
            f"{self.cookie()}</body></html>"
        )


class Amp(Layout):
    """An AMP page: amp-img, amp-ads between the paragraphs, linked data and little else."""

    name = "amp"

    def paragraphs(self) -> str:
        made = []
        for number, text in enumerate(self.told.get("paragraphs", ())):
            made.append(f"<p>{e(text)}</p>")
            if number == 1:
                made.append(
                    "<amp-ad width=300 height=250 type=doubleclick><div placeholder>Advertisement</div></amp-ad>"
                )
        return "".join(made)

    def pictures(self) -> str:
        slides = "".join(
            f"<figure><amp-img src='/{n}.jpg' width=4 height=3></amp-img><figcaption>{e(words)}</figcaption></figure>"
            for n, words in enumerate(self.told.get("pictures", ()))
        )
        return f"<amp-carousel type=slides>{slides}</amp-carousel>" if slides else ""

    def posts(self) -> str:
        return "<amp-live-list id=live>" + "".join(
            f"<div id=p{n} data-sort-time=1><p><time datetime='{time}'>{time[11:16]}</time></p><h3>{e(title)}</h3><p>{e(text)}</p></div>"
            for n, (time, title, text) in enumerate(self.told["posts"])
        ) + "</amp-live-list>" if self.told.get("posts") else ""  # fmt: skip

    def video(self) -> str:
        return "<amp-video src='/v.mp4'></amp-video>" if self.told.get("video") else ""

    def page(self) -> str:
        told = self.told
        return (
            f"<!doctype html><html ⚡ lang={told['language']}><head>{self.head()}{self.linked_data()}</head><body><amp-sidebar id=menu>{self.menu()}"
            f"</amp-sidebar><article><header><h1>{e(told['title'])}</h1>{self.signed()}</header>{self.body()}</article><section><h2>"
            f"{e(self.around['beside'])}</h2>{self.beside()}</section>{self.foot()}<amp-consent>{e(self.around['cookie'])}</amp-consent></body></html>"
        )


class Tables(Layout):
    """A page of 2005: tables in tables, fonts, capitals, the date as words in a cell, no metadata."""

    name = "tables"

    def head(self) -> str:
        return f"<TITLE>{SITE} - {e(self.told['title'])}</TITLE>"

    def paragraphs(self) -> str:
        return "<BR><BR>".join(e(text) for text in self.told.get("paragraphs", ())) + "<BR>"

    def links(self) -> str:
        return "".join(
            f"<TR><TD><A HREF='a{n}.htm'><B>{e(title)}</B></A><BR><FONT SIZE=1>{e(words)}</FONT></TD></TR>"
            for n, (title, words) in enumerate(self.told.get("links", ()))
        )

    def pictures(self) -> str:
        return "".join(f"<TR><TD><IMG SRC='{n}.gif'></TD></TR><TR><TD><FONT SIZE=1>{e(w)}</FONT></TD></TR>" for n, w in enumerate(self.told.get("pictures", ())))  # fmt: skip

    def posts(self) -> str:
        return "".join(f"<TR><TD VALIGN=top><B>{t[11:16]}</B></TD><TD><B>{e(h)}</B><BR>{e(w)}</TD></TR>" for t, h, w in self.told.get("posts", ()))  # fmt: skip

    def page(self) -> str:
        told = self.told
        date = f"<FONT SIZE=1>{told['published'][:10]}</FONT><BR>" if told.get("published") else ""
        section = f"<FONT COLOR=red CLASS=section>{e(told['section'])}</FONT><BR>" if told.get("section") else ""
        menu = " | ".join(f"<A HREF='{n}.htm'>{e(word)}</A>" for n, word in enumerate(self.around["menu"]))
        left = "<BR>".join(f"<A HREF='t{n}.htm'>{e(words)}</A>" for n, words in enumerate(self.around["teasers"]))
        rest = "".join(part for part in (self.links(), self.pictures(), self.posts()) if part)
        table = f"<TABLE BORDER=0>{rest}</TABLE>" if rest else ""
        return (
            f"<HTML><HEAD>{self.head()}</HEAD><BODY BGCOLOR=white><TABLE WIDTH=780><TR><TD COLSPAN=2>{menu}</TD></TR><TR><TD WIDTH=160 "
            f"VALIGN=top><FONT SIZE=1>{e(self.around['beside'])}<BR>{left}</FONT></TD><TD VALIGN=top>{section}<H1>{e(told['title'])}</H1>{date}"
            f"<DIV ALIGN=justify>{self.paragraphs()}</DIV>{table}{self.form()}{self.video()}</TD></TR><TR><TD COLSPAN=2><FONT SIZE=1>"
            f"{e(self.around['foot'])}</FONT></TD></TR></TABLE></BODY></HTML>"
        )


class LinkedData(Layout):
    """A page made by a script on the server: linked data for all, hashed class names, the store's state in a script."""

    name = "linked data"

    def page(self) -> str:
        told = self.told
        state = json.dumps({"props": {"page": told["path"], "teasers": self.around["teasers"]}}, ensure_ascii=False)
        site = json.dumps({"@type": "WebSite", "name": SITE, "url": HOST})
        if told.get("video"):
            site = json.dumps(
                [json.loads(site), {"@type": "VideoObject", "name": told["title"], "uploadDate": "2026-01-12"}]
            )
        return (
            f"<!DOCTYPE html><html lang={told['language']}><head>{self.head()}{self.linked_data()}<script type='application/ld+json'>{site}</script>"
            f"</head><body><div id=__next><div class=css-1x2f9>{self.menu()}</div><main class=css-8k2><div class=css-0a>{self.label()}</div><h1 "
            f"class=css-h1>{e(told['title'])}</h1>{self.signed()}<section class=css-77>{self.body()}</section></main><div class='css-nl "
            f"newsletter-signup'>{e(self.around['box'])}</div><div class=css-rail>{self.beside()}</div>{self.foot()}</div>"
            f"<script id=__NEXT_DATA__ type=application/json>{state}</script></body></html>"
        )


class Soup(Layout):
    """Divs in divs: no header, no main, no lists; a paragraph is a div too."""

    name = "div soup"

    def metas(self) -> str:
        return f'<meta property="og:title" content="{e(self.told["title"])}">'

    def menu(self) -> str:
        return "<div class=top>" + "".join(f"<div class=mi><a href='/{n}'>{e(w)}</a></div>" for n, w in enumerate(self.around["menu"])) + "</div>"  # fmt: skip

    def beside(self) -> str:
        items = "".join(
            f"<div class=mr><a href='/t/{n}'>{e(w)}</a></div>" for n, w in enumerate(self.around["teasers"])
        )
        return f"<div class=right><div class=rt>{e(self.around['beside'])}</div>{items}</div>"

    def paragraphs(self) -> str:
        return "".join(f"<div class=txt>{e(text)}</div>" for text in self.told.get("paragraphs", ()))

    def links(self) -> str:
        return "".join(
            f"<div class=item><div class=it><a href='/a/{n}'>{e(title)}</a></div><div class=is>{e(words)}</div></div>"
            for n, (title, words) in enumerate(self.told.get("links", ()))
        )

    def pictures(self) -> str:
        return "".join(f"<div class=pic><img src='/{n}.jpg'><div class=cap>{e(w)}</div></div>" for n, w in enumerate(self.told.get("pictures", ())))  # fmt: skip

    def posts(self) -> str:
        return "<div class=liveblog>" + "".join(
            f"<div class=lb><div class=lt><time datetime='{time}'>{time[11:16]}</time></div><div class=lh>{e(title)}</div><div class=lx>{e(text)}</div></div>"
            for time, title, text in self.told["posts"]
        ) + "</div>" if self.told.get("posts") else ""  # fmt: skip

    def page(self) -> str:
        told = self.told
        date = f"<div class=date>{told['published'][:10]}</div>" if told.get("published") else ""
        return (
            f"<html lang={told['language']}><head>{self.head()}</head><body><div class=wrap>{self.menu()}<div class=mid><div class=ttl><h1>{e(told['title'])}</h1>"
            f"</div><div class=label>{e(told.get('section', ''))}</div>{date}<div class=cnt>{self.body()}</div></div>{self.beside()}<div class=bot>"
            f"{e(self.around['foot'])}</div><div class=ck>{e(self.around['cookie'])}</div></div></body></html>"
        )
