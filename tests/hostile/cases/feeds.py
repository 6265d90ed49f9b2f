"""Sitemaps, feeds and interfaces that have no end, or no sense."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import count

from crawlers import reasons
from tests.hostile.cases.case import STORY, Case, Place, always, front, page
from tests.hostile.cases.content import SCRIPT
from tests.hostile.server import ANY, Answer, Exchange

XML, JSON = "application/xml", "application/json"
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(12)
)
BOMB = f"<!DOCTYPE x [{LAUGHS}]>"
LEAK = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "{}/dtd">%p;]>'
HOME = (
    "<html><head><title>Home</title>{}</head><body class='home blog'><main>Hi</main></body></html>"
)
FEED = "<link rel='alternate' type='application/rss+xml' href='/feed.xml'>"


def _urlset(*urls: str, kind: str = "urlset", head: str = "") -> str:
    part = "sitemap" if kind == "sitemapindex" else "url"
    listed = "".join(f"<{part}><loc>{url}</loc></{part}>" for url in urls)
    return f"<?xml version='1.0'?>{head}<{kind}>{listed}</{kind}>"


def _sitemap_bomb(place: Place) -> Mapping[str, Answer]:
    story = {"/good": always(page("A good page"))}
    leak = LEAK.format(place.secret)
    return story | {
        "/": always(front("/good")),
        "/robots.txt": always(
            f"Sitemap: {place.address}/bomb.xml\nSitemap: {place.address}/leak.xml\n", "text/plain"
        ),
        "/bomb.xml": always(_urlset(f"{place.address}/&l11;", head=BOMB), XML),
        "/leak.xml": always(_urlset(f"{place.address}/&e;", head=leak), XML),
    }


def _feed_bomb(place: Place) -> Mapping[str, Answer]:
    item = f"<item><title>&l11;&e;</title><link>{place.address}/good</link></item>"
    feed = f"{BOMB}<rss version='2.0'><channel><title>&l11;</title>{item}</channel></rss>"
    leak = LEAK.format(place.secret)
    return {
        "/": always(HOME.format(FEED + FEED.replace("feed.xml", "leak.xml"))),
        "/good": always(page("A good page")),
        "/feed.xml": always(feed, "application/rss+xml"),
        "/leak.xml": always(
            f"{leak}<rss version='2.0'><channel>{item}</channel></rss>", "application/rss+xml"
        ),
    }


def _cycle(place: Place) -> Mapping[str, Answer]:
    here = place.address
    return {
        "/": always(front("/good")),
        "/good": always(page("A good page")),
        "/sitemap.xml": always(
            _urlset(f"{here}/a.xml", f"{here}/sitemap.xml", kind="sitemapindex"), XML
        ),
        "/a.xml": always(_urlset(f"{here}/b.xml", kind="sitemapindex"), XML),
        "/b.xml": always(_urlset(f"{here}/a.xml?1=1", kind="sitemapindex"), XML),
        "/a.xml?1=1": always(_urlset(f"{here}/sitemap.xml", kind="sitemapindex"), XML),
    }


def _new_parts(address: str, numbers: Iterator[int]) -> Answer:
    def answer(exchange: Exchange) -> None:
        parts = [f"{address}/part-{next(numbers)}.xml" for _ in range(3)]
        exchange.respond(_urlset(*parts, kind="sitemapindex").encode(), XML)

    return answer


def _endless_index(place: Place) -> Mapping[str, Answer]:
    endless = _new_parts(place.address, count())
    story = {"/": always(front("/good")), "/good": always(page("A good page"))}
    return story | {"/sitemap.xml": endless, ANY: endless}


def _same_ids(place: Place) -> Mapping[str, Answer]:
    items = "".join(
        f"<item><guid>1</guid><title>Entry {n}</title><link>{place.address}/e/{n}</link></item>"
        for n in range(30)
    )
    feed = f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>"
    return {
        "/": always(HOME.format(FEED)),
        "/feed.xml": always(feed, "application/rss+xml"),
        **{f"/e/{n}": always(page(f"Entry {n}", f"<p>{n}</p>")) for n in range(30)},
    }


def _post(number: int, place: Place, **fields: object) -> dict[str, object]:
    return {
        "id": number,
        "link": f"{place.address}/p/{number}/",
        "type": "post",
        "date_gmt": "2020-01-02T03:04:05",
        "title": {"rendered": f"Post {number}"},
        "content": {"rendered": f"<p>{STORY}</p>"},
        "excerpt": {"rendered": "<p>Short.</p>"},
    } | fields


def _api(
    posts: Callable[[Place], object], comments: object = (), **headers: str
) -> Callable[[Place], Mapping[str, Answer]]:
    """A WordPress site whose API says `posts`, on every page of it."""

    def answers(place: Place) -> Mapping[str, Answer]:
        def api(exchange: Exchange) -> None:
            said: object = []
            if "/posts?" in exchange.path:
                said = posts(place)
            elif "/comments?" in exchange.path:
                said = comments
            body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
            exchange.respond(body, JSON, **({"X_WP_TotalPages": "1"} | headers))

        return {"/": always(HOME.format("")), "/wp-sitemap.xml": always(_urlset(), XML), ANY: api}

    return answers


SHAPES = {
    "content": "a string",
    "title": ["a", "list"],
    "excerpt": 7,
    "_embedded": {"author": "nobody", "wp:term": {"a": 1}},
    "categories": {"not": "a list"},
    "date_gmt": {"when": "now"},
    "author": {"id": 1},
}


def _strange_shapes(place: Place) -> list[object]:
    good: list[object] = [_post(1, place)]
    return good + [_post(n, place, **{key: SHAPES[key]}) for n, key in enumerate(SHAPES, start=2)]


def _script_post(place: Place) -> list[object]:
    embedded = {
        "author": [{"name": SCRIPT}],
        "wp:term": [[{"taxonomy": "category", "name": SCRIPT}]],
    }
    text = {"rendered": f"<p>{STORY}</p>{SCRIPT}<p>&lt;script&gt;alert(2)&lt;/script&gt;</p>"}
    title = {"rendered": SCRIPT}
    return [_post(1, place, title=title, content=text, excerpt=title, _embedded=embedded)]


SCRIPT_COMMENT = {
    "id": 5,
    "post": 1,
    "author_name": SCRIPT,
    "author_url": "javascript:alert(1)",
    "date_gmt": "2020-01-03T03:04:05",
    "content": {"rendered": f"<p>We tried this in our street too, and it worked. {SCRIPT}</p>"},
}


def _entry(number: int, place: Place) -> dict[str, object]:
    return {
        "id": {"$t": "tag:blogger.com,1999:blog-1.post-7"},
        "published": {"$t": "2020-01-02T03:04:05.000Z"},
        "title": {"$t": f"Entry {number}"},
        "content": {"type": "html", "$t": f"<p>{STORY}</p>"},
        "link": [{"rel": "alternate", "href": f"{place.address}/2020/01/entry-{number}.html"}],
    }


def _blogger(place: Place) -> Mapping[str, Answer]:
    feed = {
        "openSearch$totalResults": {"$t": "999999999"},
        "entry": [_entry(n, place) for n in range(20)],
        "link": [{"rel": "next", "href": f"{place.address}/feeds/posts/default?start-index=1"}],
    }
    atom = "".join(
        "<entry><id>tag:blogger.com,1999:blog-1.post-7</id><published>2020-01-02T03:04:05Z</published>"
        f"<title>Entry {n}</title><content type='html'>&lt;p&gt;{STORY}&lt;/p&gt;</content>"
        f"<link rel='alternate' href='{place.address}/2020/01/entry-{n}.html'/></entry>"
        for n in range(20)
    )
    xml = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>B</title>{atom}</feed>"

    def answer(exchange: Exchange) -> None:
        if "alt=json" in exchange.path:
            exchange.respond(json.dumps({"feed": feed}).encode(), JSON)
        elif exchange.path.startswith("/feeds/posts"):
            exchange.respond(xml.encode(), "application/atom+xml")
        else:
            exchange.respond(b"<html><body>Not found</body></html>", status="404 Not Found")

    return {"/": always("<html><body><main>Blog</main></body></html>"), ANY: answer}


CASES = (
    Case(
        "sitemap_bomb",
        "XML entity bombs in sitemaps",
        "a sitemap whose entities unfold to a terabyte, one that names a file of this machine",
        _sitemap_bomb,
        "exhausted",
        documents=1,
    ),
    Case(
        "feed_bomb",
        "XML entity bombs in feeds",
        "feeds whose entities unfold to a terabyte, or name a file of this machine",
        _feed_bomb,
        "exhausted",
        documents=1,
    ),
    Case(
        "sitemap_cycle",
        "sitemap cycles",
        "sitemap indexes that name each other and themselves",
        _cycle,
        "exhausted",
        documents=1,
    ),
    Case(
        "endless_sitemaps",
        "sitemap cycles",
        "sitemap indexes that name new ones without end",
        _endless_index,
        "truncated",
        "too many addresses",
        documents=1,
    ),
    Case(
        "same_ids",
        "feeds with the same id for all entries",
        "an RSS feed of 30 entries with one id",
        _same_ids,
        "exhausted",
        documents=30,
    ),
    Case(
        "same_ids_blogger",
        "feeds with the same id for all entries",
        "a Blogger feed of 20 entries with one id, and a thousand million announced",
        _blogger,
        "exhausted",
        documents=20,
        platform="blogger",
    ),
    Case(
        "announced_pages",
        "link traps",
        "an API that announces a thousand million pages",
        _api(lambda place: [_post(1, place)], X_WP_TotalPages="1" + "0" * 9),
        "truncated",
        "too many addresses|limit reached: pagecount",
        documents=1,
        platform="wordpress",
    ),
    Case(
        "deep_json",
        "a page that makes the HTML parser recurse",
        "an API that answers with 100,000 lists inside each other",
        _api(lambda _: "[" * 100_000),
        "held",
        "parser found nothing",
        quarantined=(reasons.CUT_OFF,),
        platform="wordpress",
    ),
    Case(
        "strange_shapes",
        "no sense",
        "an API whose entries have lists for texts, and texts for lists",
        _api(_strange_shapes),
        "exhausted",
        quarantined=(reasons.PARSER_FAILED,),
        documents=5,
        platform="wordpress",
    ),
    Case(
        "script_in_api",
        "<script> in every field",
        "an API with a script in title, author, category, excerpt, text and comment",
        _api(_script_post, [SCRIPT_COMMENT]),
        "exhausted",
        documents=1,
        platform="wordpress",
    ),
)
