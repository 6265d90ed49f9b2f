"""From the bytes of a PDF to its content: the recipe, read from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from cleaning.pdf.blocks import Block, Placed, PlacedTable, blocks_of, usual_size
from cleaning.pdf.columns import Region, reading_order
from cleaning.pdf.content import (
    DAMAGED,
    ENCRYPTED,
    MAX_BYTES,
    MAX_PAGES,
    NO_TEXT,
    TOO_LARGE,
    PdfContent,
    PdfProblem,
)
from cleaning.pdf.dots import with_drawn_bullets
from cleaning.pdf.furniture import without_furniture
from cleaning.pdf.information import iso_date, trusted_author, trusted_title
from cleaning.pdf.joints import Vocabulary
from cleaning.pdf.lines import Segment, segments, usual_leading
from cleaning.pdf.markup import write_body
from cleaning.pdf.tables import Table, TableFinder
from cleaning.pdf.words import Frame, read_words
from cleaning.writing import Link

END = b"%%EOF"
LEAST_LETTERS = 20
"""Letters and digits in all; a scan may have a stamp, and no more."""
SCAN_LETTERS = 25
"""Letters and digits a page, below which pages covered by pictures are a scan."""
MOST_UNKNOWN = 0.3
"""The share of characters that stand for a glyph without saying which letter it is."""


@dataclass(slots=True)
class Page:
    number: int
    height: float
    lines: list[Segment]
    turned: list[list[Segment]]
    tables: list[Table]
    bare_links: list[str] = field(default_factory=list)
    is_picture: bool = False
    unknown: int = 0
    characters: int = 0


def read_pdf(data: bytes, url: str) -> PdfContent:
    """The content of a PDF; relative links count from `url`, which also names the file.

    Raises PdfProblem for what is encrypted, damaged (also where a single page cannot be read, for
    a text with a page missing looks whole), without text (a scan), or larger than 64 MiB or 2,000
    pages.
    """
    if len(data) > MAX_BYTES:
        raise PdfProblem(TOO_LARGE, f"{len(data)} bytes")
    with _opened(data) as pdf:
        if len(pdf) > MAX_PAGES:
            raise PdfProblem(TOO_LARGE, f"{len(pdf)} pages")
        information = pdf.get_metadata_dict()
        pages = list(_pages(pdf, data))
    _check_text(pages)
    found, vocabulary = _blocks(pages)
    body = write_body(found, vocabulary, url)
    if not body.text:
        raise PdfProblem(NO_TEXT, "nothing but running heads and page numbers")
    first_pages = " ".join(line.text for page in pages[:2] for line in page.lines)
    title = trusted_title(information, first_pages, url)
    shown = _shown_title(found)
    return PdfContent(
        text=body.text,
        markdown=body.markdown,
        links=(*body.links, *_bare_links(pages)),
        title=title or shown,
        title_from="information" if title else "text" if shown else None,
        author=trusted_author(information),
        created=iso_date(information.get("CreationDate")),
        modified=iso_date(information.get("ModDate")),
        pages=len(pages),
        tables=sum(isinstance(block, PlacedTable) for block in found),
    )


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise PdfProblem(ENCRYPTED, "it asks for a password") from error
        raise PdfProblem(DAMAGED, str(error)) from error
    try:
        # PDFium mends what it can, and shows of a file that was cut off what has arrived.
        if END not in data[-4096:] and END not in data:
            raise PdfProblem(DAMAGED, f"it ends after {len(data)} bytes without an end mark")
        if not len(pdf):
            raise PdfProblem(DAMAGED, "it has no pages")
        yield pdf
    finally:
        pdf.close()


def _pages(pdf: pypdfium2.PdfDocument, data: bytes) -> Iterator[Page]:
    with TableFinder(data) as finder:
        for number in range(1, len(pdf) + 1):
            try:
                page = pdf[number - 1]
                yield _page(page, number, finder)
                page.close()
            except pypdfium2.PdfiumError as error:
                details = f"page {number} of {len(pdf)}: {error}"
                raise PdfProblem(DAMAGED, details) from error


def _page(page: pypdfium2.PdfPage, number: int, finder: TableFinder) -> Page:
    frame = Frame(page)
    found = read_words(page, frame, number)
    tables, words = finder.find(page, number, found.words)
    words = with_drawn_bullets(page, frame, words)
    turned = [segments(w for w in words if w.direction == turn) for turn in (1, 2, 3)]
    return Page(
        number=number,
        height=found.height,
        lines=segments(w for w in words if w.direction == 0),
        turned=[lines for lines in turned if lines],
        tables=tables,
        bare_links=found.bare_links,
        is_picture=found.characters < SCAN_LETTERS and _has_picture(page),
        unknown=found.unknown,
        characters=found.characters,
    )


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    pictures = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3)
    return next(iter(pictures), None) is not None


def _check_text(pages: list[Page]) -> None:
    characters = sum(page.characters for page in pages)
    pictures = sum(page.is_picture for page in pages)
    if characters < LEAST_LETTERS:
        raise PdfProblem(NO_TEXT, f"{characters} characters, {pictures} pages are pictures")
    if pictures > 0.8 * len(pages):
        raise PdfProblem(NO_TEXT, f"{pictures} of {len(pages)} pages are pictures without text")
    unknown = sum(page.unknown for page in pages)
    if unknown > MOST_UNKNOWN * characters:
        raise PdfProblem(NO_TEXT, f"{unknown} of {characters} characters name no letter")


def _blocks(pages: list[Page]) -> tuple[list[Placed], Vocabulary]:
    usual = usual_size(line for page in pages for line in page.lines)
    kept = without_furniture([page.lines for page in pages], [p.height for p in pages], usual)
    placed: list[tuple[int, list[Region]]] = []
    for page, lines in zip(pages, kept, strict=True):
        regions = list(reading_order([*lines, *page.tables]))
        for turned in page.turned:
            regions += reading_order(turned)
        placed.append((page.number, regions))
    flows = [region for _, regions in placed for region in regions if isinstance(region, list)]
    vocabulary = Vocabulary(line for page in pages for line in page.lines)
    return blocks_of(placed, usual, usual_leading(flows)), vocabulary


def _shown_title(found: list[Placed]) -> str | None:
    """The heading of the highest level on the first page that has text."""
    first = found[0].page if found else 0
    headings = [
        b for b in found if isinstance(b, Block) and b.kind == "heading" and b.page == first
    ]
    return min(headings, key=lambda b: b.level).text if headings else None


def _bare_links(pages: list[Page]) -> Iterator[Link]:
    """Links on pictures; a page's own are http(s) and mailto only, as those of a web page."""
    for page in pages:
        for url in dict.fromkeys(page.bare_links):
            if url.lower().startswith(("http://", "https://", "mailto:")):
                yield Link(url=url, text="", rel=None)
