"""Bring a fragment into the few kinds of blocks that `cleaning.markup` writes."""

import re
from collections.abc import Iterable
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HtmlElement

from cleaning.text import BLOCK_TAGS, normalise_characters

# Names of our own for what HTML has no element for.
PARAGRAPH_BREAK = "paragraphbreak"
ADDRESS_LINE = "addressline"
_NOTHING = "wbr"

_KEPT_BLOCKS = frozenset(
    {
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre"),
        *("hr", "table", "thead", "tbody", "tfoot", "tr", "td", "th"),
    }
)
_KEPT_INLINE = frozenset(
    {"a", "strong", "em", "del", "code", "kbd", "samp", "q", "br", "wbr", "img", ADDRESS_LINE}
)
_ONE_NAME = {"b": "strong", "i": "em", "strike": "del", "s": "del", "tt": "code"}
_BLANKS = re.compile(r"[ \n]+")
_MEDIA = ("iframe", "embed", "object", "video", "audio")
_EMOJI_CLASSES = frozenset({"emoji", "wp-smiley"})
_SECTIONS = ("thead", "tbody", "tfoot")
# Wider or longer spans are no real table; and the cells would be filled one by one.
_MAX_SPAN = 50


def shape_blocks(tree: HtmlElement, base_url: str) -> None:
    """Rewrite `tree` in place into paragraphs, headings, lists, tables, quotes, code and lines.

    Media become lines with the address they show, layout tables become plain blocks, lists are
    numbered and nested properly, runs of `<br>` become borders of paragraphs, and blanks are
    collapsed as a browser does, across inline elements.
    """
    _write_links(tree, base_url)
    _write_media(tree, base_url)
    _write_images(tree, base_url)
    _shape_tables(tree)
    for element in list(tree.iter()):
        element.tag = _tag_for(element)
    _shape_lists(tree)
    _join_emphasis(tree)
    _collapse_blanks(tree)


def _absolute(url: str | None, base_url: str) -> str | None:
    """Return `url` as an absolute http(s) or mailto address, or None for any other kind."""
    if url is None or not url.strip() or url.strip().startswith("#"):
        return None
    try:
        joined = urljoin(base_url, re.sub(r"[\t\r\n]", "", url.strip()))
    except ValueError:  # "http://[": nothing that anyone could follow
        return None
    is_known = re.match(r"(?:https?://|mailto:)[^\s]", joined, re.IGNORECASE)
    return joined.replace(" ", "%20") if is_known else None


def _tag_for(element: HtmlElement) -> str:
    tag = str(element.tag).lower()
    tag = _ONE_NAME.get(tag, tag)
    if tag in BLOCK_TAGS:
        return tag if tag in _KEPT_BLOCKS else "div"
    return tag if tag in _KEPT_INLINE else "span"


def _write_links(tree: HtmlElement, base_url: str) -> None:
    for link in tree.iter("a"):
        address = _absolute(link.attrib.pop("href", None), base_url)
        if address is not None:
            link.set("href", address)


def _write_media(tree: HtmlElement, base_url: str) -> None:
    outside = (link for link in tree.iter("a") if next(link.iterancestors(*_MEDIA), None) is None)
    linked = {link.get("href") for link in outside}
    for media in list(tree.iterdescendants(*_MEDIA)):
        address = _absolute(_media_address(media), base_url)
        # A PDF block names its file as object, link and button; an embedded post repeats its link.
        is_repeated = address in linked or "wp-embedded-content" in media.get("class", "")
        media.clear(keep_tail=True)
        media.tag = ADDRESS_LINE
        media.text = None if is_repeated else address
        linked.add(address)


def _media_address(media: HtmlElement) -> str | None:
    named = ("data-src", "data-lazy-src", "src", "data")
    own = [media.get(name) for name in named]
    links = [link.get("href") for link in media.iterdescendants("a")]
    inner = [source.get("src") for source in media.iterdescendants("source", "embed", "iframe")]
    # WordPress counts its players in the source ("?_=1"); the link inside has the plain address.
    return next((address for address in (*own, *links, *inner) if address), None)


def _write_images(tree: HtmlElement, base_url: str) -> None:
    for image in list(tree.iterdescendants("img")):
        alt = _BLANKS.sub(" ", normalise_characters(image.get("alt", ""))).strip()
        sources = (image.get("data-src"), image.get("data-lazy-src"), image.get("src"))
        source = next((url for url in (_absolute(s, base_url) for s in sources) if url), None)
        is_letter = not _EMOJI_CLASSES.isdisjoint(image.get("class", "").split())
        image.clear(keep_tail=True)
        if is_letter:
            image.tag, image.text = "span", alt
            continue
        image.tail = " " + (image.tail or "")  # words on both sides of a picture are two words
        if alt and source:
            image.set("alt", alt)
            image.set("src", source)
        else:
            image.tag = _NOTHING


def _shape_tables(tree: HtmlElement) -> None:
    for table in list(tree.iter("table")):
        rows = _rows(table)
        if _is_layout(table, rows):
            _retag((table, *table.iterchildren(*_SECTIONS), *rows), "div")
            _retag((cell for row in rows for cell in _cells(row)), "div")
        else:
            _fill_spans(rows)
            for caption in table.findall("caption"):
                table.addprevious(caption)
    for row in tree.iter("tr"):
        if row.getparent() is None or row.getparent().tag not in ("table", *_SECTIONS):
            row.tag = "div"
    for cell in tree.iter("td", "th"):
        if cell.getparent() is None or cell.getparent().tag != "tr":
            cell.tag = "div"


