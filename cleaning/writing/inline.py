"""Lines of a text from the pieces of a block: words, signs, links, pictures, formulas."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from cleaning.page.model import Block, Page
from cleaning.page.tags import EMOJI
from cleaning.text import normalise_characters
from cleaning.writing.addresses import destination, picture_address
from cleaning.writing.formulas import read_formula
from cleaning.writing.looks import ATOMS, MEDIA_TAGS, Look, Looks, Style
from cleaning.writing.raised import BRACKET, DIGITS, PLAIN, SIGN, how_raised, raise_text
from cleaning.writing.signs import escape, escape_brackets

_FORMULA_NAMES = frozenset({"latex", "tex", "math", "formula"})


@dataclass(slots=True)
class Run:
    """Words in one style. `gap` stands before them: "", a blank, or the end of a line, which has
    the first `joined` signs of the style. `markdown` is what they are in Markdown, None if they
    only need to be escaped."""

    style: Style
    words: str
    gap: str
    markdown: str | None = None
    joined: int = 99


@dataclass(slots=True)
class Line:
    """The runs of a block, or of what stands of it on one side of a film or a player; of that,
    the address. `links` are the elements of links that are met here first."""

    runs: list[Run] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    media: int = 0
    is_plain: bool = False  # one run without any style: the text of the block as it is


class LineReader:
    """Reads the blocks of a page as lines; remembers where each link was met."""

    def __init__(self, page: Page, without: Container[int]) -> None:
        self.page = page
        self.looks = Looks(page, without)
        self.base = self.looks.base
        self.how_raised: dict[int, str] = {}
        self.met: dict[int, int] = {}  # link: the block that it is written in
        self.link_words: dict[int, list[str]] = {}
        self.last_picture = ""
        self.is_late = False  # a picture came last of which words or address are missing

    def read(self, block: Block) -> list[Line]:
        """Return a block as lines, parted where a film or a player stands between its words."""
        has_blanks = False
        for text, element in block.pieces:
            look = self.looks.of(element)
            if look.style or look.raised or not look.is_seen or look.is_copy or look.keeps_lines:
                break
            if self.page.tags[element] in ATOMS:
                break
            has_blanks = has_blanks or text == " "
        else:
            # A piece may have been blanked since the block was read.
            text = _text_of(block) if has_blanks else block.text
            self.last_picture = "" if text else self.last_picture
            return [Line([Run((), text, " ")], is_plain=True)]
        return _Flow(self, block).lines


def _text_of(block: Block) -> str:
    text = "".join([text for text, _ in block.pieces])
    return " ".join(normalise_characters(text).split())


class _Flow:
    """The pieces of one block, laid out as a browser does."""

    def __init__(self, reader: LineReader, block: Block) -> None:
        self.reader = reader
        self.page = reader.page
        self.block = block
        self.lines = [Line()]
        self.gap = ""  # a blank or a line end since the last words
        self.joined: Style | None = None  # the style that it has
        self.raised = 0
        self.formula = ""
        for text, element in block.pieces:
            self._take(text, element)

    def _take(self, text: str, element: int) -> None:
        look = self.reader.looks.of(element)
        tag = self.page.tags[element]
        if not look.is_seen or (look.is_copy and tag != "img"):
            return
        if tag not in ATOMS or (tag == "embed" and not text.isspace()):
            self._text(text, look)
        elif tag == "br":
            self._space("\n", look.style)
        elif tag == "img":
            self._picture(text, element, look)
        elif tag in MEDIA_TAGS:
            self.lines += [Line(media=element), Line()]
            self.gap, self.joined = "", None
        else:
            self._formula(element, look)

    def _space(self, gap: str, style: Style) -> None:
        self.gap = max(self.gap, gap, key=("", " ", "\n").index)
        self.joined = style if self.joined is None else _common(self.joined, style)

    def _text(self, text: str, look: Look) -> None:
        if not look.keeps_lines or "\n" not in text:
            self._words(text, look)
            return
        for place, line in enumerate(normalise_characters(text).split("\n")):
            if place:
                self._space("\n", look.style)
            self._words(line, look)

    def _words(self, text: str, look: Look) -> None:
        text = normalise_characters(text)
        if not text:
            return
        words = " ".join(text.split())
        if text[0].isspace():
            self._space(" ", look.style)
        if not words:
            return
        if look.raised:
            words = self._raise(words, look.raised)
        elif self.raised:
            self.raised = 0
        self._add(look.style, words)
        if text[-1].isspace():
            self._space(" ", look.style)

    def _raise(self, words: str, element: int) -> str:
        tag = self.reader.looks.raising(element)
        how = self.reader.how_raised.get(element)
        if how is None:
            before = "" if self.gap or not self.lines[-1].runs else self.lines[-1].runs[-1].words
            how = how_raised(tag, self.page.text_of(element), before)
            is_second = self.raised and self.reader.looks.raising(self.raised) == tag
            if is_second and how == DIGITS:
                self._space(" ", ())  # two notes, not one with two digits
        is_marked = how in (SIGN, BRACKET)
        self.reader.how_raised[element] = PLAIN if is_marked else how
        self.raised = element
        return raise_text(tag, how, words)

    def _add(self, style: Style, words: str, markdown: str | None = None) -> None:
        style = self._meet(style, words, has_content=True)
        line = self.lines[-1]
        last = line.runs[-1] if line.runs else None
        gap = self.gap if last else ""
        joined = 99 if self.joined is None else len(_common(self.joined, style))
        self.gap, self.joined, self.formula = "", None, ""
        if words:
            self.reader.last_picture, self.reader.is_late = "", False
        is_same = last is not None and markdown is None and last.markdown is None
        is_same = is_same and gap != "\n" and joined >= len(style)
        if last is not None and is_same and last.style == style:
            last.words += gap + words
            return
        line.runs.append(Run(style, words, gap, markdown, joined))

    def _meet(self, style: Style, words: str = "", *, has_content: bool) -> Style:
        """Note the link of a style; one that another block has already is not written again."""
        link = next((sign for sign in style if isinstance(sign, int)), None)
        if link is None:
            return style
        met = self.reader.met
        if link not in met and has_content:
            met[link] = self.block.number
        if link not in self.reader.link_words:
            self.reader.link_words[link] = []
            self.lines[-1].links.append(link)
        if met.get(link, self.block.number) == self.block.number:
            return style
        self.reader.link_words[link].append(f" {words}")
        return tuple(sign for sign in style if sign != link)

    def _picture(self, text: str, element: int, look: Look) -> None:
        attributes = self.page.attributes[element]
        alt = " ".join(normalise_characters(attributes.get("alt", "")).split())
        names = self.page.class_of(element)
        if not EMOJI.isdisjoint(names):
            self._words(alt, look)
            return
        self._space(" ", look.style)
        address = picture_address(self.page, element, self.reader.base)
        if alt and not _FORMULA_NAMES.isdisjoint(names):
            self._add(look.style, alt, f"${alt}$")
        elif alt and address:
            picture = f"![{escape_brackets(alt)}]({destination(address)})"
            # One that loads late stands there twice: for those without scripts too.
            is_own = not look.is_copy or self.reader.is_late or self._is_before_picture(element)
            if picture != self.reader.last_picture and is_own:
                self._add(look.style, "", picture)
            self.reader.last_picture = picture
            self.reader.is_late = False
        else:
            self._meet(look.style, has_content=False)
            self.reader.is_late = True
        self._space(" ", look.style)

    def _is_before_picture(self, element: int) -> bool:
        """Whether a picture for those without scripts stands before the one that loads late."""
        page = self.page
        copies = (around for around in page.around(element) if page.tags[around] == "noscript")
        after = page.ends[next(copies, 0)]
        return after < len(page.tags) and page.tags[after] == "img"

    def _formula(self, element: int, look: Look) -> None:
        """Write a formula once: what follows it in TeX or in MathML is the same again."""
        text, tex = read_formula(self.page, element)
        if not text or self.formula:
            return
        markdown = f"${tex}$" if tex else escape(text, in_link=False)
        self._add(look.style, text, markdown)
        self.formula = text


def _common(one: Style, other: Style) -> Style:
    """Return the outer signs that two styles share."""
    kept = 0
    while kept < min(len(one), len(other)) and one[kept] == other[kept]:
        kept += 1
    return one[:kept]
