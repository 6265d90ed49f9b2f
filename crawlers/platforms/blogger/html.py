"""Read Blogger's HTML: single posts and pages, and archives, of any template.

Old templates write microdata and `abbr.published`, newer ones (Contempo, Soho, Emporio, Notable)
`time.published` and shortened posts in their lists; the ids of posts and bodies are the same in
all. What a page shows is told by its address, for templates cannot change that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from parsel import Selector
from scrapy.http import TextResponse

from cleaning.reader import PageReading
from cleaning.text import ends_cut
from cleaning.urls import urljoin, urlsplit
from crawlers.items import AuthorName, DateSeen, Document, Item, ListEntry
from crawlers.platforms import reading as read
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.blogger import links
from crawlers.platforms.filling import fill_body

POST = ".hentry, .post:not(body), [itemtype$=BlogPosting]:not(body)"
BODY = ("[id^=post-body-]", ".post-body", "[itemprop~=articleBody]", ".entry-content")
TITLE = (".post-title", ".entry-title", "[itemprop~=headline]")
AUTHOR = (
    ".post-author .fn",
    "[itemprop=author] [itemprop=name]",
    ".post-author [rel=author]",
    ".post-author .g-profile",
    ".fn",
)
DATES = (("abbr.published", "title"), ("time.published", "datetime"), ("time", "datetime"))
DATE_META = ("meta[itemprop=datePublished]", 'meta[property="article:published_time"]')
DATE_TEXT = (".date-header", ".post-timestamp", ".post-date", ".published")
LABELS = ".post-labels, .labels, .label-head"
PERMALINK = (".timestamp-link", "a[rel=bookmark]", ".jump-link a", ".post-title a, .entry-title a")
SNIPPET = (".post-body .snippet-item", ".post-snippet", ".post-summary", ".post-body .snippet")
OUTSIDE = (
    "ancestor::*[starts-with(@id, 'comment') or "
    "contains(concat(' ', normalize-space(@class), ' '), ' comments ')]"
)
IN_BODY = "ancestor::*[contains(@class, 'post-body')]"
WIDGETS = "ancestor::*[contains(@class, 'PopularPosts') or contains(@class, 'FeaturedPost')]"
"""Newer templates mark up the posts in these widgets as they do the posts of the page."""
COMMENTS_FEED = re.compile(r"/feeds/(\d+)/comments/default")
BODY_ID = re.compile(r"^post-(?:body|snippet)-(\d+)$")
PAGE_DATA = re.compile(r"""'pageType': 'item',.{0,200}?'postId': '(\d+)'""", re.DOTALL)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MONTH_IN_PATH = re.compile(r"/(\d{4})/(\d{2})/[^/]+\.html$")


def kind_of(spider: PlatformSpider, response: TextResponse) -> str | None:
    """`article` or `page` where the page is of one document, None where it lists several."""
    kind = links.kind_of(response.url, spider.root)
    return None if kind == "archive" else kind


def items(spider: PlatformSpider, response: TextResponse) -> Iterator[Item]:
    """What a page of the blog holds: a document with its comments, or the entries of a list."""
    kind = kind_of(spider, response)
    if kind is None:
        yield from list_entries(spider, response)
        return
    yield from read.with_comments(spider, response, partial(document, spider, response, kind))


def document(
    spider: PlatformSpider, response: TextResponse, kind: str, reading: PageReading
) -> Document:
    native_id = native_id_of(response)
    post = _post(response, native_id)
    made = spider.document(
        kind=kind,
        url=links.permalink(response.url),
        via="html",
        native_id=native_id,
        title=_title(response, post),
        body_html=_body(post, native_id),
        comments_declared=reading.comments_declared,
        authors=[AuthorName(name) for name in _authors(post)],
        categories=_labels(post),
        published_seen=_published(response, post, kind),
        modified_seen=_modified(post),
        target_url=_outbound(post, spider.root, response.url),
    )
    if made.body_html is None:
        fill_body(made, reading)
    return made


def body_and_title_link(
    spider: PlatformSpider, response: TextResponse, native_id: str | None
) -> tuple[str | None, str | None]:
    """A post's body as HTML, and where its title leads if that is another site."""
    post = _post(response, native_id)
    return _body(post, native_id), _outbound(post, spider.root, response.url)


def native_id_of(response: TextResponse) -> str | None:
    """The number of the post or page that this page is of, which is the same as in the feed.

    The head names its comments' feed only on such pages. Without it the post's own marks count, as
    long as they name no more than one.
    """
    for href in response.css("head link[rel=alternate]::attr(href)").getall():
        if match := COMMENTS_FEED.search(href):
            return match[1]
    numbers = {n for post in _posts(response) if (n := _number_in(post))}
    numbers |= {n for body in response.css("[id^=post-body-]") if (n := _number_of(body))}
    if len(numbers) == 1:
        return numbers.pop()
    data = PAGE_DATA.search(response.text)
    return data[1] if data else None


def _number_in(post: Selector) -> str | None:
    meta = post.css("meta[itemprop=postId]::attr(content)").get()
    names = [meta, *post.css(":scope > a[name]::attr(name)").getall()]
    found = next((name for name in names if name and name.isdecimal()), None)
    bodies = post.css("[id^=post-body-], [id^=post-snippet-]")
    return found or next((n for body in bodies if (n := _number_of(body))), None)


def _number_of(body: Selector) -> str | None:
    match = BODY_ID.match(body.attrib.get("id", ""))
    return match[1] if match else None


