"""What is printed steers no terminal."""

from __future__ import annotations

import io
import logging
import sys

import pytest

from crawlers.console import PrintableRecord, SafeConsole, complain, print_table, printable, say

TEXTS = [
    ("plain text, with a line\nand a\ttab", "plain text, with a line\nand a\ttab"),
    ("żółć, 漢字, 👩\u200d🌾", "żółć, 漢字, 👩\u200d🌾"),
    ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
    ("\x1b]0;a title\x07", "\\x1b]0;a title\\x07"),
    ("\x9b2J", "\\x9b2J"),
    ("over\rwritten\b\b", "over\\rwritten\\x08\\x08"),
    ("\x7f\0", "\\x7f\\x00"),
    ("exe.\u202egpj", "exe.\\u202egpj"),
    ("\u2066a\u2069\u200f", "\\u2066a\\u2069\\u200f"),
    ("two\u2028lines", "two\\u2028lines"),
    ("half \ud83d", "half \\ud83d"),
]
FORBIDDEN = {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160))}


@pytest.mark.parametrize(("text", "wanted"), TEXTS)
def test_controls_become_escapes(text: str, wanted: str) -> None:
    assert printable(text) == wanted
    assert printable(wanted) == wanted
    printable(text).encode()


@pytest.mark.parametrize("text", [text for text, _ in TEXTS])
def test_no_way_of_printing_passes_them_on(
    text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    say(text)
    complain(ValueError(text))
    console = SafeConsole(file=io.StringIO(), width=200)
    console.print(text, markup=False)
    console.print(text)
    print_table(console, ("outcome",), [(text,)])
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    record = PrintableRecord("name", logging.WARNING, "file", 1, "%s", (text,), None)
    handler.emit(record)
    written = capsys.readouterr()
    assert isinstance(console.file, io.StringIO)
    for printed in (written.out, written.err, console.file.getvalue(), stream.getvalue()):
        assert printed
        assert not FORBIDDEN & set(printed)
        assert not set("\u202e\u2066\u2069\u200f\u2028\ud83d") & set(printed)
    assert sys.stdout
