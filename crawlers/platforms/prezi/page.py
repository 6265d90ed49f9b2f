"""Read a page of Prezi: a presentation, or a list of presentations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scrapy.http import TextResponse

from cleaning.evidence.jsonld import Thing, read_graph, types_of
from cleaning.urls import urljoin
from crawlers import reasons
from crawlers.items import AuthorName, DateSeen, Document, Item, ListEntry, Unreadable
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.prezi import links
from crawlers.platforms.prezi.interface import HEADING, is_interface
from crawlers.platforms.prezi.transcript import find_transcript
from crawlers.platforms.words import visible_text

RENDERED = "playwright"
"""The flag of a response whose body is what a browser made of the page (by scrapy-playwright)."""
CREDIT = re.compile(
    r"^by\s{1,9}(?P<author>[^\n]{1,120}?)\s{1,9}on\s{1,9}(?P<date>[^\n]{6,30}\b(?:19|20)\d\d)\.?$",
    re.MULTILINE | re.IGNORECASE,
)
"""ORGANISATION on DAY MONTH YEAR, on one line or on three, below the title."""
DECLARED = re.compile(r"^comments?\s*\((\d+)\)", re.MULTILINE | re.IGNORECASE)
ON_PREZI = re.compile(
    r"\s{1,9}on\s{1,9}Prezi(?:\s{1,9}\w{1,20})?$|\s{0,9}[|–-]\s{0,9}Prezi$", re.IGNORECASE
)
AGENTS = frozenset({"Person", "Organization", "WebSite", "BreadcrumbList"})
NOTHING = re.compile(r"\s*no description\.?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the transcript, as the page shows it; None where it was not found."""

    title: str | None = None
    description: str | None = None
    author: str | None = None
    date: str | None = None
    comments: int | None = None


def items(spider: PlatformSpider, response: TextResponse) -> Iterator[Item]:
    """What a page holds: a presentation, or the entries of a list of them."""
    native_id = native_id_of(response)
    if native_id is None:
        yield from list_entries(spider, response)
        return
    body = find_transcript(response)
    if body is None:
        yield without_transcript(spider, response, native_id)
        return
    yield document(spider, response, native_id, body)


def native_id_of(response: TextResponse) -> str | None:
    """The id in the address of the page; after a redirect, in the one that the page names."""
    named = _meta(response, "og:url") or response.css("link[rel=canonical]::attr(href)").get()
    return links.native_id(response.url) or links.native_id(named or "")


def document(spider: PlatformSpider, response: TextResponse, native_id: str, body: str) -> Document:
    graph = list(read_graph(response.selector.root))
    head = read_head(visible_text(response.selector.root), _titles(response, graph))
    author = head.author or _author(response, graph)
    return spider.document(
        kind="presentation",
        url=links.permalink(response.url),
        via="html",
        native_id=native_id,
        canonical_url=_canonical(response),
        title=head.title,
        body_html=body,
        excerpt=_description(response, graph, head),
        authors=[AuthorName(author)] if author else [],
        publisher=author,
        published_seen=_published(response, graph, head),
        comments_declared=head.comments,
    )


def without_transcript(
    spider: PlatformSpider, response: TextResponse, native_id: str
) -> Unreadable:
    """A page whose transcript a script would write; if a browser has run it, there is none."""
    is_rendered = RENDERED in response.flags
    title = next(iter(_titles(response, list(read_graph(response.selector.root)))), None)
    return Unreadable(
        links.permalink(response.url),
        reasons.NO_CONTENT_FOUND if is_rendered else reasons.NEEDS_RENDERING,
        title,
        platform=spider.platform,
        site=spider.site,
        native_id=native_id,
    )


def list_entries(spider: PlatformSpider, response: TextResponse) -> Iterator[ListEntry]:
    """The presentations that a page links to."""
    for position, (url, link) in enumerate(links.presentations(response)):
        yield ListEntry(
            platform=spider.platform,
            site=spider.site,
            list_url=links.permalink(response.url),
            position=position,
            url=url,
            document_native_id=links.native_id(url),
            title=link.xpath("normalize-space()").get() or None,
        )


