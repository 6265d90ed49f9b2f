"""Lists on a page: boxes of one sort that each head elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

import numpy as np
from numpy.typing import NDArray

from cleaning.evidence.model import ENTRY, Evidence
from cleaning.page import Page
from cleaning.page.names import NAME_GROUPS
from cleaning.page.tags import HEADINGS
from cleaning.reader.boxes import LONG_WORDS, Boxes, has_area
from cleaning.reader.entry_rows import title_column
from cleaning.reader.roles import find_controls
from cleaning.text import ends_cut
from cleaning.urls import host_of

FEWEST, FEWEST_HEADED = 4, 2
"""Entries of a list: of bare links on a page with a text, and of boxes each of which has a heading
that leads on, or of any on a page without a text."""
LONG_BOX, LONG_ENTRY = 90, 150
"""Words that an entry may have on average: of any element, and of those that are for entries."""
_OUTSIDE = ("nav", "header", "footer", "form", "dialog", "hidden")
_STRIPES = frozenset({"odd", "even", "alt", "alternate"})  # classes of every second row
_CARD = 1 << NAME_GROUPS.index("card")
_ENTRY_TAGS = ("article", "li")
_ALONE = 0.9  # of the characters of a line
_MOST_CHECKED = 2000  # boxes of one list whose links are looked at


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list says of a page: its address, absolute, its title and what stands beside that.

    `link` is the element that leads there, `blocks` are numbers of blocks of the page.
    `is_truncated` where the words end in a mark that something was cut.
    """

    element: int
    link: int
    blocks: tuple[int, ...]
    url: str
    title: str
    excerpt: str
    is_truncated: bool


def find_entries(
    boxes: Boxes, evidence: Sequence[Evidence] = (), taken: frozenset[int] = frozenset()
) -> list[list[Entry]]:
    """Return the lists of a page, outermost first. `taken` are blocks that are something else."""
    finder = _Finder(boxes, taken)
    declared = sorted({e.element for e in evidence if e.says == ENTRY and e.element is not None})
    groups = [finder.read(declared)] if declared else []
    held = [entry.element for group in groups for entry in group]
    for group in _candidates(boxes):
        if any(boxes.page.holds(h, group[0]) or boxes.page.holds(group[0], h) for h in held):
            continue
        entries = finder.read(group)
        if 2 * len(entries) < len(group):
            entries = finder.read_rows(group)
        if 2 * len(entries) >= len(group) and finder.is_list(entries):
            groups.append(entries)
            held += group
    return [group for group in groups if group] or finder.lone_entry()


def _candidates(boxes: Boxes) -> Iterator[list[int]]:
    """Yield the boxes of one sort that stand beside one another, in the order of the page."""
    page = boxes.page
    areas = np.array(page.areas, np.int64)
    is_open = np.array(page.is_border) & ~has_area(areas, *_OUTSIDE) & (boxes.last > boxes.first)
    found: dict[tuple[int, int | str], list[int]] = {}
    for element in np.flatnonzero(is_open).tolist():
        if element:
            is_stripe = page.attributes[element].get("class", "").partition(" ")[0] in _STRIPES
            sort = page.tags[element] if is_stripe else int(boxes.signature[element])
            found.setdefault((int(boxes.parents[element]), sort), []).append(element)
    yield from (group[:_MOST_CHECKED] for group in found.values() if len(group) > 1)


