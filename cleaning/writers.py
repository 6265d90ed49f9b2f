"""Write shaped blocks (`cleaning.blocks`) as plain text and as Markdown, with markdownify."""

import re
from typing import Any

import markdownify
from bs4 import BeautifulSoup, NavigableString, Tag

from cleaning.text import BLOCK_TAGS

# Its stubs leave out the methods that are meant to be overridden.
_MarkdownConverterBase: Any = markdownify.MarkdownConverter

# Control characters, which no text has by now, mark cells and rows until the table is written.
_CELL_END, _ROW_END = "\x1f", "\x1e"

_SIGNS = (
    r"\\(?=[!-/:-@\[-`{-~])|`|~~"
    r"|\*(?=\S)|(?<=\S)\*"
    r"|_(?=\S)(?<![^\W_]_)|(?<=\S)_(?![^\W_])"  # snake_case is no emphasis
    r"|\](?=[(\[:])"
    r"|<(?=[A-Za-z/!?])|&(?=#?\w+;)"
)
_MARKUP = re.compile(_SIGNS)
_LINK_MARKUP = re.compile(_SIGNS + r"|[\[\]]")
_BRACKET = re.compile(r"[\[\]]")
# Headings, quotes, bullets, rules, underlines and fences; a number is escaped behind its digits.
_LINE_MARKUP = re.compile(
    r"(?=#{1,6}(?: |$))|(?=>)|(?=[-+*](?: |$))|(?=(?:[-=*_] ?)+$)|(?=~~~)|\d{1,9}(?=[.)](?: |$))"
)
_LINE_PREFIX = re.compile(r"(?:#{1,6} |> ?|[-*+] |\d+\. | )*")
_FENCE = re.compile(r"[> ]*(?:[-*] |\d+\. )*(`{3,})")
_PUNCTUATION = ".,;:!?…)\"'”’»"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SIGN_TAGS = frozenset({"strong", "em", "del", "a", "code", "kbd", "samp"})
_LINE_ENDS = BLOCK_TAGS | {"br", "paragraphbreak", "addressline"}


def write_text(soup: BeautifulSoup) -> str:
    """Return the blocks without any markup; blanks still need `normalise_text`."""
    return str(_TextConverter().convert_soup(soup))


def write_markdown(soup: BeautifulSoup) -> str:
    """Return the blocks as CommonMark with GFM tables."""
    return _single_empty_lines(str(_MarkdownConverter().convert_soup(soup))).strip()


def _single_empty_lines(markdown: str) -> str:
    """Drop what empty blocks leave behind, but no empty line of code."""
    lines: list[str] = []
    fence = ""
    for line in markdown.split("\n"):
        sign = _FENCE.match(line)
        if sign and (not fence or line.strip("> ") == fence):
            fence = "" if fence else sign[1]
        if fence or not lines or line.strip("> ") or line.rstrip() != lines[-1].rstrip():
            lines.append(line)
    return "\n".join(lines)


