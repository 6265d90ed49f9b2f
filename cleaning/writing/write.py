"""The one pass from chosen blocks of a page to written ones."""

from __future__ import annotations

from collections.abc import Container, Sequence

from cleaning.page.model import Page
from cleaning.page.names import AREA_BITS
from cleaning.text import normalise_text
from cleaning.writing.addresses import media_address
from cleaning.writing.code import code_language, is_gutter, read_code
from cleaning.writing.drafts import Draft, Drafts
from cleaning.writing.frames import Frame, Frames
from cleaning.writing.inline import Line, LineReader, Run
from cleaning.writing.keys import block_key, words_of
from cleaning.writing.lines import write_runs
from cleaning.writing.model import (
    CODE,
    HEADING,
    LIST,
    MEDIA,
    PARAGRAPH,
    PICTURE,
    RULE,
    SUMMARY,
    TABLE,
    TERM,
    Link,
    WrittenBlock,
)
from cleaning.writing.signs import escape, escape_line_start, fenced
from cleaning.writing.tables import count_up, grid_of

_HIDDEN = AREA_BITS["hidden"]
_IN_BOLD = frozenset({SUMMARY, TERM})


def write_blocks(
    page: Page,
    chosen: Sequence[int],
    without: Container[int] = frozenset(),
    root: int = 0,
) -> list[WrittenBlock]:
    """Write blocks of a page, in their order.

    `chosen` are numbers of `page.blocks`, ascending; of elements in `without` nothing is written,
    nor of what is hidden. Lists, quotes and tables around `root` are not written. Headings, tables,
    code and the first lines of items that
    follow each other are one block each.
    """
    writer = _Writer(page, without, root)
    writer.write(chosen)
    return writer.finish()


