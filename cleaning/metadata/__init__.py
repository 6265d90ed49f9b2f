"""Read what a page declares about itself: title, authors, dates, licence.

Nothing is taken from running text. A date counts as that of publication only where the page says
so: in JSON-LD, in a `meta` element, in microdata, in a `time` element, in the address, or in a
short line of its own that is named as a date or stands between the title and the text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from cleaning.metadata.authors import find_authors
from cleaning.metadata.elements import first
from cleaning.metadata.jsonld import read_entities
from cleaning.metadata.published import find_dates
from cleaning.metadata.titles import find_heading, find_title
from cleaning.text import read_line

__all__ = ["PageMetadata", "read_metadata"]

_LICENCE_METAS = ("dc.rights", "dcterms.rights", "dcterms.license", "copyright")
_LICENCE = re.compile(r"licen[cs]e|\bCC\b|OGL")
_LICENCE_ADDRESS = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/|/open-gov\w*-lic")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page declares; None or empty where it declares nothing.

    `published` and `modified` are as the page writes them, for `cleaning.dates.read_date`.
    `published_from` says where the date stands: "json-ld", "meta", "microdata", "time", "text"
    (a line of its own) or "url".
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_from: str | None = None
    modified: str | None = None
    publisher: str | None = None
    licence: str | None = None


def read_metadata(tree: HtmlElement, url: str) -> PageMetadata:
    """Return what the page `tree` at `url` says of itself; the tree is not changed."""
    metas = _read_metas(tree)
    main = next(iter(read_entities(tree)), None)
    title = find_title(tree, metas, None if main is None else main.headline)
    dates = find_dates(tree, metas, main, url, find_heading(tree, title))
    return PageMetadata(
        title=title,
        authors=find_authors(tree, metas, main),
        published=dates.published,
        published_from=dates.source,
        modified=dates.modified,
        publisher=read_line(metas.get("og:site_name")) or (main.publisher if main else None),
        licence=_find_licence(tree, metas),
    )


def _read_metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            name = meta.get(attribute)
            if name and content:
                metas.setdefault(name.strip().lower(), content)
    return metas


def _find_licence(tree: HtmlElement, metas: Mapping[str, str]) -> str | None:
    for link in tree.iter("a", "link"):
        address = link.get("href") or ""
        if link.get("rel") == "license" or _LICENCE_ADDRESS.search(address):
            return address or None
    declared = first(metas, _LICENCE_METAS)
    return declared if declared and _LICENCE.search(declared) else None
