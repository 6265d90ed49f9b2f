"""Read a PDF: text, Markdown and links in reading order, and what its information says of it.

pypdfium2 gives words with their places, fonts and links; pdfplumber finds the borders of tables.
From these the modules decide, each on one thing:

| module | what it decides |
|---|---|
| `content.py` | what reading gives, the limits, and the reasons for which a PDF is not read |
| `words.py` | words of a page with place, size, weight and link |
| `lines.py` | which words stand in one line without a gap between them |
| `dots.py` | list marks that are drawn |
| `tables.py` | which lines are a table's borders, and what stands in its cells |
| `furniture.py` | running heads, feet and page numbers |
| `columns.py` | the order in which a page's parts are read |
| `grids.py` | tables without borders |
| `blocks.py` | headings, lists, paragraphs |
| `joints.py` | how the end of a line and the beginning of the next are one text |
| `markup.py` | blocks to HTML, and that through `cleaning.writing` to text and Markdown |
| `information.py` | title, author and dates, where they can be trusted |

In Markdown each page begins with an anchor, `<a id="page-3"></a>`, also inside a paragraph that
runs on from the page before; text has none.
"""

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
from cleaning.pdf.information import telling_link_text
from cleaning.pdf.reader import read_pdf

__all__ = [
    "DAMAGED",
    "ENCRYPTED",
    "MAX_BYTES",
    "MAX_PAGES",
    "NO_TEXT",
    "TOO_LARGE",
    "PdfContent",
    "PdfProblem",
    "read_pdf",
    "telling_link_text",
]