def read_head(text: str, titles: list[str]) -> Head:
    """Title, description, organisation, date and number of comments from a page's lines.

    `titles` are what the page's markup names as its title, best first. The lines between the title
    and "by" are the description.
    """
    above = "\n".join(_before_transcript(text))
    credit = CREDIT.search(above)
    comments = DECLARED.search(above)
    title = next(iter(titles), None) or _heading(text)
    found = Head(title=title, comments=int(comments[1]) if comments else None)
    if credit is None:
        return found
    lines = [line for line in above[: credit.start()].split("\n") if line]
    if title is None:
        lines = [line for line in lines if not is_interface(line)]
        title, lines = (lines[-1], []) if lines else (None, [])
    places = [n for n, line in enumerate(lines) if line == title]
    # Where the markup names another title than the page shows, only "No description" is certain.
    below = lines[places[-1] + 1 :] if places else [n for n in lines[-1:] if NOTHING.match(n)]
    description = " ".join(below) or None
    return Head(title, description, credit["author"], credit["date"], found.comments)


def _before_transcript(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if HEADING.match(line):
            return
        yield line


def _heading(text: str) -> str | None:
    """The title in "Transcript of TITLE"."""
    line = next((line for line in text.split("\n") if HEADING.match(line)), "")
    return HEADING.sub("", line, count=1).strip() or None


def _titles(response: TextResponse, graph: list[Thing]) -> list[str]:
    """What the markup gives as the title, best first, without "by ORGANISATION on Prezi"."""
    author = _author(response, graph)
    found = [
        *(str(node["name"]) for node in graph if node.get("name") and not _is_agent(node)),
        _meta(response, "og:title"),
        *(heading.xpath("normalize-space()").get() for heading in response.css("h1")),
        response.xpath("normalize-space(//title)").get(),
    ]
    cleaned = (_without_prezi(title, author) for title in found if title)
    return [title for title in cleaned if title and not is_interface(title)]


def _without_prezi(title: str, author: str | None) -> str:
    bare = ON_PREZI.sub("", title.strip())
    if author:
        return bare.removesuffix(f" by {author}").strip()
    return bare.rpartition(" by ")[0] or bare if bare != title.strip() else bare


def _author(response: TextResponse, graph: list[Thing]) -> str | None:
    for node in graph:
        for name in ("author", "creator", "publisher"):
            agent = node.get(name)
            agent = agent[0] if isinstance(agent, list) and agent else agent
            found = agent.get("name") if isinstance(agent, dict) else agent
            if found and str(found).lower() != "prezi":
                return str(found)
    for selector in ("[itemprop=author]", "a[rel=author]", ".author-name"):
        text = response.css(selector).xpath("normalize-space()").get()
        if text:
            return str(text)
    return _meta(response, "author") or None


def _description(response: TextResponse, graph: list[Thing], head: Head) -> str | None:
    """What the page shows below the title counts; its markup, where nothing is shown."""
    found = [
        head.description,
        *(str(node["description"]) for node in graph if node.get("description")),
        _meta(response, "og:description"),
        _meta(response, "description"),
    ]
    first = next((text for text in found if text and text.strip()), None)
    return None if first is None or NOTHING.match(first) or is_interface(first) else first


def _published(response: TextResponse, graph: list[Thing], head: Head) -> list[DateSeen]:
    found = [DateSeen("text", head.date)] if head.date else []
    dates = (str(node[n]) for node in graph for n in ("datePublished",) if node.get(n))
    found += [DateSeen("json-ld", raw) for raw in dates]
    found += [DateSeen("meta", raw) for raw in [_meta(response, "article:published_time")] if raw]
    times = response.css("time[itemprop=datePublished]::attr(datetime)").getall()
    return found + [DateSeen("time", raw) for raw in times if raw]


def _canonical(response: TextResponse) -> str | None:
    href = response.css("link[rel=canonical]::attr(href)").get()
    url = urljoin(response.url, href) if href else None
    # A page for all who are not logged in would name itself.
    return links.permalink(url) if url and links.native_id(url) else None


def _meta(response: TextResponse, name: str) -> str | None:
    path = f'//meta[@property="{name}" or @name="{name}"]/@content'
    value: str | None = response.xpath(path).get()
    return value.strip() if value and value.strip() else None


def _is_agent(node: Thing) -> bool:
    return not AGENTS.isdisjoint(types_of(node))
