"""What microdata (`itemprop`), RDFa (`property`) and `rel` say of elements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaning.evidence.model import (
    AUTHOR,
    COMMENT,
    COMMENT_COUNT,
    CONTENT,
    ENTRY,
    KIND,
    LICENCE,
    MODIFIED,
    PUBLISHED,
    PUBLISHER,
    TITLE,
    Evidence,
)
from cleaning.page import Page

_ORIGIN = "microdata"
_SAYS = {
    "headline": TITLE,
    "name": TITLE,
    "author": AUTHOR,
    "creator": AUTHOR,
    "datepublished": PUBLISHED,
    "datecreated": PUBLISHED,
    "issued": PUBLISHED,
    "date": PUBLISHED,
    "created": PUBLISHED,
    "datemodified": MODIFIED,
    "modified": MODIFIED,
    "articlebody": CONTENT,
    "publisher": PUBLISHER,
    "license": LICENCE,
    "commentcount": COMMENT_COUNT,
    "comment": COMMENT,
    "blogpost": ENTRY,
    "itemlistelement": ENTRY,
}
_OF_COMMENTS = frozenset({"Comment", "UserComments", "Answer", "Review", "UserReview"})
_TEXTS = re.compile(r"\w*(?:Article|Posting|Report|Question|Recipe|HowTo|Work|Review)$|^$")
_PAGES = re.compile(r"\w*(?:Page|Blog)$")
_MOST = 400  # marks of one page; catalogues mark every price
_LONGEST = 300  # characters of a value


def of_microdata(page: Page) -> Iterator[Evidence]:
    """Yield what elements are marked as; what stands in a comment or another thing says little."""
    number = 0
    for element in page.having("itemtype", "itemprop", "property", "rel"):
        attributes = page.attributes[element]
        if "itemtype" in attributes and "itemprop" not in attributes:
            yield from _of_type(element, attributes["itemtype"])
        marks = attributes.get("itemprop") or attributes.get("property")
        if marks:
            number += 1
            if number > _MOST:
                return
            for mark in marks.split():
                yield from _of_mark(page, element, re.split(r"[:/]", mark)[-1].lower())
        elif "rel" in attributes:
            yield from _of_rel(page, element, attributes["rel"].lower().split())
    for parent, attributes in page.marks[:_MOST]:
        value = attributes.get("content") or attributes.get("href") or ""
        for mark in attributes["itemprop"].split():
            yield from _of_value(page, parent, _last(mark).lower(), value.strip()[:_LONGEST])


def _of_type(element: int, types: str) -> Iterator[Evidence]:
    for kind in (_last(kind) for kind in types.split()):
        says = COMMENT if kind in _OF_COMMENTS else KIND
        yield Evidence(says, _ORIGIN, 0.9, element, kind)


def _of_rel(page: Page, element: int, rels: list[str]) -> Iterator[Evidence]:
    if "author" in rels:
        yield Evidence(AUTHOR, "rel", 0.7, element, page.text_of(element)[:_LONGEST])
    if "license" in rels and page.attributes[element].get("href"):
        yield Evidence(LICENCE, "rel", 0.9, element, page.attributes[element]["href"].strip())


def _of_mark(page: Page, element: int, mark: str) -> Iterator[Evidence]:
    says = _SAYS.get(mark)
    weight = _weight(page, page.parents[element], mark) if says else 0.0
    if says in (CONTENT, COMMENT, ENTRY) and weight:
        yield Evidence(says, _ORIGIN, weight, element)
    elif says and weight:
        value = _value(page, element)
        kind = _last(page.attributes[element].get("itemtype", "")).lower()
        if value:
            yield Evidence(says, _ORIGIN, weight, element, value, kind if says == AUTHOR else "")


def _of_value(page: Page, parent: int, mark: str, value: str) -> Iterator[Evidence]:
    says = _SAYS.get(mark)
    weight = _weight(page, parent, mark) if says and value else 0.0
    if says and weight and says not in (CONTENT, COMMENT, ENTRY):
        yield Evidence(says, _ORIGIN, weight, parent, value)


def _weight(page: Page, parent: int, mark: str) -> float:
    owner = _owner(page, parent)
    if mark == "name" and not (owner and _TEXTS.match(owner)):
        return 0.0
    if owner in _OF_COMMENTS:
        return 0.1
    return 0.9 if _TEXTS.match(owner) else 0.6 if _PAGES.match(owner) else 0.2


def _owner(page: Page, parent: int) -> str:
    """Return the type of the thing around a property, "" where none is declared."""
    for around in page.around(parent):
        attributes = page.attributes[around]
        if "itemscope" in attributes or "typeof" in attributes:
            types = attributes.get("itemtype") or attributes.get("typeof") or ""
            return _last(types.split()[0]) if types.split() else ""
    return ""


def _last(kind: str) -> str:
    return re.split(r"[/#:]", kind.strip().rstrip("/"))[-1]


def _value(page: Page, element: int) -> str:
    """Return what a mark says: the name inside it, an attribute, or its text."""
    for inner in range(element + 1, page.ends[element]):
        if page.attributes[inner].get("itemprop", "").lower() == "name":
            return _stated(page, inner)
    return _stated(page, element)


def _stated(page: Page, element: int) -> str:
    attributes = page.attributes[element]
    stated = attributes.get("content") or attributes.get("datetime")
    return (stated or page.text_of(element)).strip()[:_LONGEST]
