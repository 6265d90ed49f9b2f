"""Where on a page a statement stands: near the title, in the text, or in a part about others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from cleaning.bylines import is_person
from cleaning.lexicon import lexicon
from cleaning.page import Page
from cleaning.page.names import AREA_BITS, NAME_GROUPS
from cleaning.page.tags import HEADINGS

_BITS = {name: 1 << place for place, name in enumerate(NAME_GROUPS)}
_ASIDE_AREAS = AREA_BITS["nav"] | AREA_BITS["aside"] | AREA_BITS["dialog"]
_HIDDEN = AREA_BITS["hidden"] | AREA_BITS["noscript"]
_FOOTER, _FORM = AREA_BITS["footer"], AREA_BITS["form"]
_OF_OTHERS = _BITS["related"] | _BITS["comment"] | _BITS["cookie"] | _BITS["ad"]
_OF_OTHERS |= _BITS["newsletter"] | _BITS["popup"] | _BITS["pager"]
_COMMENT = _BITS["comment"]
_SIDE = _BITS["side"]
_FEWEST_TITLE_WORDS = 4


class Places:
    """The parts of a page around its title; `posts` are ranges of blocks that others wrote."""

    def __init__(self, page: Page, title: int | None, posts: Iterable[range] = ()) -> None:
        self.page = page
        self.title = title
        self.title_block = page.first[title] if title is not None else None
        self._posts = list(posts)
        self.heads = page.tagged(*HEADINGS)
        self._around_title = set(page.around(title)) if title is not None else {0}

    def is_of_others(self, element: int) -> bool:
        """Tell whether an element stands in a part that is named for other pages or people.

        What holds the title is never such a part, whatever its name.
        """
        bits, holder = self._names_around(element)
        areas = self.page.areas[element] & ~self.page.areas[holder]
        if self.is_thread:
            return bool(bits & _OF_OTHERS & ~_COMMENT)
        return bool(bits & _OF_OTHERS or areas & _FORM) or self._is_headed_for_others(element)

    def _is_headed_for_others(self, element: int) -> bool:
        """Tell whether the heading above an element, in its box, says "Related", "3 comments"."""
        place = bisect_left(self.heads, element) - 1
        if place < 0 or self.heads[place] in self._around_title:
            return False
        head = self.heads[place]
        box = self.page.parents[head]
        if box in self._around_title or not self.page.holds(box, element):
            return False
        text = self.page.text_of(head)
        return lexicon().is_phrase(text, "related", "recent", "comment", "leave")

    @cached_property
    def is_thread(self) -> bool:
        """Whether the text of the page stands in a post or a form itself, as in forums."""
        if self.text_starts >= len(self.page.blocks):
            return False
        element = self.page.blocks[self.text_starts].element
        bits, holder = self._names_around(element)
        areas = self.page.areas[element] & ~self.page.areas[holder]
        return bool(bits & _COMMENT or areas & _FORM)

    def is_beside(self, element: int) -> bool:
        """Tell whether an element stands in a menu, an aside or a dialog that lacks the title."""
        _, holder = self._names_around(element)
        return bool(self.page.areas[element] & ~self.page.areas[holder] & _ASIDE_AREAS)

    def _names_around(self, element: int) -> tuple[int, int]:
        """Return what names say below the first element that holds the title, and that element."""
        bits = 0
        for around in self.page.around(element):
            if around in self._around_title:
                return bits, around
            bits |= self.page.names[around]
        return bits, 0

    def is_aside(self, element: int) -> bool:
        """Tell whether an element stands beside the text: in a menu, a side column, a footer."""
        page = self.page
        bits, holder = self._names_around(element)
        areas = page.areas[element] & ~page.areas[holder]
        is_footer = areas & _FOOTER and not page.areas[holder] & AREA_BITS["article"]
        return bool(areas & (_ASIDE_AREAS | _HIDDEN) or is_footer or bits & _SIDE)

    def is_in_post(self, element: int) -> bool:
        """Tell whether an element stands in a post, comment or entry of somebody else."""
        block = self.page.first[element]
        return any(block in post for post in self._posts)

    def is_teaser(self, element: int) -> bool:
        """Tell whether an element stands in a box that is headed by a link to another page."""
        page = self.page
        for box in page.around(element):
            if box in self._around_title:
                return False
            place = bisect_left(self.heads, box)
            if place < len(self.heads) and self.heads[place] < page.ends[box]:
                head = self.heads[place]
                return page.tags[head] != "h1" and self._leads_away(head, page.tags[box])
        return False

    def _leads_away(self, head: int, box: str) -> bool:
        page = self.page
        inside = range(head + 1, page.ends[head])
        links = [e for e in (*inside, page.parents[head]) if page.tags[e] == "a"]
        addresses = [page.attributes[link].get("href", "#") for link in links]
        is_away = bool(addresses) and not any("#" in address for address in addresses)
        text = page.text_of(head)
        is_title = len(text.split()) >= _FEWEST_TITLE_WORDS
        return is_away and (is_title or (box in ("article", "li") and not is_person(text)))

    def distance(self, element: int) -> int | None:
        """Return how many blocks an element stands behind the title (before it: negative)."""
        if self.title_block is None:
            return None
        return self.page.first[element] - self.title_block

    @cached_property
    def text_starts(self) -> int:
        """The first block of running text behind the title."""
        start = (self.title_block or 0) + (self.title_block is not None)
        for block in self.page.blocks[start:]:
            if len(block.words) >= 25 and block.linked * 2 < len(block.text):
                return block.number
        return len(self.page.blocks)