def _rows(table: HtmlElement) -> list[HtmlElement]:
    sections = [table, *table.iterchildren(*_SECTIONS)]
    return [row for section in sections for row in section.iterchildren("tr")]


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return list(row.iterchildren("td", "th"))


def _is_layout(table: HtmlElement, rows: list[HtmlElement]) -> bool:
    return (
        table.find(".//table") is not None
        or table.get("role") in ("presentation", "none")
        or "tr-caption-container" in table.get("class", "")  # Blogger's picture with caption
        or all(len(_cells(row)) < 2 for row in rows)
    )


def _retag(elements: Iterable[HtmlElement], tag: str) -> None:
    for element in elements:
        element.tag = tag


def _fill_spans(rows: list[HtmlElement]) -> None:
    """Put blank cells where a cell spans columns or rows: what is blank on the page stays blank."""
    open_columns: dict[int, int] = {}
    for row in rows:
        column, spans = 0, dict(open_columns)
        open_columns = {place: left - 1 for place, left in spans.items() if left > 1}
        for cell in _cells(row):
            while column in spans:
                cell.addprevious(cell.makeelement("td"))
                column += 1
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for _ in range(width - 1):
                cell.addnext(cell.makeelement("td"))
            if height > 1:
                open_columns.update(dict.fromkeys(range(column, column + width), height - 1))
            column += width


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name, "1").strip()
    return max(1, min(_MAX_SPAN, int(value))) if value.isascii() and value.isdigit() else 1


def _shape_lists(tree: HtmlElement) -> None:
    for inner in list(tree.iter("ul", "ol")):
        before = inner.getprevious()
        if inner.getparent() is None or inner.getparent().tag not in ("ul", "ol"):
            continue
        if before is not None and before.tag == "li":  # a list beside the item that it belongs to
            inner.tail, before.tail = None, inner.tail
            before.append(inner)
    for ordered in tree.iter("ol"):
        start = ordered.get("start", "1")
        number = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1
        for place, item in enumerate(ordered.iterchildren("li")):
            item.set("value", str(number + place))


def _join_emphasis(tree: HtmlElement) -> None:
    """Make one of neighbours: "<b>Hel</b><b>lo</b>" would be "**Hel****lo**" in Markdown."""
    for first in list(tree.iter("strong", "em")):
        second = first.getnext()
        while second is not None and not first.tail and second.tag == first.tag:
            joint = etree.SubElement(first, "span")
            joint.text = second.text
            joint.extend(list(second))
            first.tail = second.tail
            second.getparent().remove(second)
            second = first.getnext()


def _collapse_blanks(tree: HtmlElement) -> None:
    flow = _Flow()
    for event, element in list(etree.iterwalk(tree, events=("start", "end"))):
        if event == "start":
            flow.enter(element)
        else:
            flow.leave(element, is_root=element is tree)


class _Flow:
    """The line of text that a browser would lay out, followed in reading order."""

    def __init__(self) -> None:
        self._end: tuple[HtmlElement, str] | None = None  # where the last text of the line stands
        self._breaks: list[HtmlElement] = []  # <br> since that text
        self._is_new_block = True
        self._ends_blank = True
        self._open_pre = 0

    def enter(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "br" and not self._open_pre:
            self._end_line()
            self._breaks.append(element)
        elif tag in ("img", ADDRESS_LINE):
            self._settle_breaks()
            self._is_new_block = self._ends_blank = False
            self._end = None
        elif tag in BLOCK_TAGS:
            self._end_block()
        self._open_pre += tag == "pre"
        if tag != ADDRESS_LINE:
            self._read(element, "text")

    def leave(self, element: HtmlElement, *, is_root: bool) -> None:
        self._open_pre -= element.tag == "pre"
        if element.tag in BLOCK_TAGS:
            self._end_block()
        if not is_root:
            self._read(element, "tail")

    def _read(self, element: HtmlElement, place: str) -> None:
        raw = getattr(element, place)
        if not raw:
            return
        text = normalise_characters(raw)
        if not self._open_pre:
            text = _BLANKS.sub(" ", text)
            text = text.lstrip(" ") if self._ends_blank else text
        if text != raw:
            setattr(element, place, text)
        if text:
            self._settle_breaks()
            self._end = (element, place)
            self._is_new_block, self._ends_blank = False, text.endswith(" ")

    def _settle_breaks(self) -> None:
        for place, line_break in enumerate(self._breaks):
            is_first = place == 0 and not self._is_new_block
            line_break.tag = _NOTHING
            if is_first:
                line_break.tag = "br" if len(self._breaks) == 1 else PARAGRAPH_BREAK
        self._breaks = []

    def _end_line(self) -> None:
        if self._end is not None and not self._open_pre:
            element, place = self._end
            setattr(element, place, getattr(element, place).rstrip(" "))
        self._end = None
        self._ends_blank = True

    def _end_block(self) -> None:
        self._end_line()
        self._is_new_block = True
        self._settle_breaks()