class _TextConverter(_MarkdownConverterBase):  # type: ignore[misc]
    """Blocks without markup. markdownify calls `convert_<tag>` with the text of the children."""

    line_break = "\n"

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return text

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "pre" in parent_tags:
            return "\n"
        return " " if "_inline" in parent_tags else self.line_break

    def convert_paragraphbreak(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return " " if "_inline" in parent_tags else "\n\n"

    def convert_div(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        text = text.strip()
        return f"\n\n{text}\n\n" if text else "\n\n"  # an empty block is still a border

    convert_p = convert_div

    def convert_addressline(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self.convert_div(el, el.get_text(), parent_tags)

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        text = " ".join(text.split())
        if "_inline" in parent_tags:
            return f" {text} "
        return self.heading(n, text) if text else "\n\n"

    def heading(self, level: int, text: str) -> str:
        return f"\n\n{text}\n\n"

    def convert_list(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return f" {text} "
        border = "\n" if "li" in parent_tags else "\n\n"
        return border + text.strip("\n") + "\n\n"

    convert_ul = convert_ol = convert_list

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = text.strip()
        if "_inline" in parent_tags:
            return f" • {text} "
        return self.item(el, text) + "\n" if text else ""

    def item(self, el: Tag, text: str) -> str:
        return text

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return " ".join(text.split()) + _CELL_END

    convert_th = convert_td

    def convert_tr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text + _ROW_END

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        rows = [row.strip(" \n").split(_CELL_END)[:-1] for row in text.split(_ROW_END)]
        return self.table([row for row in rows if any(row)])

    def table(self, rows: list[list[str]]) -> str:
        return "\n\n" + "\n".join(" | ".join(row) for row in rows) + "\n\n"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text}\n\n"

    def convert_hr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return "\n\n"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return ""

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self.convert_div(el, text, parent_tags)

    def _as_it_stands(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text

    convert_a = convert_strong = convert_em = convert_del = _as_it_stands
    convert_code = convert_kbd = convert_samp = _as_it_stands


class _MarkdownConverter(_TextConverter):
    """The same blocks with CommonMark's signs; what only looks like a sign is escaped."""

    line_break = "  \n"

    def escape(self, text: str, parent_tags: set[str]) -> str:
        signs = _LINK_MARKUP if "a" in parent_tags else _MARKUP
        return signs.sub(r"\\\g<0>", text)

    def process_text(self, el: NavigableString, parent_tags: set[str]) -> str:
        text: str = super().process_text(el, parent_tags)
        if "_noformat" in parent_tags or "_inline" in parent_tags:
            return text
        markup = _LINE_MARKUP.match(text)
        if markup and _starts_line(el):
            text = f"{markup[0]}\\{text[markup.end() :]}"
        follower = el.next_element
        is_picture_sign = text.endswith("!") and isinstance(follower, Tag) and follower.name == "a"
        return text[:-1] + "\\!" if is_picture_sign else text

    def heading(self, level: int, text: str) -> str:
        return f"\n\n{'#' * level} {text}\n\n"

    def item(self, el: Tag, text: str) -> str:
        sign = f"{el['value']}. " if el.has_attr("value") else "- "
        return sign + re.sub(r"\n(?=[^\n])", "\n" + " " * len(sign), text)

    def table(self, rows: list[list[str]]) -> str:
        width = max(map(len, rows), default=0)
        lines = [self._row(row + [""] * (width - len(row))) for row in rows]
        lines.insert(1, self._row(["---"] * width))
        return "\n\n" + "\n".join(lines) + "\n\n" if rows else ""

    @staticmethod
    def _row(cells: list[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return f" {text} "
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
        code = text.strip("\n")
        return f"\n\n{fence}{_code_language(el)}\n{code}\n{fence}\n\n"

    def convert_hr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return " " if "_inline" in parent_tags else "\n\n---\n\n"

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = text.strip()
        if "_inline" in parent_tags or not text:
            return f" {text} "
        quoted = ("> " + line if line else ">" for line in text.split("\n"))
        return "\n\n" + "\n".join(quoted) + "\n\n"

    convert_code = _MarkdownConverterBase.convert_code
    convert_kbd = convert_samp = convert_code

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        alt = _BRACKET.sub(r"\\\g<0>", str(el.get("alt", "")))
        return f"![{alt}]({_destination(str(el.get('src', '')))})"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        before, after, words = _chomp(text)
        if "_noformat" in parent_tags or not words or not el.has_attr("href"):
            return text
        href = str(el["href"])
        if el.get_text().strip() == href:
            return f"{before}<{href}>{after}"
        first, gap, others = words.partition("\n\n")  # a card: the link goes onto its first block
        prefix = _line_prefix(el, first)
        link = f"{prefix}[{first[len(prefix) :]}]({_destination(href)})"
        return f"{before}{link}{gap}{others}{after}"

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _mark(el, text, "**", parent_tags)

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _mark(el, text, "*", parent_tags)

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _mark(el, text, "~~", parent_tags)


def _mark(el: Tag, text: str, sign: str, parent_tags: set[str]) -> str:
    """Put `sign` around each line, as emphasis must not hold the border of a block."""
    if (
        "_noformat" in parent_tags
        or el.name in parent_tags
        or not parent_tags.isdisjoint(_HEADINGS)
    ):
        return text
    lines = text.split("\n")
    marked = [line if line.startswith("|") else _mark_line(el, line, sign) for line in lines]
    return "\n".join(marked)


def _mark_line(el: Tag, line: str, sign: str) -> str:
    prefix = _line_prefix(el, line)
    before, after, words = _chomp(line[len(prefix) :])
    # CommonMark does not close "**Name:**text": the sign must not stand between both.
    core = words.rstrip(_PUNCTUATION) if _is_letter(el.next_sibling, 0) and not after else words
    if not core:
        return line
    return f"{prefix}{before}{sign}{core}{sign}{words[len(core) :]}{after}"


def _is_letter(neighbour: object, place: int) -> bool:
    return isinstance(neighbour, NavigableString) and str(neighbour)[place : place + 1].isalnum()


def _line_prefix(el: Tag, line: str) -> str:
    """Return the signs of blocks that open `line`, where `el` holds blocks at all."""
    prefix = _LINE_PREFIX.match(line)
    if not prefix or not any(
        tag.name in BLOCK_TAGS for tag in el.descendants if isinstance(tag, Tag)
    ):
        return ""
    return prefix[0]


def _chomp(text: str) -> tuple[str, str, str]:
    """Return the blank before, the blank after, and the words: a sign must touch its words."""
    return text[: text[:1] == " "], text[len(text) - (text[-1:] == " ") :], text.strip()


def _destination(url: str) -> str:
    if url.count("(") != url.count(")"):
        url = url.replace("(", "%28").replace(")", "%29")
    return url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")


def _code_language(el: Tag) -> str:
    inner = el.find("code")
    tags = [tag for tag in (el, inner) if isinstance(tag, Tag)]
    names = [name for tag in tags for name in tag.get_attribute_list("class") if name]
    found = (re.fullmatch(r"lang(?:uage)?-([\w+#-]+)", name) for name in names)
    return next((language[1] for language in found if language), "")


def _starts_line(text: NavigableString) -> bool:
    """Tell whether `text` opens a line of Markdown, with no sign of emphasis or link before it."""
    node: NavigableString | Tag = text
    while node.previous_sibling is None:
        parent = node.parent
        if parent is None or parent.name in BLOCK_TAGS:
            return True
        if parent.name in _SIGN_TAGS:
            return False
        node = parent
    before = node.previous_sibling
    return isinstance(before, Tag) and before.name in _LINE_ENDS
