"""Why a capture could not be read: the reasons that stand in the quarantine table."""

from __future__ import annotations

EMPTY_PAGE = "empty_page"
CUT_OFF = "cut_off"
WRONG_ENCODING = "wrong_encoding"
NOT_HTML = "not_html"
NOT_JSON = "not_json"
NOT_A_FEED = "not_a_feed"
BROKEN_CODING = "broken_content_coding"
TOO_LARGE = "too_large"
NOT_A_PDF = "not_a_pdf"
PDF_ENCRYPTED = "pdf_encrypted"
PDF_NO_TEXT = "pdf_no_text"
PDF_DAMAGED = "pdf_damaged"
PDF_TOO_LARGE = "pdf_too_large"
NO_CONTENT_FOUND = "no_content_found"
CHALLENGE = "challenge_page"
TOO_DEEP = "nested_too_deeply"
NOTICE = "notice"
NEEDS_RENDERING = "needs_rendering"
PASSWORD_PROTECTED = "password_protected"  # noqa: S105 - a reason, not a password
NOINDEX = "noindex"
PARSER_FAILED = "parser_failed"
PARSER_TIMEOUT = "parser_timeout"
PARSER_DIED = "parser_died"
NOT_READ = "not_read"
NOT_AN_ENTRY = "not_an_entry"
CAPTURE_UNREADABLE = "capture_unreadable"

MEANING: dict[str, str] = {
    EMPTY_PAGE: "the server sent no text",
    CUT_OFF: "the page ends before its end tag, or shorter than announced",
    WRONG_ENCODING: "the bytes are not in the character encoding that the page names",
    NOT_HTML: "announced as HTML, but the bytes are something else",
    NOT_JSON: "announced as JSON, but the bytes are something else",
    NOT_A_FEED: "announced as a feed, but the bytes are something else",
    BROKEN_CODING: "the compressed body cannot be unpacked",
    TOO_LARGE: "the compressed body unpacks to more than DOWNLOAD_MAXSIZE",
    NOT_A_PDF: "linked as a PDF, but the bytes are something else",
    PDF_ENCRYPTED: "it asks for a password",
    PDF_NO_TEXT: "it has pictures of pages and no text, as a scan, or fonts that name no letters",
    PDF_DAMAGED: "it is cut off, or some of its pages cannot be read",
    PDF_TOO_LARGE: "it has more than 64 MiB or 2,000 pages",
    NO_CONTENT_FOUND: "a page of a known kind in which no content was found",
    TOO_DEEP: "its elements are nested deeper than the parser reads",
    CHALLENGE: "the site tested for a person at a browser, and sent nothing else",
    NOTICE: "not the page, but a notice that it is not there, closed, or for members only",
    NEEDS_RENDERING: "the page is written by scripts, which only a browser runs",
    PASSWORD_PROTECTED: "the author put a password on it",
    NOINDEX: "the page asks not to be kept (robots noindex), and is not",
    PARSER_FAILED: "the parser raised an error on it",
    PARSER_TIMEOUT: "the parser did not end within its time limit",
    PARSER_DIED: "the parser ended its process (crash or memory limit)",
    NOT_READ: "left unread, because too many others of its source hung or ended the parser",
    NOT_AN_ENTRY: "an API lists it among its objects, and it is none",
    CAPTURE_UNREADABLE: "the archived record cannot be read back",
}
