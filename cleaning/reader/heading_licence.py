"""Find the licence under which a page stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaning.evidence.model import LICENCE, Evidence
from cleaning.page import Page
from cleaning.page.names import AREA_BITS

_ADDRESS = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/|/open-gov\w*-lic")
# What is said to be under a licence of its own inside a page.
_PART = re.compile(
    r"\b(?:photo\w*|image|picture|illustration|icon|figure|map|video|music|logo|graphic|bild|foto"
    r"|llun)s?\b",
    re.IGNORECASE,
)
_STRONG = 0.9


def find_licence(page: Page, evidence: Sequence[Evidence]) -> str | None:
    """Return the licence that the page names for itself, as an address where it gives one.

    A link to a known licence counts without being marked as that, unless it is said of a picture.
    """
    said = [one for one in evidence if one.says == LICENCE and one.value]
    marked = [one for one in said if one.weight >= _STRONG]
    order = {"rel": 0, "link": 1}
    for one in sorted(marked, key=lambda one: order.get(one.origin, 2)):
        return one.value
    linked = _linked(page)
    if linked is not None:
        return linked
    return said[0].value if said else None


def _linked(page: Page) -> str | None:
    for element in page.having("href"):
        address = page.attributes[element]["href"]
        if "licen" not in address and "creativecommons" not in address:
            continue
        is_known = page.tags[element] == "a" and _ADDRESS.search(address)
        if is_known and not _is_of_a_part(page, element):
            return address.strip()
    return None


def _is_of_a_part(page: Page, element: int) -> bool:
    blocks = page.inside(element)
    line = page.blocks[blocks[0]].text if blocks else ""
    return bool(page.areas[element] & AREA_BITS["figure"] or _PART.search(line[:300]))
