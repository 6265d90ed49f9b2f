"""Make what strangers wrote safe for every format, database and terminal."""

import hashlib
import json
import re
from typing import Any

LONGEST_LINE = 1_000
"""Characters of a name, a title or anything else of one line; what is longer is none."""
LONGEST_ADDRESS = 8_000
"""Characters of an address or an id; the longest that servers take (RFC 9110, 4.1)."""
MARK = "…"
"""Stands where characters were cut off."""
_MOST_DIGITS = 30
"""Of a number in JSON. Python takes longer ones for an attack (`sys.set_int_max_str_digits`)."""
_MAX_REPLACED_SHARE = 0.001
"""More bytes than this that are no UTF-8, and the text is in another encoding."""

_CONSTANTS: dict[str, None] = {}
"""What Python takes for numbers in JSON, and the standard does not: none of them has a value."""

# Half a surrogate pair cannot be written as UTF-8, so neither as Parquet.
SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = "\x0b\x0c\x85"
_CONTROLS = [chr(c) for c in (*range(0x20), *range(0x7F, 0xA0)) if chr(c) not in "\t\n\r"]
_CHARACTERS = {ord(c): "\n" if c in _LINE_ENDS else None for c in _CONTROLS}
_UNSAFE = re.compile(f"[{''.join(_CONTROLS)}\ud800-\udfff]")
# A reference to a character that XML 1.0 does not have (section 2.2): a half of a surrogate pair, a
# control character, or a number beyond Unicode.
_REFERENCE = re.compile(rb"&#(?:x([0-9A-Fa-f]{1,40})|([0-9]{1,40}));")
_RAW_CONTROLS = bytes(c for c in range(0x20) if c not in b"\t\n\r")
_REPLACEMENT = "\ufffd"


def safe_text(text: str) -> str:
    """Return `text` without characters that UTF-8, Parquet or a terminal cannot take.

    The halves of a surrogate pair that stand beside each other become their character, and a half
    alone U+FFFD, so that two ids that differ still do. Control characters go.

    >>> safe_text("co\\x00-production \\ud83d\\ude00 \\ud83d")
    'co-production 😀 �'
    """
    if not _UNSAFE.search(text):
        return text
    if SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.translate(_CHARACTERS)


def safe_line(text: str) -> str:
    """The same for what is one line, cut to LONGEST_LINE characters and a mark.

    >>> safe_line("x" * 2_000)[-3:]
    'xx…'
    """
    text = safe_text(text)
    return text if len(text) <= LONGEST_LINE else text[:LONGEST_LINE] + MARK


def safe_address(text: str) -> str:
    """The same for an address or an id, cut to LONGEST_ADDRESS characters, a mark and a hash.

    So two that begin alike still differ.
    """
    text = safe_text(text)
    if len(text) <= LONGEST_ADDRESS:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return f"{text[:LONGEST_ADDRESS]}{MARK}{digest}"


def load_json(source: str | bytes) -> Any:
    """Return the value of a JSON text whose strings are safe to encode. Raises ValueError.

    Bytes are UTF-8 (RFC 8259) or what their first ones show; some that are not become U+FFFD. Line
    ends within strings do no harm. What is no number in JSON (NaN) is None, and a number of more
    digits than any is for is their text.
    """
    text = source if isinstance(source, str) else _decode(source)
    return with_whole_pairs(DECODER.decode(text), text)


def with_whole_pairs(value: Any, source: str) -> Any:
    """Return what was read from a JSON text, without halves of surrogate pairs in its strings."""
    has_halves = "\\ud" in source.lower() or bool(SURROGATES.search(source))
    return _whole_pairs(value) if has_halves else value


def _decode(source: bytes) -> str:
    coding = json.detect_encoding(source)
    try:
        # Old databases write each half of a pair for itself (CESU-8).
        return source.decode(coding, "surrogatepass")
    except UnicodeDecodeError:
        text = source.decode(coding, "replace")
        if text.count(_REPLACEMENT) > max(2, _MAX_REPLACED_SHARE * len(text)):
            raise
        return text


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


DECODER = json.JSONDecoder(strict=False, parse_constant=_CONSTANTS.get, parse_int=_whole_number)
"""Reads JSON as `load_json` does, but for halves of surrogate pairs."""


def _whole_pairs(value: Any) -> Any:
    if isinstance(value, str):
        return safe_text(value) if SURROGATES.search(value) else value
    if isinstance(value, list):
        return [_whole_pairs(inner) for inner in value]
    if isinstance(value, dict):
        return {_whole_pairs(name): _whole_pairs(inner) for name, inner in value.items()}
    return value


def sound_xml(body: bytes) -> bytes:
    """Return XML without references to characters that there are none of, and without control
    characters: one of either makes a strict parser refuse the whole document."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in body[:4]:
        return body  # UTF-16 or UTF-32, in which these bytes are parts of characters
    return _REFERENCE.sub(_sound_reference, body.translate(None, _RAW_CONTROLS))


def _sound_reference(match: re.Match[bytes]) -> bytes:
    code = int(match[1], 16) if match[1] else int(match[2])
    is_character = (
        code in (0x9, 0xA, 0xD)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )
    return match[0] if is_character else b"&#xFFFD;"
