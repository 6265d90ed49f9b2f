"""A content that a platform names is read whole, but for what nobody sees as content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate

from cleaning.page import parse_html, walk
from cleaning.page.model import Page
from cleaning.page.names import AREA_BITS
from cleaning.page.tags import HEADINGS
from cleaning.writing.model import Body, join_body
from cleaning.writing.plugins import is_plugin_box
from cleaning.writing.write import write_blocks

_HIDDEN, _CLOSED = AREA_BITS["hidden"], AREA_BITS["closed"]
# A form with so many characters is the frame of a page (ASP.NET, forums whose moderators tick
# posts), not a form to fill in; likewise one with most of the text.
_FRAME_CHARACTERS, _FRAME_SHARE = 1000, 0.5
# By these a button names what it opens, and is the title of it.
_OPENS = ("aria-controls", "data-target", "data-bs-target")
_ASIDE = AREA_BITS["nav"] | AREA_BITS["dialog"] | _HIDDEN
_TITLES = HEADINGS | {"summary", "dt"}
_FIELDS = frozenset({"option", "optgroup", "textarea", "select", "datalist"})


def read_fragment(html: str, base_url: str) -> Body:
    """Convert all of a content; what is content was decided by whoever named it.

    `html` is a fragment or a whole document. Relative addresses are resolved against `base_url`.
    Only what no reader sees is left out (`unseen`). Never raises for broken HTML. Beyond 2,048
    levels, where the parser gives up, only the text and its paragraphs remain.
    """
    # What opens a fragment is in the body, also a formula in a script.
    page = walk(parse_html(f"<body>{html}"), base_url)
    return join_body(write_blocks(page, range(len(page.blocks)), unseen(page)))


def unseen(page: Page) -> frozenset[int]:
    """Return the elements of a content that no reader sees as content, beside hidden ones.

    Those are form controls and forms, boxes that plugins add (share buttons, likes,
    related posts), and `noscript`, unless it holds most of the text: usually it repeats what a
    script draws.
    """
    return frozenset(_find_unseen(page, _Lengths(page)))


class _Lengths:
    """Numbers of characters in the elements of a page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._sums = list(accumulate((len(block.text) for block in page.blocks), initial=0))
        self.total = self._sums[-1]

    def of(self, element: int) -> int:
        return self._sums[self._page.last[element]] - self._sums[self._page.first[element]]


def _find_unseen(page: Page, lengths: _Lengths) -> Iterator[int]:
    copies: list[int] = []
    ids = {own["id"]: element for element, own in enumerate(page.attributes) if "id" in own}
    for element, (tag, attributes) in enumerate(zip(page.tags, page.attributes, strict=True)):
        if not element:
            continue
        if tag == "noscript":
            copies.append(element)
        is_out = tag in _FIELDS or bool(attributes and is_plugin_box(attributes))
        is_out = is_out or (tag == "button" and _is_control(page, element, ids))
        if is_out or (tag == "form" and _is_form(lengths, element)):
            yield element
    inside = sum(lengths.of(copy) for copy in copies if page.is_border[copy])
    if inside <= lengths.total - inside and lengths.total > inside:
        yield from (copy for copy in copies if page.is_border[copy] and lengths.of(copy))


def _is_control(page: Page, button: int, ids: Mapping[str, int]) -> bool:
    """Whether a button does something to the page; one in a sentence is a word of it, and one that
    opens a part of the content is its title."""
    if not page.is_border[button]:
        return False
    if any(page.tags[element] in _TITLES for element in page.around(button)):
        return False
    named = (page.attributes[button].get(name, "").lstrip("#") for name in _OPENS)
    opened = [ids[name] for name in named if name in ids]
    after = page.ends[button]
    if after < page.ends[page.parents[button]] and page.areas[after] & _CLOSED:
        opened.append(after)
    return all(page.areas[element] & _ASIDE for element in opened)


def _is_form(lengths: _Lengths, form: int) -> bool:
    inside = lengths.of(form)
    return inside <= _FRAME_CHARACTERS and inside <= _FRAME_SHARE * lengths.total
