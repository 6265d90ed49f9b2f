"""Read WordPress's HTML: single posts, pages and archives of any theme.

The selectors are those of core's classic and block themes and of Genesis, widest use first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from parsel import Selector, SelectorList
from scrapy.http import TextResponse
from scrapy.utils.response import get_base_url

from cleaning.evidence.jsonld import Thing, read_graph, types_of
from cleaning.reader import PageReading
from cleaning.text import ends_cut
from cleaning.urls import host_of, urljoin
from crawlers.items import (
    AuthorName,
    DateSeen,
    Document,
    Item,
    ListEntry,
)
from crawlers.platforms import reading as read
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.filling import fill_body
from crawlers.platforms.wordpress import links, rest

BODY = (
    ".entry-content",
    ".wp-block-post-content",
    ".post-content",
    "[itemprop=articleBody]",
    ".post-entry",
    ".entrytext",
)
TITLE = (".entry-title", "h1.wp-block-post-title", ".wp-block-post-title", ".post-title", "h1")
AUTHOR = (
    ".entry-author-name",
    ".wp-block-post-author-name",
    ".wp-block-post-author__name",
    ".author .fn",
    ".byline .author",
    ".entry-meta a[rel=author]",
    "a[rel=author]",
)
CATEGORIES = 'a[rel~="category"], .cat-links a, .entry-categories a, .taxonomy-category a'
TAGS = (
    ".tags-links a, .entry-tags a, .taxonomy-post_tag a, "
    # Block themes give the links of every taxonomy, categories too, rel=tag.
    ':not(.wp-block-post-terms) > a[rel="tag"]'
)
ENTRY = "article.hentry, li.wp-block-post, main article.entry, .hentry, article[id^=post-]"
ENTRY_TITLE = ".entry-title a, .wp-block-post-title a, h2 a, h3 a"
EXCERPT = (".entry-summary", ".wp-block-post-excerpt__excerpt", ".entry-content", ".entry-excerpt")
NO_EXCERPT = (
    ".screen-reader-text, .more-link, a.read-more, .sharedaddy, .wp-block-post-excerpt__more-link"
)
TIME = "time.published, time.entry-date, .entry-meta time, .wp-block-post-date time"
LONGEST_EXCERPT = 150
"""Words; an archive that shows more without a cut shows the whole post, and that is no excerpt."""
POST_ID = re.compile(r"^(?:postid|page-id)-(\d+)$")
ARTICLE_ID = re.compile(r"^post-(\d+)$")


def items(
    spider: PlatformSpider, response: TextResponse, content_types: tuple[str, ...]
) -> Iterator[Item]:
    """What a page of the site holds: a document with its comments, or the entries of an archive."""
    classes = links.body_classes(response)
    if links.is_archive(classes):
        yield from list_entries(spider, response)
        return
    kind = next((t for t in content_types if {t, f"single-{t}"} & classes), None)
    if kind is None or {"error404", "attachment"} & classes:
        return
    if response.css("form.post-password-form, .post-password-form"):
        title = _text(response, "h1")
        yield rest.protected(spider, response.url, title, native_id_of(response))
        return
    yield from read.with_comments(spider, response, partial(document, spider, response, kind))


def document(
    spider: PlatformSpider, response: TextResponse, kind: str, reading: PageReading
) -> Document:
    native_id = native_id_of(response)
    article = _article(response, native_id)
    graph = list(read_graph(response.selector.root))
    made = spider.document(
        kind=rest.KINDS.get(kind, kind),
        url=links.permalink(response.url),
        via="html",
        native_id=native_id,
        canonical_url=_canonical(response),
        title=_title(response, article),
        body_html=_first(article, BODY),
        comments_declared=reading.comments_declared,
        excerpt=response.css('meta[property="og:description"]::attr(content)').get(),
        authors=_authors(article, response, graph),
        categories=_terms(article, CATEGORIES),
        tags=_terms(article, TAGS),
        published_seen=_published(response, article, graph),
        modified_seen=_meta_dates(response, "article:modified_time"),
    )
    if made.body_html is None:
        fill_body(made, reading)
    return made


def _canonical(response: TextResponse) -> str | None:
    # With paged comments, block themes name the comment page that is shown.
    href = response.css("link[rel=canonical]::attr(href)").get()
    return links.permalink(urljoin(get_base_url(response), href)) if href else None


def comment_pages(response: TextResponse) -> list[str]:
    """The addresses of the other pages of a post's comments."""
    here = links.same_page(response.url)
    found: dict[str, None] = {}
    for href in response.css("a::attr(href)").getall():
        url = urljoin(get_base_url(response), href).split("#")[0].split("?")[0]
        if links.COMMENT_PAGE.search(url) and links.same_page(url) == here and url != response.url:
            found[url] = None
    return list(found)


def native_id_of(response: TextResponse) -> str | None:
    """The number of the post or page, which is the same as in the API."""
    for name in (response.css("body::attr(class)").get() or "").split():
        match = POST_ID.match(name)
        if match:
            return match.group(1)
    for href in response.css(
        'link[rel=alternate][type="application/json"]::attr(href), link[rel=shortlink]::attr(href)'
    ).getall():
        match = re.search(r"(?:/wp/v2/(?:posts|pages)/|[?&](?:p|page_id)=)(\d+)$", href)
        if match:
            return match.group(1)
    return None


