"""Bytes to text, as browsers do it and a little better."""

from __future__ import annotations

import codecs

from bs4.dammit import EncodingDetector, UnicodeDammit
from w3lib.encoding import resolve_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MOST_BROKEN = 0.001
"""So many of the characters beyond ASCII may be broken in a text that still counts as UTF-8: pages
are put together of pieces, and one of them may be cut within a character."""
_MOST_WRONG = 0.02
"""Of the bytes beyond ASCII: a label under which more of them mean nothing is not believed."""
_FEW_BYTES = 8
"""Beyond ASCII: so few may be UTF-8 by chance in an encoding that has two bytes a character."""
# Labels of the WHATWG Encoding Standard that w3lib and Python do not know.
_LABELS = {
    **dict.fromkeys(("iso-8859-8-i", "csiso88598i", "logical", "visual"), "iso8859-8"),
    **dict.fromkeys(("csiso88598e", "iso-8859-8-e"), "iso8859-8"),
    **dict.fromkeys(("x-mac-cyrillic", "x-mac-ukrainian"), "mac-cyrillic"),
    **{f"x-cp125{digit}": f"cp125{digit}" for digit in range(9)},
    "dos-874": "cp874",
    "x-gbk": "gb18030",
    "x-x-big5": "big5hkscs",
    "unicode-1-1-utf-8": "utf-8",
    "x-unicode20utf8": "utf-8",
}
_TWO_BYTES = frozenset({"gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "hz"})
# What servers say of every page, whoever wrote it.
_USUAL = "cp1252"


def decode_html(body: bytes, charset: str | None = None) -> str:
    """Return the text of a page; what cannot be decoded becomes U+FFFD.

    In this order: a byte order mark; UTF-16, which shows by its zeros; UTF-8, wherever the bytes
    are valid UTF-8 and not merely ASCII (no other encoding's text is so by chance, whatever the
    label says); the label of the transport (`charset`), unless it is the one that servers send by
    themselves and the page has another; the label of the page; what the bytes look like. Labels are
    those of the WHATWG Encoding Standard, where "gb2312" means GB 18030 and "iso-8859-1" means
    Windows-1252.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    wide = _wide_encoding(body)
    if wide:
        return body.decode(wide, "replace")
    if body.isascii() and b"~{" not in body and b"\x1b" not in body:
        return body.decode("ascii")
    labels = _labelled(body, charset)
    if is_utf8(body) and not (labels and labels[0] in _TWO_BYTES and _beyond(body) < _FEW_BYTES):
        return body.decode("utf-8", "replace")
    for name in labels:
        text = body.decode(name, "replace")
        if text.count("\ufffd") <= _MOST_WRONG * _beyond(body):
            return text
    found = UnicodeDammit(body, is_html=True).original_encoding if body else None
    name = read_label(found or "") or _USUAL
    return body.decode(_USUAL if name == "ascii" else name, "replace")


def read_label(label: str) -> str | None:
    """Return Python's name for an encoding label, None for one that is not known."""
    known = _LABELS.get(label.strip().strip("\"'").lower())
    return known or resolve_encoding(label)


def is_utf8(body: bytes) -> bool:
    """Tell whether `body` has characters beyond ASCII and is UTF-8, but for a stray byte or two."""
    if body.isascii():
        return False
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if not broken:
        return True
    beyond = _beyond(body)
    return broken <= max(1, _MOST_BROKEN * beyond) and beyond > 20 * broken


def is_surely_unicode(body: bytes) -> bool:
    """Tell whether `body` is UTF-8 or UTF-16 by its bytes, whatever anybody says of it."""
    return is_utf8(body) or _wide_encoding(body) is not None


def _labelled(body: bytes, charset: str | None) -> list[str]:
    """Return the encodings that are declared and can be true, the best first."""
    declared = EncodingDetector.find_declared_encoding(
        body, is_html=True, search_entire_document=True
    )
    names = [read_label(label) for label in (charset, declared) if label]
    # What was found between single bytes is not of two; and UTF-8 was looked for already.
    known = [name for name in names if name and not name.startswith(("utf-8", "utf-16", "utf-32"))]
    return sorted(known, key=lambda name: name == _USUAL)


def _beyond(body: bytes) -> int:
    """Return the number of bytes beyond ASCII."""
    return len(body) - len(body.translate(None, bytes(range(0x80, 0x100))))


def _wide_encoding(body: bytes) -> str | None:
    """Tell UTF-16 without a mark: markup in it has a zero in every other byte."""
    start = body[:4096]
    if b"\0" not in start:
        return None
    low, high = start[1::2].count(0), start[::2].count(0)
    if max(low, high) < 0.1 * len(start) or min(low, high) > 0.1 * max(low, high):
        return None
    return "utf-16-le" if low > high else "utf-16-be"