def author_url(response: TextResponse) -> str | None:
    """The profile of the account that posted, by which its own comments are known."""
    post = _post(response, native_id_of(response))
    found = post.css('.post-author a[href*="/profile/"]::attr(href)').get()
    return found or post.css("[itemprop=author] meta[itemprop=url]::attr(content)").get()


def list_entries(spider: PlatformSpider, response: TextResponse) -> Iterator[ListEntry]:
    """What the front page or an archive says of each post that it lists.

    A post that stands there in full gives no excerpt, for its document has that text.
    """
    position = 0
    for post in _posts(response):
        url, native_id = _entry_url(post, spider.root, response.url), _number_in(post)
        if url is None and native_id is None:
            continue
        excerpt, is_cut = _excerpt(post)
        yield ListEntry(
            platform=spider.platform,
            site=spider.site,
            list_url=links.permalink(response.url),
            position=position,
            url=url,
            document_native_id=native_id,
            title=_first(post, TITLE),
            excerpt=excerpt,
            is_truncated=is_cut,
            outbound_url=_outbound(post, spider.root, response.url),
        )
        position += 1


def _entry_url(post: Selector, root: str, base: str) -> str | None:
    hrefs = (h for selector in PERMALINK for h in post.css(selector).css("::attr(href)").getall())
    return next((url for _, url in links.own_links((urljoin(base, h) for h in hrefs), root)), None)


def _outbound(post: Selector, root: str, base: str) -> str | None:
    """Where a title leads that its author linked to another site."""
    href = post.css(".post-title a::attr(href), .entry-title a::attr(href)").get()
    url = urljoin(base, href) if href else ""
    is_web = urlsplit(url).scheme in {"http", "https"}
    return url if is_web and links.own_address(url, root) is None else None


def _excerpt(post: Selector) -> tuple[str | None, bool]:
    """(what is shown of a shortened post, as HTML; whether it was cut)."""
    snippet = _first(post, SNIPPET)
    if snippet is not None:
        return snippet, True
    body = _first(post, BODY)
    has_more = bool(post.css(".jump-link a"))
    is_cut = body is not None and (has_more or ends_cut(_text(Selector(text=body))))
    return (body, True) if is_cut else (None, False)


def _post(response: TextResponse, native_id: str | None) -> Selector:
    """The element of the post itself, so that no related post or sidebar is read."""
    posts = _posts(response)
    return next((p for p in posts if native_id and _number_in(p) == native_id), None) or (
        posts[0] if posts else response.selector
    )


def _posts(response: TextResponse) -> list[Selector]:
    """The outermost elements of the posts that the page itself shows."""
    found = [post for post in response.css(POST) if not post.xpath(WIDGETS)]
    nodes = {post.root for post in found}
    return [post for post in found if nodes.isdisjoint(post.root.iterancestors())]


def _body(post: Selector, native_id: str | None) -> str | None:
    return _first(post, (f"#post-body-{native_id}", *BODY) if native_id else BODY)


def _first(scope: Selector, selectors: tuple[str, ...]) -> str | None:
    return next((found[0].get() for s in selectors if (found := _within(scope, s))), None)


def _within(scope: Selector, selector: str) -> list[Selector]:
    """What a selector finds in a post, without its comments."""
    return [found for found in scope.css(selector) if not found.xpath(OUTSIDE)]


def _around(post: Selector, selector: str) -> list[Selector]:
    """What a selector finds in a post outside of what its author wrote."""
    return [f for f in _within(post, selector) if not f.xpath(IN_BODY)]


def _text(scope: Selector) -> str:
    return " ".join(" ".join(scope.css("::text").getall()).split())


def _title(response: TextResponse, post: Selector) -> str | None:
    """The post's title; the head's is that of the blog where the post has none."""
    found = _first(post, TITLE)
    if found or post.css("[id^=post-body-]"):
        return found
    return response.css('meta[property="og:title"]::attr(content)').get() or None


def _authors(post: Selector) -> list[str]:
    for selector in AUTHOR:
        names = [_text(found) for found in _within(post, selector)]
        if any(names):
            return [name for name in dict.fromkeys(names) if name]
    return []


def _labels(post: Selector) -> list[str] | None:
    """The labels by their links, for these are the same in all templates."""
    found = _around(post, 'a[href*="/search/label/"]')
    if not found and not post.css(LABELS):
        return None
    return list(dict.fromkeys(name for a in found if (name := _text(a))))


def _published(response: TextResponse, post: Selector, kind: str) -> list[DateSeen]:
    """Exact times first, then visible days, then the month in the address of a post."""
    exact = (d.attrib.get(name) for s, name in DATES for d in _around(post, s))
    found = [DateSeen("time", value) for value in dict.fromkeys(exact) if value]
    metas = (m for selector in DATE_META for m in response.css(selector))
    found += [DateSeen("meta", m.attrib["content"]) for m in metas if m.attrib.get("content")]
    shown = (_text(d) for s in DATE_TEXT for d in response.css(s)[:1])
    found += [DateSeen("text", text) for text in dict.fromkeys(shown) if YEAR.search(text)]
    month = MONTH_IN_PATH.search(urlsplit(response.url).path) if kind == "article" else None
    return [*found, DateSeen("url", f"{month[1]}-{month[2]}")] if month else found


def _modified(post: Selector) -> list[DateSeen]:
    found = post.css(
        "abbr.updated::attr(title), time.updated::attr(datetime), "
        "meta[itemprop=dateModified]::attr(content)"
    ).getall()
    return [DateSeen("time", value) for value in found if value]
