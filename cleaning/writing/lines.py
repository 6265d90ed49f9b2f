"""Runs of words as a line of text and as a line of Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from cleaning.writing.addresses import destination
from cleaning.writing.inline import LineReader, Run
from cleaning.writing.looks import CODE, QUOTE, READING, Style
from cleaning.writing.signs import code_span, escape, escape_line_start, split_end

EMPHASIS = frozenset({"**", "*", "~~"})
_SHOWN = frozenset({QUOTE, READING})  # signs that a reader of plain text sees too
_ENDS = {READING: ")"}
_HARD_BREAK = "  \n"


def write_runs(
    runs: Sequence[Run], reader: LineReader, *, is_heading: bool = False
) -> tuple[str, str]:
    """Return runs as text and as Markdown, lines apart at "\\n"; a heading is one line.

    Signs touch the words that they mark: blanks and line ends stand outside of them.
    """
    writer = _Writer(reader)
    writer.is_line_start = not is_heading  # whose own sign opens the line
    for place, run in enumerate(runs):
        style = run.style
        if is_heading:
            style = tuple(sign for sign in style if sign not in EMPHASIS)
        writer.add(run, style, " " if is_heading and run.gap else run.gap, is_first=place == 0)
    writer.turn((), "", "")
    return "".join(writer.text), "".join(writer.markdown)


class _Writer:
    def __init__(self, reader: LineReader) -> None:
        self.reader = reader
        self.text: list[str] = []
        self.markdown: list[str] = []
        self.text_gap = ""
        self.open: Style = ()
        self.is_line_start = True
        self.ends_in_words = False

    def add(self, run: Run, style: Style, gap: str, *, is_first: bool) -> None:
        gap = "" if is_first else gap
        words = run.words
        outer = style[:-1] if style[-1:] == (CODE,) else style
        self._note_link(style, words, gap)
        if self._is_bare_link(style, words, run):
            outer = tuple(sign for sign in outer if not isinstance(sign, int))
            self.turn(outer, gap, words, run.joined)
            self.markdown.append(f"<{words}>")
        else:
            before = self.turn(outer, gap, words, run.joined)
            self.markdown.append(self._write(run, style, before))
        self.ends_in_words = run.markdown is None and style[-1:] != (CODE,)
        self._show(words)
        self.is_line_start = False

    def _write(self, run: Run, style: Style, is_start: bool) -> str:
        if run.markdown is not None:
            return run.markdown
        if style[-1:] == (CODE,):
            return code_span(run.words)
        is_in_link = any(isinstance(sign, int) for sign in style)
        words = escape(run.words, in_link=is_in_link)
        return escape_line_start(words) if is_start else words

    def _note_link(self, style: Style, words: str, gap: str) -> None:
        if not words:
            return
        for sign in style:
            if isinstance(sign, int):
                self.reader.link_words[sign].append(" " + words if gap else words)

    def _is_bare_link(self, style: Style, words: str, run: Run) -> bool:
        link = next((sign for sign in style if isinstance(sign, int)), None)
        return (
            link is not None
            and run.markdown is None
            and link not in self.open
            and self.reader.looks.address(link) == words
        )

    def _show(self, words: str) -> None:
        if words:
            self.text += [self.text_gap, words]
            self.text_gap = ""

    def turn(self, style: Style, gap: str, words: str, joined: int = 99) -> bool:
        """Close and open signs so that what follows `gap` is in `style`; tell whether it stands
        bare at the start of a line."""
        kept = 0
        most = min(len(style), len(self.open), joined)
        while kept < most and style[kept] == self.open[kept]:
            kept += 1
        for sign in reversed(self.open[kept:]):
            self._close(sign, is_tight=not gap and words[:1].isalnum())
        if gap and self.markdown:
            self.markdown.append(_HARD_BREAK if gap == "\n" else gap)
            self.is_line_start = self.is_line_start or gap == "\n"
        if self.text and (gap == "\n" or not self.text_gap):
            self.text_gap = gap or self.text_gap
        is_bare = self.is_line_start and not style
        for sign in style[kept:]:
            self._open(sign, is_tight=not gap)
        self.open = style
        return is_bare

    def _close(self, sign: str | int, *, is_tight: bool) -> None:
        if isinstance(sign, int):
            self.markdown.append(f"]({destination(self.reader.looks.address(sign))})")
        elif sign in _SHOWN:
            self.markdown.append(_ENDS.get(sign, sign))
            self.text.append(_ENDS.get(sign, sign))
        elif is_tight and self.ends_in_words:
            core, rest = split_end(self.markdown.pop())
            if not core and self.markdown[-1] in self.open:  # nothing else is in the sign
                core, rest = rest, ""
            self.markdown += [core, sign, rest]
        else:
            self.markdown.append(sign)
        self.ends_in_words = self.ends_in_words and not isinstance(sign, int)

    def _open(self, sign: str | int, *, is_tight: bool) -> None:
        if isinstance(sign, int):
            if is_tight and self.markdown and self.markdown[-1].endswith("!"):
                self.markdown[-1] = self.markdown[-1][:-1] + "\\!"
            sign = "["
        self.markdown.append(sign)
        if sign in _SHOWN:
            self._show(sign)
