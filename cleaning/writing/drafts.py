"""Blocks as they are written one after the other, with the signs of quotes and items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cleaning.writing.frames import Frames
from cleaning.writing.model import LIST, PARAGRAPH

Within = tuple[tuple[int, str], ...]


@dataclass(slots=True)
class Draft:
    """A block that is still being written: a list grows by its items."""

    kind: str
    texts: list[str]
    lines: list[str]
    links: list[int]
    within: Within = ()
    words: list[str] | None = None
    base: tuple[int, ...] = ()
    list: int = 0  # of the items, if this is a list


@dataclass(slots=True)
class Drafts:
    """All blocks so far. The first paragraph of an item carries its sign and joins the list, all
    else in it is a block of its own."""

    frames: Frames
    done: list[Draft] = field(default_factory=list)
    _opened: set[int] = field(default_factory=set)

    def add(
        self,
        kind: str,
        text: str,
        markdown: str,
        links: Sequence[int],
        path: tuple[int, ...],
        words: list[str] | None = None,
    ) -> None:
        if not path:
            self.done.append(Draft(kind, [text], [markdown], list(links), (), words))
            return
        first, rest, new = self._signs(path)
        lines = markdown.split("\n")
        marked = [first + lines[0]] + [rest + line if line else rest.rstrip() for line in lines[1:]]
        if not new:
            within = tuple((element, self._rest(element)) for element in path)
            self.done.append(Draft(kind, [text], ["\n".join(marked)], list(links), within, words))
            return
        place = path.index(new[0])
        base, here = path[:place], self.frames.list_of(new[0])
        is_line = kind == PARAGRAPH and all(map(self.frames.is_item, path[place:]))
        last = self.done[-1] if self.done else None
        if is_line and last and self._continues(last, path):
            last.texts.append(text)
            last.lines += marked
            last.links += links
            return
        within = tuple((element, self._rest(element)) for element in base)
        draft = Draft(LIST if is_line else kind, [text], ["\n".join(marked)], list(links), within)
        draft.base, draft.list = base, here
        self.done.append(draft)

    def _continues(self, last: Draft, path: tuple[int, ...]) -> bool:
        size = len(last.base)
        return (
            last.kind == LIST
            and path[:size] == last.base
            and len(path) > size
            and self.frames.list_of(path[size]) == last.list
        )

    def _signs(self, path: tuple[int, ...]) -> tuple[str, str, list[int]]:
        """Return what opens the first line and the others, and the items that open here."""
        first, rest, new = "", "", []
        for element in path:
            others = self._rest(element)
            is_new = self.frames.is_item(element) and element not in self._opened
            if is_new:
                self._opened.add(element)
                new.append(element)
            first += self.frames.sign(element) if is_new else others
            rest += others
        return first, rest, new

    def _rest(self, element: int) -> str:
        sign = self.frames.sign(element)
        return " " * len(sign) if self.frames.is_item(element) else sign
