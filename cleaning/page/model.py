"""The model of a page: elements as ranges of blocks, blocks as runs of text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from lxml.html import HtmlElement

Piece = tuple[str, int]
"""A text as the markup has it, and the number of the innermost element that it stands in.

An element without text that is seen (`br`, `img`, `iframe`, `math`, …) is a piece of its own: its
text is a blank ("\\n" for `br`, the letter for an emoji), and its number is its own."""


@dataclass(slots=True, eq=False)
class Block:
    """A run of text between two borders of blocks.

    `element` is the innermost block-level element around it. `text` has single blanks and
    normalised characters; it is empty where the block only holds pictures or other media.
    """

    number: int
    element: int
    pieces: list[Piece]
    text: str = ""
    linked: int = 0
    """Characters of `text` that are links."""
    words: list[str] = field(default_factory=list)
    """In lower case; each character of a script without blanks between words is one."""


@dataclass(slots=True)
class Head:
    """What the page says about itself; metas, links and scripts wherever they stand in the page."""

    title: str = ""
    language: str = ""
    base: str = ""
    metas: list[Mapping[str, str]] = field(default_factory=list)
    links: list[Mapping[str, str]] = field(default_factory=list)
    scripts: list[tuple[str, str]] = field(default_factory=list)
    """(type in lower case, text) of those that hold data: JSON, JSON-LD, TeX."""
    sources: list[str] = field(default_factory=list)
    """Addresses from which scripts are loaded."""

    def meta(self, *names: str) -> list[str]:
        """Return the contents of metas by name, property or itemprop, in the order of `names`."""
        wanted = [name.lower() for name in names]
        found: dict[str, list[str]] = {}
        for meta in self.metas:
            content = meta.get("content", "").strip()
            for key in ("property", "name", "itemprop"):
                name = meta.get(key, "").lower()
                if content and name in wanted:
                    found.setdefault(name, []).append(content)
                    break
        return [content for name in wanted for content in found.get(name, ())]


@dataclass(slots=True, eq=False)
class Page:
    """A page as all readers see it.

    Elements have numbers in the order of the page, 0 is the body. Element `e` holds the elements
    `e + 1` to `ends[e] - 1` and the blocks `first[e]` to `last[e] - 1` (an inline element the
    blocks that it stands in, whole or in part). `parents[0]` is 0. `areas` and `names_above` are
    sets of bits that hold for all within, `names` those of the element itself
    (`cleaning.page.names`). `nodes` are the elements of the tree, for selectors alone.
    """

    url: str
    head: Head
    tags: list[str] = field(default_factory=list)
    attributes: list[Mapping[str, str]] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    is_border: list[bool] = field(default_factory=list)
    """Whether an element stands on lines of its own."""
    areas: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    names_above: list[int] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    rules: list[int] = field(default_factory=list)
    """Numbers of the blocks before which a line is drawn (`hr`)."""
    nodes: list[HtmlElement] = field(default_factory=list)
    marks: list[tuple[int, Mapping[str, str]]] = field(default_factory=list)
    """(parent, attributes) of each `meta` and `link` of the body with an `itemprop`: microdata."""
    _numbers: dict[HtmlElement, int] = field(default_factory=dict)
    _tagged: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _having: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def select(self, selector: Callable[[HtmlElement], list[HtmlElement]]) -> list[int]:
        """Return the elements that a compiled selector (`lxml.cssselect.CSSSelector`) finds."""
        if not self._numbers:
            self._numbers = {node: number for number, node in enumerate(self.nodes)}
        found = (self._numbers.get(node) for node in selector(self.nodes[0].getroottree()))
        return sorted(number for number in found if number is not None)

    def tagged(self, *tags: str) -> Sequence[int]:
        """Return the elements of these names, in the order of the page."""
        if not self._tagged:
            for element, tag in enumerate(self.tags):
                self._tagged[tag].append(element)
        return _in_order(self._tagged.get(tag, ()) for tag in tags)

    def having(self, *names: str) -> Sequence[int]:
        """Return the elements that have any of these attributes, in the order of the page."""
        if not self._having:
            for element, attributes in enumerate(self.attributes):
                for name in attributes:
                    self._having[name].append(element)
        return _in_order(self._having.get(name, ()) for name in names)

    def around(self, element: int) -> Iterator[int]:
        """Yield an element and those around it, the innermost first, the body last."""
        while element:
            yield element
            element = self.parents[element]
        yield 0

    def holds(self, outer: int, inner: int) -> bool:
        """Tell whether `inner` is `outer` or stands in it."""
        return outer <= inner < self.ends[outer]

    def children(self, element: int) -> Iterator[int]:
        child = element + 1
        while child < self.ends[element]:
            yield child
            child = self.ends[child]

    def inside(self, element: int) -> range:
        """Return the blocks of an element."""
        return range(self.first[element], self.last[element])

    def text_of(self, element: int) -> str:
        """Return the words of an element in one line; of an inline one only its own."""
        if self.is_border[element]:
            return " ".join(b.text for b in self.blocks[self.first[element] : self.last[element]])
        pieces: list[str] = []
        for number in self.inside(element):
            own = [t for t, e in self.blocks[number].pieces if self.holds(element, e)]
            pieces.append("".join(own))
        return " ".join(" ".join(pieces).split())

    def class_of(self, element: int) -> Sequence[str]:
        return self.attributes[element].get("class", "").split()

    def signature(self, element: int) -> str:
        """Return the name and the first class by which like elements are told."""
        names = self.attributes[element].get("class", "")
        return f"{self.tags[element]}.{names.strip().partition(' ')[0]}"


def _in_order(groups: Iterable[Sequence[int]]) -> Sequence[int]:
    filled = [group for group in groups if group]
    return sorted({*chain.from_iterable(filled)}) if len(filled) > 1 else (filled or [()])[0]