def list_entries(spider: PlatformSpider, response: TextResponse) -> Iterator[ListEntry]:
    """What an archive says of each post that it lists."""
    position = 0
    for entry in response.css(ENTRY):
        if entry.xpath("ancestor::article[contains(@class, 'hentry')]"):
            continue
        title = entry.css(ENTRY_TITLE)
        href = title.css("::attr(href)").get()
        excerpt, truncated, outbound = _excerpt(entry, spider.root, response.url)
        yield ListEntry(
            platform=spider.platform,
            site=spider.site,
            list_url=links.permalink(response.url),
            position=position,
            url=urljoin(get_base_url(response), href) if href else None,
            document_native_id=_entry_id(entry),
            title=title.get() or _first(entry, (".entry-title", "h2")),
            excerpt=excerpt,
            is_truncated=truncated,
            outbound_url=outbound,
        )
        position += 1


def _entry_id(entry: Selector) -> str | None:
    names = [entry.attrib.get("id", ""), *entry.attrib.get("class", "").split()]
    return next((m.group(1) for n in names if (m := ARTICLE_ID.match(n))), None)


def _excerpt(entry: Selector, root: str, url: str) -> tuple[str | None, bool, str | None]:
    """(excerpt as HTML, whether it was cut, first link to another site); none of whole posts."""
    html = _first(entry, EXCERPT)
    if html is None:
        return None, False, None
    part = Selector(text=html)
    has_more = bool(part.css(".more-link"))
    part.css(NO_EXCERPT).drop()
    text = " ".join(part.css("::text").getall()).strip()
    is_cut = bool(has_more or ends_cut(text))
    if not is_cut and len(text.split()) > LONGEST_EXCERPT:
        return None, False, None
    own = host_of(root)
    hrefs = (urljoin(url, h) for h in part.css("a::attr(href)").getall())
    outbound = next((href for href in hrefs if host_of(href) not in {"", own}), None)
    return part.css("body").get(), is_cut, outbound


def _article(response: TextResponse, native_id: str | None) -> Selector:
    """The element of the post itself, so that nothing of a sidebar or a related post is read."""
    if native_id:
        found = response.css(f"#post-{native_id}, article.post-{native_id}, .post-{native_id}")
        if found:
            return found[0]
    found = response.css("article.hentry, main article, .hentry, main, #content")
    return found[0] if found else response.selector


def _first(scope: Selector | TextResponse, selectors: tuple[str, ...]) -> str | None:
    for selector in selectors:
        found = scope.css(selector)
        if found:
            html: str = found[0].get()
            return html
    return None


def _title(response: TextResponse, article: Selector) -> str | None:
    return (
        _first(article, TITLE)
        or _first(response, TITLE)
        or response.css('meta[property="og:title"]::attr(content)').get()
    )


def _text(scope: Any, selector: str) -> str | None:
    text = " ".join(scope.css(selector).css("::text").getall()).strip()
    return text or None


def _authors(article: Selector, response: TextResponse, graph: list[Thing]) -> list[AuthorName]:
    for selector in AUTHOR:
        found: SelectorList[Selector] = article.css(selector)
        outside = [f for f in found if not f.xpath("ancestor::*[contains(@id, 'comment')]")]
        names = [" ".join(f.css("::text").getall()).strip() for f in outside]
        if any(names):
            return [AuthorName(n) for n in dict.fromkeys(names) if n]
    meta = response.css("meta[name=author]::attr(content)").get()
    persons = (node.get("name") for node in graph if "Person" in types_of(node))
    name = meta or next(filter(None, persons), None)
    return [AuthorName(str(name))] if name else []


def _terms(article: Selector, selector: str) -> list[str]:
    names = (" ".join(a.css("::text").getall()).strip() for a in article.css(selector))
    return list(dict.fromkeys(n for n in names if n))


def _published(response: TextResponse, article: Selector, graph: list[Thing]) -> list[DateSeen]:
    """Best first: Yoast's meta and JSON-LD are UTC, `time[datetime]` has an offset, text none."""
    found = _meta_dates(response, "article:published_time")
    found += [DateSeen("json-ld", str(p["datePublished"])) for p in graph if p.get("datePublished")]
    times = article.css(
        "time.published, time.entry-date, .entry-meta time, .wp-block-post-date time"
    )
    outside = [t for t in times if not t.xpath("ancestor::*[contains(@id, 'comment')]")]
    found += [DateSeen("time", t.attrib["datetime"]) for t in outside if t.attrib.get("datetime")]
    texts = [*outside, *article.css(".entry-time, .entry-date, .post-date, .published")]
    found += [DateSeen("text", text) for t in texts if (text := _own_text(t))]
    return found


def _own_text(selector: Selector) -> str:
    return " ".join(selector.css("::text").getall()).strip()


def _meta_dates(response: TextResponse, name: str) -> list[DateSeen]:
    values = response.css(f'meta[property="{name}"]::attr(content)').getall()
    return [DateSeen("meta", v) for v in values if v]
