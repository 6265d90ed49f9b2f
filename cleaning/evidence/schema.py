"""What a page's JSON-LD says of it, as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from cleaning.evidence.jsonld import Found, Thing, names_of, read_things, text_of, types_of
from cleaning.evidence.model import (
    AUTHOR,
    COMMENT_COUNT,
    CONTENT,
    KIND,
    LICENCE,
    MODIFIED,
    PUBLISHED,
    PUBLISHER,
    TITLE,
    Evidence,
)
from cleaning.lexicon import fold
from cleaning.page import Page

_ORIGIN = "json-ld"
_TEXTS = re.compile(
    r"(?:\w*Article|\w*Posting|Report|Question|Recipe|HowTo|Review|Course|\w*Work|\w*Episode"
    r"|VideoObject|Book|Dataset|PresentationDigitalDocument|DigitalDocument|\w*Review)$"
)
_PAGES = re.compile(r"(?:\w*Page|WebSite)$")
_OF_TEXT, _OF_PAGE, _OF_OTHER = 0.9, 0.6, 0.15
_FIELDS = (
    (TITLE, ("headline", "name")),
    (PUBLISHED, ("datePublished", "dateCreated", "uploadDate")),
    (MODIFIED, ("dateModified",)),
    (LICENCE, ("license",)),
    (COMMENT_COUNT, ("commentCount",)),
    (CONTENT, ("articleBody",)),
)


def of_schema(page: Page) -> Iterator[Evidence]:
    """Yield what JSON-LD says: of texts most, of the page less, of other pages hardly anything."""
    found = read_things(page)
    known = {str(one.thing["@id"]): one.thing for one in found if _is_named(one.thing)}
    weights = [_weight(one, page) for one in found]
    # Where one text is headed as the page is, the others are of other pages.
    titled = [
        w == _OF_TEXT and _is_title(one.thing, page) for one, w in zip(found, weights, strict=True)
    ]
    for one, weight, is_titled in zip(found, weights, titled, strict=True):
        if any(titled) and weight == _OF_TEXT and not is_titled:
            yield from _of_thing(one.thing, _OF_OTHER, known)
        elif weight:
            yield from _of_thing(one.thing, weight, known)


def _is_title(thing: Thing, page: Page) -> bool:
    line = fold(text_of([thing.get("headline"), thing.get("name")]) or "")
    said = [fold(page.head.title), *map(fold, page.head.meta("og:title"))]
    return bool(line) and any(title and (line in title or title in line) for title in said)


def _is_named(thing: Thing) -> bool:
    return "@id" in thing and ("name" in thing or "familyName" in thing)


def _weight(found: Found, page: Page) -> float:
    types = types_of(found.thing)
    is_text = any(map(_TEXTS.match, types))
    is_page = any(_PAGES.match(kind) and kind != "WebSite" for kind in types)
    if not (is_text or is_page):
        return 0.0
    if found.is_of_another or _is_elsewhere(found.thing, page):
        return _OF_OTHER
    return _OF_TEXT if is_text else _OF_PAGE


def _is_elsewhere(thing: Thing, page: Page) -> bool:
    """Tell whether the thing says of itself that it stands at another address than the page."""
    own = {_path(page.url), *(_path(link.get("href", "")) for link in _canonical(page))} - {""}
    names = ("url", "mainEntityOfPage", "@id")
    paths = {_path(text_of(thing.get(name)) or "") for name in names} - {""}
    return bool(own and paths) and own.isdisjoint(paths)


def _canonical(page: Page) -> Iterator[dict[str, str]]:
    for link in page.head.links:
        if link.get("rel", "").lower() == "canonical":
            yield dict(link)


def _path(url: str) -> str:
    """Return the path of an address by which pages of one site are told apart, "" for the front."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    path = parts.path.rstrip("/") if parts.scheme in ("http", "https") or url[:1] == "/" else ""
    return f"{path}?{parts.query}" if path and parts.query else path


def _of_thing(thing: Thing, weight: float, known: dict[str, Thing]) -> Iterator[Evidence]:
    for says, names in _FIELDS:
        value = text_of([thing.get(name) for name in names])
        if value:
            yield Evidence(says, _ORIGIN, weight, value=value)
    for name, kind in names_of(thing.get("author") or thing.get("creator"), known):
        yield Evidence(AUTHOR, _ORIGIN, weight, value=name, detail=kind)
    for name, _ in list(names_of(thing.get("publisher"), known))[:1]:
        yield Evidence(PUBLISHER, _ORIGIN, weight, value=name)
    for kind in types_of(thing):
        yield Evidence(KIND, _ORIGIN, weight, value=kind)
