"""The markup of platforms: which one a page is of, and what its elements are there.

All that is known of a platform stands in `platforms.toml`; adding markup is adding rows.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml.cssselect import CSSSelector

from cleaning.evidence.model import (
    AUTHOR,
    COMMENT_COUNT,
    LICENCE,
    MODIFIED,
    PUBLISHED,
    PUBLISHER,
    SAYS,
    TITLE,
    Evidence,
)
from cleaning.page import Page

_FILE = Path(__file__).with_name("platforms.toml")
# What has a value; of all else the element is what counts.
_VALUED = frozenset({TITLE, AUTHOR, PUBLISHED, MODIFIED, PUBLISHER, LICENCE, COMMENT_COUNT})
_NAME = re.compile(r"[.#]([\w-]+)")
_LONGEST = 300  # characters of a value


@dataclass(frozen=True, slots=True)
class Row:
    """A selector, what its elements are, and the classes and ids that a page must have for it."""

    says: str
    selector: str
    weight: float
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Platform:
    name: str
    know: Mapping[str, Sequence[str]]
    rows: tuple[Row, ...]


@lru_cache(maxsize=1)
def platforms() -> tuple[Platform, ...]:
    """Return the tables of `platforms.toml` in their order."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Platform(name, table["know"], tuple(_rows(table["rows"]))) for name, table in tables.items()
    )


def _rows(rows: Mapping[str, Sequence[tuple[str, float]]]) -> Iterator[Row]:
    for says, selectors in rows.items():
        if says not in SAYS:
            raise ValueError(f"platforms.toml: {says!r} is nothing that evidence says")
        for selector, weight in selectors:
            plain = re.sub(r":not\([^()]*+\)", "", selector)
            yield Row(says, selector, weight, frozenset(_NAME.findall(plain)))


@lru_cache(maxsize=1024)
def compiled(selector: str) -> CSSSelector:
    """Return a selector ready for use; one that is no CSS raises `SelectorSyntaxError`."""
    return CSSSelector(selector)


def known_platforms(page: Page, names: frozenset[str]) -> list[Platform]:
    """Return the platforms of a page, of which `names` are all classes and ids."""
    signs: Mapping[str, Collection[str]] = {
        "generator": tuple(page.head.meta("generator")),
        "body": frozenset([*page.class_of(0), *_root(page).get("class", "").split()]),
        "attribute": frozenset(_root(page)) | frozenset(page.attributes[0]),
        "script": (_addresses(page),),
    }
    return [platform for platform in platforms() if _is_of(platform, signs, names)]


def _is_of(platform: Platform, signs: Mapping[str, Collection[str]], names: frozenset[str]) -> bool:
    know = platform.know
    return (
        not names.isdisjoint(know.get("class", ()))
        or any(name in signs["body"] for name in know.get("body", ()))
        or any(name in signs["attribute"] for name in know.get("attribute", ()))
        or any(
            said.startswith(tuple(know.get("generator", ()) or "\0")) for said in signs["generator"]
        )
        or any(part in text for part in know.get("script", ()) for text in signs["script"])
    )


def _root(page: Page) -> Mapping[str, str]:
    parent = page.nodes[0].getparent()
    return {} if parent is None else dict(parent.items())


def _addresses(page: Page) -> str:
    """Return the addresses from which a page loads its parts, in one text."""
    links = [link.get("href", "") for link in page.head.links]
    pictures = [page.attributes[e]["src"] for e in page.having("src")[:200]]
    return "\n".join([*links, *page.head.sources, *pictures])


def all_names(page: Page) -> frozenset[str]:
    """Return all classes and ids of a page, those of its root included."""
    found = set(_root(page).get("class", "").split())
    for names in {page.attributes[element]["class"] for element in page.having("class")}:
        found.update(names.split())
    return frozenset(found.union(page.attributes[element]["id"] for element in page.having("id")))


def of_platforms(page: Page) -> Iterator[Evidence]:
    """Yield what the elements of a page are by the markup of its platform."""
    names = all_names(page)
    for platform in known_platforms(page, names):
        for row in platform.rows:
            if row.needs <= names:
                yield from of_row(page, row, platform.name)


def of_row(page: Page, row: Row, origin: str) -> Iterator[Evidence]:
    for element in page.select(compiled(row.selector)):
        value = _value(page, element) if row.says in _VALUED else None
        if value != "":
            yield Evidence(row.says, origin, row.weight, element, value)


def of_selectors(page: Page, selectors: Mapping[str, str]) -> Iterator[Evidence]:
    """Yield what a source's own selectors say; keys are of `SAYS`, values CSS selectors."""
    for says, selector in selectors.items():
        yield from of_row(page, Row(says, selector, 1.0, frozenset()), "selector")


def _value(page: Page, element: int) -> str:
    attributes = page.attributes[element]
    stated = attributes.get("datetime") or attributes.get("content") or ""
    if not stated and page.tags[element] == "abbr":
        stated = attributes.get("title", "")
    return (stated or page.text_of(element)).strip()[:_LONGEST]
