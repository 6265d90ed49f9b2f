"""Strings of strangers as every format takes them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import etree

from cleaning.safe import (
    LONGEST_ADDRESS,
    LONGEST_LINE,
    MARK,
    load_json,
    safe_address,
    safe_line,
    safe_text,
    sound_xml,
)
from cleaning.urls import urljoin, urlsplit

TEXTS = {
    "plain": ("Co-production works.\n\tReally.", "Co-production works.\n\tReally."),
    "emoji": ("a 😀 b", "a 😀 b"),
    "a pair in two halves": ("a \ud83d\ude00 b", "a 😀 b"),
    "a first half": ("a \ud83d", "a \ufffd"),
    "a second half": ("\ude00b", "\ufffdb"),
    "halves the wrong way round": ("\ude00\ud83d", "\ufffd\ufffd"),
    "a half before a pair": ("\ud83d\ud83d\ude00", "\ufffd😀"),
    "nothing else": ("\x00", ""),
    "controls": ("a\x00b\x07c\x1b[31md\x7fe\x9bf", "abc[31mdef"),
    "ends of lines": ("a\x0bb\x0cc\x85d\r\n", "a\nb\nc\nd\r\n"),
}


@pytest.mark.parametrize("case", TEXTS)
def test_a_text_is_made_safe(case: str) -> None:
    raw, expected = TEXTS[case]
    assert safe_text(raw) == expected
    assert safe_text(safe_text(raw)) == safe_text(raw)
    assert safe_text(raw).encode().decode() == expected


def test_names_and_ids_are_cut_and_ids_still_differ() -> None:
    assert safe_line("n" * 80_000) == "n" * LONGEST_LINE + MARK
    assert safe_line("n" * LONGEST_LINE) == "n" * LONGEST_LINE
    one, other = (safe_address("i" * 90_000 + end) for end in "ab")
    assert one != other
    assert len(one) < LONGEST_ADDRESS + 100
    assert safe_address("https://example.org/") == "https://example.org/"


JSON: dict[str, tuple[str | bytes, Any]] = {
    "half a pair": (r'["ab\ud83d", "c"]', ["ab\ufffd", "c"]),
    "half a pair in capitals": (r'["\uD83D\uD83Dx"]', ["\ufffd\ufffdx"]),
    "a pair": (r'["\ud83d\ude00"]', ["😀"]),
    "in a name": (r'{"a\ud83d": {"b": ["\ude00"]}}', {"a\ufffd": {"b": ["\ufffd"]}}),
    "an escaped backslash": (r'["\\ud83d"]', [r"\ud83d"]),
    "halves as bytes": (b'["\xed\xa0\xbd\xed\xb8\x80 \xed\xa0\xbd"]', ["😀 \ufffd"]),
    "a stray byte": (b'["caf\xe9", "tea"]', ["caf\ufffd", "tea"]),
    "UTF-16": ('["tea"]'.encode("utf-16"), ["tea"]),
    "a line end in a string": ('["a\nb"]', ["a\nb"]),
    "no number": ("[NaN, Infinity, -Infinity, 1]", [None, None, None, 1]),
    "a very long number": ("[" + "9" * 9_000 + ", 7]", ["9" * 9_000, 7]),
    "a usual number": ("[1234567890123, -1, 1.5]", [1234567890123, -1, 1.5]),
}


@pytest.mark.parametrize("case", JSON)
def test_json_loses_nothing_but_what_is_bad(case: str) -> None:
    source, expected = JSON[case]
    assert load_json(source) == expected
    assert json.dumps(load_json(source), ensure_ascii=False).encode()


@pytest.mark.parametrize("source", ["", "{", "<html>", b"\xff\xfe", "['a']"])
def test_what_is_no_json_is_told(source: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        load_json(source)


def test_bytes_of_another_encoding_are_told() -> None:
    with pytest.raises(UnicodeDecodeError):
        load_json(('["' + "é" * 90 + '"]').encode("latin-1"))


XML = {
    "a half": (b"&#xD83D;", "\ufffd"),
    "a half by its decimal number": (b"&#55357;", "\ufffd"),
    "both halves": (b"&#xD83D;&#xDE00;", "\ufffd\ufffd"),
    "beyond Unicode": (b"&#x110000;&#9999999999;", "\ufffd\ufffd"),
    "a control": (b"&#x1F;a\x0bb\x00c", "\ufffdabc"),
    "no character": (b"&#xFFFE;", "\ufffd"),
    "emoji and quotes stay": (b"&#x1F600;&#8217;&#9;&amp;", "😀’\t&"),
}


@pytest.mark.parametrize("case", XML)
def test_xml_is_parsed_by_a_strict_parser(case: str) -> None:
    inner, expected = XML[case]
    root = etree.fromstring(sound_xml(b"<title>" + inner + b"</title>"))
    assert root.text == expected


def test_utf_16_is_left_as_it_is() -> None:
    feed = "<title>&#xD83D;ok</title>".encode("utf-16")
    assert sound_xml(feed) == feed


BAD_ADDRESSES = ["http://[", "http://[::1", "//[x]/", "http://a]b/", "http://\u2100.example/"]


@pytest.mark.parametrize("url", BAD_ADDRESSES)
def test_what_is_no_address_raises_nothing(url: str) -> None:
    assert urljoin("https://example.org/", url) == ""
    assert urlsplit(url).hostname is None
    assert urlsplit(url).path == url
