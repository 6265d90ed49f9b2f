"""What stands around a block: the unit that is written as one, and the quotes and items."""

from __future__ import annotations

from dataclasses import dataclass

from cleaning.page.model import Page
from cleaning.page.names import AREA_BITS
from cleaning.page.tags import HEADINGS
from cleaning.writing.model import CAPTION, CODE, HEADING, PARAGRAPH, SUMMARY, TABLE, TERM
from cleaning.writing.tables import is_data_table, listing_of

_CODE_TAGS = frozenset({"pre", "xmp", "listing", "plaintext"})
_PRE = AREA_BITS["pre"]
LISTS = frozenset({"ul", "ol", "menu", "dir"})
_LONGEST_HEADING = 400
"""Words; a heading that nobody closed may hold the whole page."""
_DEEPEST = 20
"""Of quotes and items in each other; what is nested deeper stands there too."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a block stands. All blocks of one `unit` (the number of its element, 0 for none) are
    written as one; `path` are the elements of the quotes and items around, the outermost first."""

    unit: int = 0
    kind: str = PARAGRAPH
    path: tuple[int, ...] = ()


class Frames:
    """The frames of a page's elements, and the signs of its quotes and items.

    What stands around `root` counts for nothing: a post is no item of the list of posts.
    """

    def __init__(self, page: Page, root: int = 0) -> None:
        self.page = page
        self.listings: dict[int, list[int]] = {}  # table of code: the cells that hold it
        self._frames: dict[int, Frame] = {0: Frame(), root: Frame()}
        self._numbers: dict[int, int] = {}
        self._items: dict[int, int] = {}  # a list in a list: the item that it belongs to

    def of(self, element: int) -> Frame:
        waiting = []
        while element not in self._frames:
            waiting.append(element)
            element = self.page.parents[element]
        frame = self._frames[element]
        for number in reversed(waiting):
            frame = self._frames[number] = self._derive(number, frame)
        return frame

    def _derive(self, element: int, above: Frame) -> Frame:
        tag = self.page.tags[element]
        if above.unit:
            is_caption = tag == "caption" and above.kind == TABLE
            return Frame(0, CAPTION, above.path) if is_caption else above
        unit = self._unit(element, tag)
        if unit:
            return Frame(element, unit, above.path)
        if tag in ("li", "blockquote"):
            path = (*above.path, element) if len(above.path) < _DEEPEST else above.path
            return Frame(0, PARAGRAPH, path)
        if tag in LISTS:
            item = self._item_before(element)
            if item and item not in above.path and len(above.path) < _DEEPEST:
                return Frame(0, PARAGRAPH, (*above.path, item))
        kind = {"dt": TERM, "figcaption": CAPTION, "caption": CAPTION}.get(tag)
        return Frame(0, kind, above.path) if kind else above

    def _unit(self, element: int, tag: str) -> str:
        page = self.page
        if tag in _CODE_TAGS or (page.is_border[element] and page.areas[element] & _PRE):
            return CODE
        if tag == "summary":
            return SUMMARY
        if tag in HEADINGS or page.attributes[element].get("role") == "heading":
            words = sum(len(page.blocks[number].words) for number in page.inside(element))
            return HEADING if words <= _LONGEST_HEADING else ""
        if tag == "table":
            cells = listing_of(page, element)
            if cells:
                self.listings[element] = cells
                return CODE
            return TABLE if is_data_table(page, element) else ""
        return ""

    def level(self, heading: int) -> int:
        """Return the level of a heading, 1 to 6."""
        level = self.page.attributes[heading].get("aria-level", "2")
        stated = int(level) if level in "123456" and level else 2
        tag = self.page.tags[heading]
        return int(tag[1]) if tag in HEADINGS else stated

    def is_item(self, element: int) -> bool:
        return self.page.tags[element] == "li"

    def list_of(self, item: int) -> int:
        return self.page.parents[item]

    def sign(self, element: int) -> str:
        """Return what opens the lines of a quote, or the first line of an item."""
        page = self.page
        if page.tags[element] == "blockquote":
            return "> "
        parent = page.parents[element]
        if page.tags[parent] != "ol":
            return "- "
        if element not in self._numbers:
            self._number(parent)
        return f"{self._numbers[element]}. "

    def _number(self, ordered: int) -> None:
        """Number the items of a list as a browser does (HTML Standard, 4.4.8 "The li element")."""
        page = self.page
        items = [child for child in page.children(ordered) if page.tags[child] == "li"]
        attributes = page.attributes[ordered]
        step = -1 if "reversed" in attributes else 1
        number = _integer(attributes.get("start"))
        number = (len(items) if step < 0 else 1) if number is None else number
        for item in items:
            stated = _integer(page.attributes[item].get("value"))
            number = number if stated is None else stated
            self._numbers[item] = max(0, number)  # CommonMark knows no negative ones
            number += step

    def _item_before(self, element: int) -> int:
        """Return the item that a list beside it belongs to, 0 if there is none."""
        parent = self.page.parents[element]
        if self.page.tags[parent] not in LISTS:
            return 0
        if element not in self._items:
            item = 0
            for child in self.page.children(parent):
                tag = self.page.tags[child]
                item = child if tag == "li" else item
                if tag in LISTS:
                    self._items[child] = item
        return self._items[element]


def _integer(value: str | None) -> int | None:
    value = (value or "").strip()
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9):
        return None
    return int(value)
