"""What reading a PDF gives, and why it may give nothing."""

from __future__ import annotations

from dataclasses import dataclass

from cleaning.writing import Link

MAX_BYTES = 64 * 1024 * 1024
MAX_PAGES = 2_000

ENCRYPTED = "pdf_encrypted"
NO_TEXT = "pdf_no_text"
DAMAGED = "pdf_damaged"
TOO_LARGE = "pdf_too_large"


class PdfProblem(Exception):  # noqa: N818 - a finding about the file, not an error of ours
    """A PDF that is not read; `reason` is one of the constants above."""

    def __init__(self, reason: str, details: str | None = None) -> None:
        super().__init__(reason, details)
        self.reason = reason
        self.details = details


@dataclass(frozen=True, slots=True)
class PdfContent:
    """A PDF as text.

    `title` comes from the document information where that can be trusted (`title_from` is then
    "information"), else from the largest text of the first page ("text"). `author` is None where
    the information names a login or a program. `created` and `modified` are ISO 8601, as precisely
    as the file states them, without offset where it states none: the time at which the file was
    made, which for a scan or an export is not that of the text. `pages` counts all pages, `tables`
    those written as tables.
    """

    text: str
    markdown: str
    links: tuple[Link, ...]
    title: str | None
    title_from: str | None
    author: str | None
    created: str | None
    modified: str | None
    pages: int
    tables: int
