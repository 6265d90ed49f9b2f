"""Why a capture could not be read: the reasons that stand in the quarantine table."""

from __future__ import annotations

EMPTY_PAGE = "empty_page"
CUT_OFF = "cut_off"
WRONG_ENCODING = "wrong_encoding"
NOT_HTML = "not_html"
NOT_JSON = "not_json"
NOT_A_FEED = "not_a_feed"
BROKEN_CODING = "broken_content_coding"
NO_CONTENT_FOUND = "no_content_found"
PASSWORD_PROTECTED = "password_protected"  # noqa: S105 - a reason, not a password
PARSER_FAILED = "parser_failed"
PARSER_TIMEOUT = "parser_timeout"
PARSER_DIED = "parser_died"
CAPTURE_UNREADABLE = "capture_unreadable"

MEANING: dict[str, str] = {
    EMPTY_PAGE: "the server sent no text",
    CUT_OFF: "the page ends before its end tag, or shorter than announced",
    WRONG_ENCODING: "the bytes are not in the character encoding that the page names",
    NOT_HTML: "announced as HTML, but the bytes are something else",
    NOT_JSON: "announced as JSON, but the bytes are something else",
    NOT_A_FEED: "announced as a feed, but the bytes are something else",
    BROKEN_CODING: "the compressed body cannot be unpacked",
    NO_CONTENT_FOUND: "a page of a known kind in which no content was found",
    PASSWORD_PROTECTED: "the author put a password on it",
    PARSER_FAILED: "the parser raised an error on it",
    PARSER_TIMEOUT: "the parser did not end within its time limit",
    PARSER_DIED: "the parser ended its process (crash or memory limit)",
    CAPTURE_UNREADABLE: "the archived record cannot be read back",
}