class _Finder:
    def __init__(self, boxes: Boxes, taken: frozenset[int]) -> None:
        self.boxes, self.page, self.taken = boxes, boxes.page, taken
        self.base = urljoin(self.page.url, self.page.head.base)
        self.own = urldefrag(self.page.url)[0].rstrip("/")
        self.words = boxes.total(boxes.counts)
        self.links = self.page.tagged("a")
        self.headings = self.page.tagged(*HEADINGS)
        areas = np.array(boxes.page.areas, np.int64)[boxes.element]
        self.running = boxes.is_long & ~has_area(areas, *_OUTSIDE)
        self.prose = boxes.total(self.running * boxes.counts)
        self.controls = frozenset(boxes.shown[find_controls(boxes)].tolist())
        self._addresses: dict[int, str | None] = {}

    def read(self, elements: Sequence[int]) -> list[Entry]:
        found = (self._entry(element) for element in elements)
        return [entry for entry in found if entry is not None]

    def read_rows(self, elements: Sequence[int]) -> list[Entry]:
        """Read rows with several links, of which one is the title; beside it are names, numbers.

        Where most hold running text they are posts or reviews of something.
        """
        links = {
            row: [e for e in self._inside(self.links, row) if self._leads_on(e)] for row in elements
        }
        texts = sum(self.prose[element] > 0 for element in elements)
        if sum(map(len, links.values())) < 2 * len(elements) or 2 * texts > len(elements):
            return []
        titles = title_column(self.page, links, self._address)
        found = (self._made(row, link, link, is_row=True) for row, link in titles.items())
        return [entry for entry in found if entry is not None]

    def lone_entry(self) -> list[list[Entry]]:
        """Return the only entry of a list, on a page that has no text besides.

        It has no siblings by which a list is known: it counts where it is marked up or named as
        one, and a heading below the page's own leads to another page of the site.
        """
        page, boxes = self.page, self.boxes
        named = (
            element
            for element in range(1, len(page.tags))
            if page.is_border[element]
            and (page.tags[element] in _ENTRY_TAGS or page.names[element] & _CARD)
            and self.words[element] <= LONG_ENTRY
            and self._inside(self.headings, element)
        )
        found = [e for element in named if (e := self._entry(element)) and self._is_headed(e)]
        inner = [
            e
            for e in found
            if not any(o is not e and page.holds(e.element, o.element) for o in found)
        ]
        if len(inner) != 1:
            return []
        inside = np.isin(boxes.shown, inner[0].blocks)
        return [] if (self.running & ~inside).any() else [inner]

    def _is_headed(self, entry: Entry) -> bool:
        """Tell whether a heading of a lower level leads to another page of the same site."""
        link = self._heading_link(entry.element)
        headings = self._inside(self.headings, entry.element)
        is_lower = any(self.page.tags[e] != "h1" for e in headings)
        hosts = {host_of(entry.url), host_of(self.page.url)}
        return link is not None and is_lower and len(hosts) == 1

    def is_list(self, entries: Sequence[Entry]) -> bool:
        """Tell whether they are a list; the sections of a text have headings with links too."""
        words = sum(self.words[entry.element] for entry in entries)
        text = self.prose[0] - sum(self.prose[entry.element] for entry in entries)
        headed = sum(
            self._heading_link(entry.element) is not None
            or (words < text and self._is_teaser(entry))
            for entry in entries
        )
        fewest = FEWEST if self.running.any() else FEWEST_HEADED
        if not (len(entries) >= fewest or len(entries) == headed >= FEWEST_HEADED):
            return False
        tag = self.page.tags[entries[0].element] if entries else ""
        longest = LONG_ENTRY if tag in _ENTRY_TAGS else LONG_BOX
        return bool(words <= longest * len(entries))

    def _is_teaser(self, entry: Entry) -> bool:
        """Tell whether a box that is named as a card has a heading, and a link below it.

        Beside a text that says more these are a list; a page of its own is made of such boxes too.
        """
        page, element = self.page, entry.element
        is_named = page.tags[element] in _ENTRY_TAGS or page.names[element] & _CARD
        has_heading = bool(self._inside(self.headings, element))
        return bool(is_named) and has_heading and leads_alone(page, entry.link)

    def _entry(self, element: int) -> Entry | None:
        link = self._heading_link(element)
        link = self._main_link(element) if link is None else link
        if link is None:
            return None
        heading = next(iter(self._inside(self.headings, element)), None)
        return self._made(element, link, link if heading is None else heading)

    def _made(self, element: int, link: int, titled: int, *, is_row: bool = False) -> Entry | None:
        """Make the entry whose title is in `titled`; of a row only running text is an excerpt."""
        url = self._address(link)
        inside = self.page.inside(element)
        blocks = [b for b in inside if b not in self.taken and b not in self.controls]
        if url is None or not blocks:
            return None
        shown = [self.page.blocks[b] for b in blocks if self.page.blocks[b].text]
        inside_link = [one for one in shown if self.page.holds(link, one.element)]
        is_card = len(inside_link) > 1  # the link is around all that it says
        title = inside_link[0].text if is_card and titled == link else self.page.text_of(titled)
        fewest = LONG_WORDS if is_row else 1
        rest = [
            b.text for b in shown if 2 * b.linked < len(b.text) or (is_card and b in inside_link)
        ]
        rest = [text for text in rest if text != title and text.count(" ") + 1 >= fewest]
        excerpt = " ".join(rest)
        is_cut = ends_cut(excerpt)
        return Entry(element, link, tuple(blocks), url, title or excerpt, excerpt, is_cut)

    def _inside(self, elements: Sequence[int], outer: int) -> Sequence[int]:
        """Return those of `elements`, which are in order, that are `outer` or stand in it."""
        start = bisect_left(elements, outer)
        return elements[start : bisect_left(elements, self.page.ends[outer], start)]

    def _links(self, element: int) -> list[int]:
        inside = [e for e in self._inside(self.links, element) if self._leads_on(e)]
        if inside:
            return inside
        parent = int(self.boxes.parents[element])
        above = (e for e in self.page.around(element) if e > parent)
        return [e for e in above if self._leads_on(e)]

    def _leads_on(self, element: int) -> bool:
        return self.page.tags[element] == "a" and self._address(element) is not None

    def _address(self, link: int) -> str | None:
        if link not in self._addresses:
            self._addresses[link] = self._read_address(link)
        return self._addresses[link]

    def _read_address(self, link: int) -> str | None:
        """Return the absolute address of a link that leads to another page."""
        href = self.page.attributes[link].get("href", "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
            return None
        try:
            url = urldefrag(urljoin(self.base, href))[0]
        except ValueError:
            return None
        return None if url.rstrip("/") == self.own else url

    def _heading_link(self, element: int) -> int | None:
        """Return the link of a heading inside: in it, or around it."""
        page = self.page
        for heading in self._inside(self.headings, element):
            inside = (e for e in self._inside(self.links, heading) if self._leads_on(e))
            around = (e for e in page.around(heading) if e >= element and self._leads_on(e))
            link = next(inside, next(around, None))
            if link is not None:
                return link
        return None

    def _main_link(self, element: int) -> int | None:
        """Return the only link of a box, or the one that is most of it."""
        links = self._links(element)
        named = [link for link in links if self.page.text_of(link)]
        if named and len({self._address(link) for link in links}) == 1:
            return named[0]
        words = self.words[element]
        return next((a for a in named if 2 * len(self.page.text_of(a).split()) >= words), None)


def leads_alone(page: Page, link: int) -> bool:
    """Tell whether a link is a line of its own, as titles and "Read more" are: in no sentence."""
    blocks = [page.blocks[number] for number in page.inside(link)]
    return all(one.linked >= _ALONE * len(one.text) for one in blocks)


def in_entries(boxes: Boxes, groups: Sequence[Sequence[Entry]]) -> NDArray[np.bool_]:
    """Tell which blocks stand in an entry."""
    numbers = {number for group in groups for entry in group for number in entry.blocks}
    return np.array([number in numbers for number in boxes.shown.tolist()], bool)
