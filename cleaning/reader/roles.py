"""One role for each block of a page: what it is, or which sort of boilerplate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cleaning.page.names import AREA_BITS, NAME_GROUPS
from cleaning.reader.boxes import Boxes
from cleaning.reader.wording import CONTROL_WORDS

CONTENT, POST, COMMENT, ENTRY = "content", "post", "comment", "entry"
TITLE, BYLINE, COPY = "title", "byline", "copy"
"""A block that says what another one says already is a copy."""
POST_FRAME, COMMENT_FRAME = "post frame", "comment frame"
"""What stands around the words of a post or comment: names, dates, buttons, profiles, forms."""
SPOKEN = frozenset({CONTENT, POST, COMMENT, ENTRY, TITLE, BYLINE})
"""Roles of words that reach a reader of the data; all others are sorts of boilerplate."""

_AREA_SORTS = {
    "hidden": "hidden",
    "noscript": "hidden",
    "dialog": "dialog",
    "nav": "navigation",
    "footer": "footer",
    "header": "header",
    "form": "form",
}
_NAME_SORTS = {
    "cookie": "consent",
    "nav": "navigation",
    "pager": "navigation",
    "toc": "navigation",
    "footer": "footer",
    "header": "header",
    "share": "share",
    "related": "related",
    "newsletter": "form",
    "form": "form",
    "popup": "dialog",
    "ad": "advertisement",
    "side": "sidebar",
    "card": "related",
    "tags": "tags",
    "meta": "details",
    "author": "details",
}
CONTROL, OTHER = "control", "other"
BOILERPLATE = frozenset(
    {*_AREA_SORTS.values(), *_NAME_SORTS.values(), CONTROL, OTHER, COPY, POST_FRAME, COMMENT_FRAME}
)
_LONGEST_CONTROL = 4  # words
_LINKED = 0.9  # of the characters of a link
_MOST_RUNNING = 0.75  # of the running text, in one cell
_MOSTLY_LINKED = 0.6  # of the characters of a cell
_CLICKED = AREA_BITS["button"] | AREA_BITS["a"]


def find_controls(boxes: Boxes) -> NDArray[np.bool_]:
    """Tell which blocks are links or buttons that say nothing but "Sign up" or "Read more"."""
    areas = boxes.page.areas
    found = [
        0 < len(block.words) <= _LONGEST_CONTROL
        and CONTROL_WORDS.issuperset(block.words)
        and (linked >= _LINKED or bool(areas[block.element] & _CLICKED))
        for block, linked in zip(boxes.blocks, boxes.links.tolist(), strict=True)
    ]
    return np.array(found, bool)


def find_hidden(boxes: Boxes) -> NDArray[np.bool_]:
    """Tell which blocks nobody sees, which are no content, whatever they say."""
    areas, hidden = boxes.page.areas, AREA_BITS["hidden"]
    return np.array([areas[block.element] & hidden > 0 for block in boxes.blocks], bool)


def find_side_cells(boxes: Boxes) -> NDArray[np.bool_]:
    """Tell which blocks are the links of cells beside the one that holds the page's running text.

    Such a table only places things: its other cells are what menus and banners are elsewhere.
    """
    cells = boxes.page.tagged("td", "th")
    running = boxes.total(np.where(boxes.is_long, boxes.sizes, 0))
    holders = [e for e in cells if running[e] >= _MOST_RUNNING * running[0] > 0]
    found = np.zeros(boxes.number, bool)
    if not holders:
        return found
    lengths, linked = boxes.total(boxes.lengths), boxes.total(boxes.linked)
    for cell in cells:
        if not running[cell] and linked[cell] > _MOSTLY_LINKED * lengths[cell]:
            found[boxes.first[cell] : boxes.last[cell]] = True
    found[boxes.first[holders[-1]] : boxes.last[holders[-1]]] = False
    return found


def sort_of(boxes: Boxes, place: int) -> str:
    """Return the sort of boilerplate that a block is, by what it stands in."""
    page, element = boxes.page, int(boxes.element[place])
    areas, names = page.areas[element], page.names_above[element]
    for area, sort in _AREA_SORTS.items():
        if areas & AREA_BITS[area]:
            return sort
    for group, sort in _NAME_SORTS.items():
        if names & 1 << NAME_GROUPS.index(group):
            return sort
    return OTHER


def assign(
    boxes: Boxes,
    claims: Sequence[tuple[str, NDArray[np.bool_]]],
    controls: NDArray[np.bool_],
) -> list[str]:
    """Return the role of each block with text; the first claim to a block holds.

    `claims` are roles and the blocks that they claim. What nobody claims is boilerplate.
    """
    roles = [""] * boxes.number
    for role, claimed in claims:
        for place in np.flatnonzero(claimed).tolist():
            roles[place] = roles[place] or role
    return [
        role or (CONTROL if controls[place] else sort_of(boxes, place))
        for place, role in enumerate(roles)
    ]


def count_words(boxes: Boxes, roles: Sequence[str]) -> Mapping[str, int]:
    """Return how many words of the page have each role."""
    found: dict[str, int] = {}
    for role, words in zip(roles, boxes.counts.astype(int).tolist(), strict=True):
        found[role] = found.get(role, 0) + words
    return found
