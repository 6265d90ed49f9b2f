"""What a page's head and its JSON-LD say: title, dates, licence, what may be done with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml.html import HtmlElement
from scrapy.http import Response, TextResponse

from crawlers.items import DateSeen
from crawlers.platforms.jsonld import things, types_of
from crawlers.platforms.website.dates import marked_dates
from crawlers.platforms.website.kinds import ARTICLE_TYPES, DISCUSSION_TYPES
from crawlers.platforms.website.tree import text_in

SEPARATOR = re.compile(r"\s+[|–—·•:»-]\s+|\s*[|»]\s*")
DATE_IN_PATH = re.compile(r"/((?:19|20)\d{2})/(0?[1-9]|1[0-2])(?:/(0?[1-9]|[12]\d|3[01]))?/[^/]+")
PUBLISHED = (
    *("article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date"),
    *("dcterms.created", "citation_publication_date", "pubdate", "date"),
)
MODIFIED = (
    *("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified"),
    *("dc.date.modified", "last-modified"),
)
LICENCE_METAS = ("dc.rights.license", "dcterms.license", "dc.rights", "dcterms.rights")
ROBOTS = ("robots", "co-production-pipeline")


class Head:
    """The metas and JSON-LD of a page, read once."""

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = tree
        self.metas: dict[str, list[str]] = {}
        for meta in tree.iter("meta"):
            name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
            content = (meta.get("content") or "").strip()
            if name and content:
                self.metas.setdefault(name, []).append(content)
        self.graph = list(things(tree))
        self.main = _main_node(self.graph)

    def first(self, *names: str) -> str | None:
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    def said(self, name: str) -> str | None:
        """A plain value of the main thing in the JSON-LD."""
        value = self.main.get(name)
        return value if isinstance(value, str) and value.strip() else None

    def site_name(self) -> str | None:
        publisher = self.main.get("publisher")
        named = publisher.get("name") if isinstance(publisher, dict) else None
        return self.first("og:site_name") or (named if isinstance(named, str) else None)


def _main_node(graph: list[dict[str, Any]]) -> dict[str, Any]:
    """The node that the page is of: an article before a discussion before a page."""
    for types in (ARTICLE_TYPES, DISCUSSION_TYPES, {"WebPage"}):
        for node in graph:
            if not types.isdisjoint(types_of(node)):
                main = node.get("mainEntity")
                return main if "QAPage" in types_of(node) and isinstance(main, dict) else node
    return {}


def title_of(head: Head, site_names: Iterable[str | None]) -> str | None:
    """The heading that the page's own title repeats, else that title without the site's name."""
    names = {_key(n) for n in (*site_names, head.site_name()) if n}
    element = head.tree.find(".//title")
    raw = head.first("og:title") or (text_in_title(element) if element is not None else None)
    headings = [text for h1 in head.tree.iter("h1") if (text := text_in(h1))]
    for heading in headings:
        if raw and _key(heading) in _key(raw) and _key(heading) not in names:
            return heading
    shown = [heading for heading in headings if _key(heading) not in names]
    if len(shown) == 1:
        return shown[0]
    return without_site_name(raw, names) if raw else next(iter(shown), None)


def text_in_title(element: HtmlElement) -> str:
    return " ".join((element.text or "").split())


def without_site_name(title: str, names: set[str]) -> str:
    """A title without the name of the site before or behind it.

    >>> without_site_name("Soup for forty - The Hall", {"the hall"})
    'Soup for forty'
    """
    found = list(SEPARATOR.finditer(title))
    if found and _key(title[found[-1].end() :]) in names:
        return title[: found[-1].start()]
    if found and _key(title[: found[0].start()]) in names:
        return title[found[0].end() :]
    return title


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def published_dates(
    head: Head, hints: dict[str, str], url: str, places: list[HtmlElement]
) -> list[DateSeen]:
    """When the page was published, in the order of trust; `places` is its content without lists.

    A date counts only where something calls it one: in metas, JSON-LD, the feed, an element named
    for it, or the address. What the text mentions is not looked at.
    """
    found = [DateSeen("json-ld", d) for d in [head.said("datePublished")] if d]
    found += [DateSeen("meta", head.metas[name][0]) for name in PUBLISHED if name in head.metas]
    found += [DateSeen("feed", hints["published"])] if "published" in hints else []
    found += [d for d, is_change in marked_dates(places) if not is_change]
    match = DATE_IN_PATH.search(url)
    if match:
        found.append(DateSeen("url", "-".join(f"{int(p):02}" for p in match.groups() if p)))
    return found


def modified_dates(head: Head, hints: dict[str, str], places: list[HtmlElement]) -> list[DateSeen]:
    found = [DateSeen("json-ld", d) for d in [head.said("dateModified")] if d]
    found += [DateSeen("meta", head.metas[name][0]) for name in MODIFIED if name in head.metas]
    found += [d for d, is_change in marked_dates(places) if is_change]
    return found + ([DateSeen("feed", hints["modified"])] if "modified" in hints else [])


def licence_of(head: Head) -> str | None:
    """The licence that the page names, as an address where it gives one."""
    for element in head.tree.iter("a", "link"):
        if "license" in (element.get("rel") or "").lower().split() and element.get("href"):
            return str(element.get("href")).strip()
    return head.said("license") or head.first(*LICENCE_METAS)


def forbids(response: Response) -> set[str]:
    """The robots directives of a page, in its metas and its X-Robots-Tag headers."""
    said = [h.decode("latin-1") for h in response.headers.getlist("X-Robots-Tag")]
    if isinstance(response, TextResponse):
        metas = response.xpath("//meta[@name and @content]")
        said += [m.attrib["content"] for m in metas if m.attrib["name"].strip().lower() in ROBOTS]
    found = {word for line in said for word in re.findall(r"[a-z-]+", line.lower())}
    return found | ({"noindex", "nofollow"} if "none" in found else set())


def tdm_opt_out(response: Response, head: Head) -> bool | None:
    """Whether text and data mining is reserved (W3C TDM Reservation Protocol); None if unsaid."""
    header = response.headers.get("tdm-reservation")
    said = header.decode("latin-1") if header else head.first("tdm-reservation")
    return None if said is None else said.strip() == "1"
