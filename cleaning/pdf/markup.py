"""Blocks to HTML, and through `cleaning.writing` to text, Markdown and links.

So a PDF's tables, lists and escapes are written as those of a web page. Where a page begins is
marked with two private characters on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from cleaning.pdf.blocks import Block, Placed, PlacedTable
from cleaning.pdf.joints import Vocabulary
from cleaning.pdf.lines import Segment
from cleaning.pdf.words import Word
from cleaning.text import normalise_text
from cleaning.writing import Body, read_fragment

PAGE_MARK = "\ue0fe{}\ue0ff"
PAGE_MARKS = re.compile("\ue0fe(\\d+)\ue0ff")
PRIVATE = re.compile("[\ue000-\ue0fd\ue100-\uf8ff]+")
"""Glyphs of symbol fonts; without the font they say nothing."""
URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
URL_END = re.compile(r"(?<![.,;:!?)\]”’\"'])[.,;:!?)\]”’\"']++$")


def write_body(found: Sequence[Placed], vocabulary: Vocabulary, url: str) -> Body:
    """The blocks as text and Markdown; relative links count from `url`."""
    body = read_fragment("".join(_html(found, vocabulary)), url)
    markdown = PAGE_MARKS.sub(r'<a id="page-\1"></a>', body.markdown)
    text = normalise_text(PAGE_MARKS.sub("", body.text))
    return Body(text=text, markdown=markdown, links=body.links)


def _html(found: Sequence[Placed], vocabulary: Vocabulary) -> Iterator[str]:
    pages = _Pages()
    for is_list, run in groupby(found, key=lambda b: isinstance(b, Block) and b.kind == "item"):
        blocks = list(run)
        if is_list:
            items = [b for b in blocks if isinstance(b, Block)]
            yield pages.before(items[0].page)
            yield _list(items, vocabulary, pages)
            continue
        for block in blocks:
            yield pages.before(block.page)
            if isinstance(block, PlacedTable):
                yield _table(block, vocabulary)
            else:
                tag = f"h{block.level}" if block.kind == "heading" else "p"
                yield f"<{tag}>{_text(block, vocabulary, pages)}</{tag}>"


class _Pages:
    """Where pages begin: as a paragraph before a block, or inside of one that runs on."""

    def __init__(self) -> None:
        self.page = 0

    def before(self, page: int) -> str:
        marks = "".join(PAGE_MARK.format(n) for n in range(self.page + 1, page + 1))
        self.page = max(self.page, page)
        return f"<p>{marks}</p>" if marks else ""

    def inside(self, page: int) -> str:
        marks = "".join(PAGE_MARK.format(n) for n in range(self.page + 1, page + 1))
        self.page = max(self.page, page)
        return marks


def _list(items: list[Block], vocabulary: Vocabulary, pages: _Pages) -> str:
    """Nested lists; a deeper item belongs into the one before it."""
    parts: list[str] = []
    opened: list[str] = []  # the lists that an item stands in, by their tags
    for item in items:
        level = min(item.level, len(opened) + 1)
        tag = "ul" if item.number is None else "ol"
        while len(opened) > level or (len(opened) == level and opened[-1] != tag):
            parts.append(f"</li></{opened.pop()}>")
        parts.append("</li>" if len(opened) == level else "")
        while len(opened) < level:
            parts.append(f"<{tag}>")
            opened.append(tag)
        value = f' value="{item.number}"' if item.number is not None else ""
        parts.append(f"<li{value}>{pages.inside(item.page)}{_text(item, vocabulary, pages)}")
    return "".join(parts) + "".join(f"</li></{tag}>" for tag in reversed(opened))


def _table(placed: PlacedTable, vocabulary: Vocabulary) -> str:
    rows: list[str] = []
    for row in placed.table.rows:
        # The first row is the head: nothing is said by its being bold.
        cells = "".join(
            f"<td>{_lines(cell, set(), vocabulary, plain=not rows)}</td>" for cell in row
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _text(block: Block, vocabulary: Vocabulary, pages: _Pages) -> str:
    breaks = block.breaks if block.kind != "heading" else set[int]()
    starts = {place: page for place, page in block.turns.items() if page > pages.page}
    marks = {place: pages.inside(page) for place, page in sorted(starts.items())}
    return _lines(block.lines, breaks, vocabulary, marks, plain=block.kind == "heading")


def _lines(
    lines: Sequence[Segment],
    breaks: set[int],
    vocabulary: Vocabulary,
    marks: dict[int, str] | None = None,
    *,
    plain: bool = False,
) -> str:
    """The lines as one text. `marks` stand before the line with their number."""
    found: list[_Piece] = []
    for place, line in enumerate(lines):
        mark = (marks or {}).get(place, "")
        for number, word in enumerate(line.words):
            if found and number:
                found[-1].gap = "" if word.is_glued else " "
            elif found:
                text, gap = vocabulary.joint(found[-1].word, found[-1].text, word)
                found[-1].text, found[-1].gap = text, "<br>" if place - 1 in breaks else gap
            if found and not found[-1].gap and _look(found[-1].word) == _look(word):
                # One word, and perhaps one address, which no sign may cut.
                found[-1].text += (mark if number == 0 else "") + word.text
            else:
                found.append(_Piece(word, (mark if number == 0 else "") + word.text))
    return _runs(found, plain=plain)


@dataclass(slots=True)
class _Piece:
    """A word as it is written, and what stands between it and the next."""

    word: Word
    text: str
    gap: str = " "


def _runs(pieces: Iterable[_Piece], *, plain: bool) -> str:
    """Words of one look or one link together, so that no sign stands between them."""
    parts = []
    for (link, bold, italic), run in groupby(pieces, key=lambda p: _look(p.word, plain=plain)):
        found = list(run)
        inner = "".join(_word(piece.text, link) + piece.gap for piece in found[:-1])
        inner += _word(found[-1].text, link)
        inner = f"<em>{inner}</em>" if italic else inner
        inner = f"<strong>{inner}</strong>" if bold else inner
        inner = f'<a href="{escape(link)}">{inner}</a>' if link else inner
        parts += [inner, found[-1].gap]
    return "".join(parts[:-1])


def _look(word: Word, *, plain: bool = False) -> tuple[str | None, bool, bool]:
    return word.link, word.bold and not plain, word.italic and not plain


def _word(text: str, link: str | None) -> str:
    text = PRIVATE.sub("", text)
    if link:
        return escape(text, quote=False)
    return "".join(_linked(text))


def _linked(text: str) -> Iterator[str]:
    """A word in which a written address is a link."""
    at = 0
    for found in URL.finditer(text):
        address = URL_END.sub("", found[0])
        scheme = "mailto:" if "@" in address and "/" not in address else ""
        scheme = "http://" if address.lower().startswith("www.") else scheme
        yield escape(text[at : found.start()], quote=False)
        shown = escape(address, quote=False)
        yield f'<a href="{escape(scheme + address)}">{shown}</a>'
        at = found.start() + len(address)
    yield escape(text[at:], quote=False)
