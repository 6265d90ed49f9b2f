"""PDFs that the pages of any platform link.

A platform whose base spider stands on `FollowsPdfs` follows the PDFs of its posts and pages with
`follow_pdfs_in`, called by the half that follows a page, feed or API answer. `parse_pdf` takes what
comes back for a PDF if it begins as one, whatever its address and its Content-Type say; the item
pipeline `ReadPdf` reads it.

A source says `follow_pdfs = False` to leave them, and `pdf_hosts = ("files.example",)` to take them
from other hosts than its own.
"""

from crawlers.platforms.page import is_pdf
from crawlers.platforms.pdf.links import PdfLink, pdf_links
from crawlers.platforms.pdf.spider import FollowsPdfs

__all__ = ["FollowsPdfs", "PdfLink", "is_pdf", "pdf_links"]
