"""Read what a page declares about itself: title, authors, dates, licence.

Nothing is taken from running text. A date counts as that of publication only where the page says
so: in JSON-LD, in a `meta` element, in microdata, in a `time` element, in the address, or in a
short line of its own that is named as a date or stands between the title and the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from cleaning.bylines import Author
from cleaning.metadata.authors import find_authors
from cleaning.metadata.jsonld import read_entities
from cleaning.metadata.licences import find_licence
from cleaning.metadata.published import find_dates
from cleaning.metadata.titles import find_heading, find_title
from cleaning.text import read_line

__all__ = ["PageMetadata", "read_metadata"]


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page declares; None or empty where it declares nothing.

    `published` and `modified` are as the page writes them, for `cleaning.dates.read_date`.
    `published_from` says where the date stands: "json-ld", "meta", "microdata", "time", "text"
    (a line of its own) or "url".
    """

    title: str | None = None
    authors: tuple[Author, ...] = ()
    published: str | None = None
    published_from: str | None = None
    modified: str | None = None
    publisher: str | None = None
    licence: str | None = None


def read_metadata(tree: HtmlElement, url: str, site_names: Iterable[str] = ()) -> PageMetadata:
    """Return what the page `tree` at `url` says of itself; the tree is not changed.

    `site_names` are what the site is known as besides what the page says: no part of a title.
    """
    said = _read_metas(tree)
    metas = {name: values[0] for name, values in said.items()}
    main = next(iter(read_entities(tree)), None)
    title = find_title(tree, metas, None if main is None else main.headline, site_names)
    dates = find_dates(tree, metas, main, url, find_heading(tree, title))
    return PageMetadata(
        title=title,
        authors=find_authors(tree, said, main),
        published=dates.published,
        published_from=dates.source,
        modified=dates.modified,
        publisher=read_line(metas.get("og:site_name")) or (main.publisher if main else None),
        licence=find_licence(tree, metas, main),
    )


def _read_metas(tree: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        names = {(meta.get(key) or "").strip().lower() for key in ("property", "name", "itemprop")}
        for name in names - {""} if content else ():
            metas.setdefault(name, []).append(content)
    return metas