class _Writer:
    def __init__(self, page: Page, without: Container[int], root: int) -> None:
        self.page = page
        self.reader = LineReader(page, without)
        self.frames = Frames(page, root)
        self.drafts = Drafts(self.frames)
        self.gutter: tuple[Frame, str] | None = None  # code that may only number lines
        self.shown: set[str] | None = None  # addresses that are linked or shown

    def write(self, chosen: Sequence[int]) -> None:
        page, blocks, rules = self.page, self.page.blocks, list(self.page.rules)
        chosen = [n for n in chosen if not page.areas[blocks[n].element] & _HIDDEN]
        place, last = 0, -1
        while place < len(chosen):
            number = chosen[place]
            while rules and rules[0] <= number:
                if last >= 0 and rules[0] > last:
                    self.drafts.add(RULE, "", "---", (), ())
                rules.pop(0)
            frame = self.frames.of(blocks[number].element)
            end = place + 1
            if frame.unit:
                while end < len(chosen) and self._unit_of(chosen[end]) == frame.unit:
                    end += 1
            self._write_unit(frame, chosen[place:end])
            place, last = end, chosen[end - 1]
        self._end_gutter(None)

    def _unit_of(self, number: int) -> int:
        return self.frames.of(self.page.blocks[number].element).unit

    def _write_unit(self, frame: Frame, numbers: Sequence[int]) -> None:
        if frame.kind == CODE:
            self._write_code(frame, numbers)
            return
        self._end_gutter(None)
        if frame.kind == TABLE:
            self._write_table(frame, set(numbers))
        elif frame.kind in (HEADING, SUMMARY):
            self._write_heading(frame, numbers)
        else:
            self._write_paragraph(frame, numbers[0])

    def _write_paragraph(self, frame: Frame, number: int) -> None:
        block = self.page.blocks[number]
        for line in self.reader.read(block):
            if line.is_plain:
                text = line.runs[0].words
                words = block.words if text == block.text else None
                markdown = escape_line_start(escape(text, in_link=False))
                if frame.kind in _IN_BOLD and text:
                    markdown = f"**{markdown}**"
                if text:
                    self.drafts.add(frame.kind, text, markdown, (), frame.path, words)
            elif line.media:
                self._write_media(line.media, frame)
            elif line.runs:
                self._write_line(frame, line)
            elif line.links:
                self._keep_links(line.links)

    def _write_line(self, frame: Frame, line: Line) -> None:
        is_bold = frame.kind in _IN_BOLD
        text, markdown = write_runs(line.runs, self.reader, is_heading=is_bold)
        kind = frame.kind if text else PICTURE
        if is_bold and text and "[" not in markdown:
            markdown = f"**{markdown}**"
        if kind == PICTURE and frame.path:
            kind = PARAGRAPH
        self.drafts.add(kind, text, markdown, line.links, frame.path)

    def _keep_links(self, links: Sequence[int]) -> None:
        """A link around a picture without words leads somewhere all the same."""
        self.drafts.add(PICTURE, "", "", links, ())

    def _write_media(self, element: int, frame: Frame) -> None:
        address = self._address_of(element)
        if address:
            self.drafts.add(MEDIA, address, address, (), frame.path)

    def _address_of(self, element: int) -> str | None:
        """Return the address of what is shown, None if it is linked or was shown already."""
        if self.shown is None:
            self.shown = {self.reader.looks.address(link) for link in self.page.tagged("a")}
        address = media_address(self.page, element, self.reader.base)
        # An embedded post repeats its link.
        if "wp-embedded-content" in self.page.class_of(element) or address in self.shown:
            return None
        if address:
            self.shown.add(address)
        return address

    def _write_heading(self, frame: Frame, numbers: Sequence[int]) -> None:
        runs, links = self._runs_of(numbers)
        if not runs:
            return
        text, markdown = write_runs(runs, self.reader, is_heading=True)
        if not text:
            self.drafts.add(PICTURE, "", markdown, links, frame.path)
        elif frame.kind == SUMMARY:
            markdown = markdown if "[" in markdown else f"**{markdown}**"
            self.drafts.add(SUMMARY, text, markdown, links, frame.path)
        else:
            sign = "#" * self.frames.level(frame.unit)
            self.drafts.add(HEADING, text, f"{sign} {markdown}", links, frame.path)

    def _runs_of(
        self, numbers: Sequence[int], *, is_cell: bool = False
    ) -> tuple[list[Run], list[int]]:
        """Return the runs of several blocks in one line; lists are told by bullets in a cell."""
        runs: list[Run] = []
        links: list[int] = []
        items: set[int] = set()
        for number in numbers:
            block = self.page.blocks[number]
            item = self._item_of(block.element) if is_cell else 0
            for line in self.reader.read(block):
                links += line.links
                found = line.runs
                if line.media:
                    address = self._address_of(line.media)
                    found = [Run((), address, " ", address)] if address else []
                if found and found[0].words == "" and found[0].markdown is None:
                    continue
                if found:
                    found[0].gap = " "
                if found and item and item not in items:
                    items.add(item)
                    runs.append(Run((), "•", " ", "•"))
                runs += found
        return runs, links

    def _item_of(self, element: int) -> int:
        """Return the item around that stands in the same cell of a table, 0 if there is none."""
        while element and self.page.tags[element] not in ("td", "th"):
            if self.page.tags[element] == "li":
                return element
            element = self.page.parents[element]
        return 0

    def _write_table(self, frame: Frame, numbers: set[int]) -> None:
        grid = grid_of(self.page, frame.unit)
        links: list[int] = []
        rows: list[list[tuple[str, str]]] = []
        for cells in grid:
            row = [self._write_cell(cell, numbers, links) for cell in cells]
            if any(markdown for _, markdown in row):
                rows.append(row)
        if not rows:
            return
        filled = [[text for text, _ in row] for row in rows]
        text = "\n".join(" | ".join(row) for row in filled if any(row))
        width = max(map(len, rows))
        lines = [_table_row([m for _, m in row] + [""] * (width - len(row))) for row in rows]
        lines.insert(1, _table_row(["---"] * width))
        self.drafts.add(TABLE, normalise_text(text), "\n".join(lines), links, frame.path)

    def _write_cell(self, cell: int | None, numbers: set[int], links: list[int]) -> tuple[str, str]:
        if cell is None:
            return "", ""
        inside = [number for number in self.page.inside(cell) if number in numbers]
        if not inside:
            return "", ""
        runs, found = self._runs_of(inside, is_cell=True)
        links += found
        for run in runs:
            run.gap = run.gap and " "
        text, markdown = write_runs(runs, self.reader)
        return text, markdown

    def _write_code(self, frame: Frame, numbers: Sequence[int]) -> None:
        cells = self.frames.listings.get(frame.unit)
        if cells is not None:
            numbers = [n for n in numbers if any(n in self.page.inside(cell) for cell in cells)]
        code = read_code(self.page, numbers, self.reader)
        if code:
            self._end_gutter(code)
            self._drop_numbers(code)
            self.gutter = (frame, code)

    def _end_gutter(self, beside: str | None) -> None:
        """Write the code that was read last, unless it only numbers the lines of this."""
        waiting, self.gutter = self.gutter, None
        if waiting is None or (beside is not None and is_gutter(waiting[1], beside)):
            return
        frame, code = waiting
        language = code_language(self.page, frame.unit)
        self.drafts.add(CODE, normalise_text(code), fenced(code, language), (), frame.path)

    def _drop_numbers(self, code: str) -> None:
        """Drop what was written right before code, if it only numbers its lines."""
        done = self.drafts.done
        start, numbers = len(done), list[str]()
        while start and done[start - 1].kind in (PARAGRAPH, LIST):
            found = " ".join(done[start - 1].texts).split()
            if not found or not all(map(str.isdigit, found)):
                break
            start, numbers = start - 1, [*found, *numbers]
        if len(numbers) > 1 and len(numbers) == code.count("\n") + 1 and count_up(numbers):
            del done[start:]

    def finish(self) -> list[WrittenBlock]:
        return [self._finish(draft) for draft in self.drafts.done]

    def _finish(self, draft: Draft) -> WrittenBlock:
        text = "\n".join([text for text in draft.texts if text])
        links = tuple(self._link(link) for link in draft.links)
        words = words_of(text) if draft.words is None else draft.words
        key = block_key(words, [link.url for link in links], self.page.url)
        markdown = "\n".join(draft.lines)
        return WrittenBlock(draft.kind, text, markdown, links, key, draft.within)

    def _link(self, link: int) -> Link:
        words = " ".join("".join(self.reader.link_words.get(link, ())).split())
        rel = self.page.attributes[link].get("rel")
        return Link(self.reader.looks.address(link), words, rel)


def _table_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join([cell.replace("|", "\\|") for cell in cells]) + " |"
