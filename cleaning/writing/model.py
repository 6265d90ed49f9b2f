"""What a text is written as: blocks, each in two forms, and how they are joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cleaning.quality import word_count

PARAGRAPH, HEADING, LIST, TABLE, CODE = "paragraph", "heading", "list", "table", "code"
TERM, SUMMARY, CAPTION = "term", "summary", "caption"
MEDIA, PICTURE, RULE = "media", "picture", "rule"
KINDS = (PARAGRAPH, HEADING, LIST, TABLE, CODE, TERM, SUMMARY, CAPTION, MEDIA, PICTURE, RULE)
"""`term` is that of a definition list, `summary` the line that opens a closed part, `media` the
address of a film, a sound or a player, `picture` a block of pictures alone."""

QUOTE_SIGN = "> "
_BOLD_LINE = re.compile(r"\*\*[^*\n]+\*\*:?")


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the content: its absolute http(s) or mailto address, its words and its `rel`."""

    url: str
    text: str
    rel: str | None


@dataclass(frozen=True, slots=True)
class WrittenBlock:
    """A paragraph, a heading, a list, a table, a quoted paragraph, …: what an empty line ends.

    `text` is empty for pictures alone and for rules. `markdown` has the signs of the quotes and
    items around it. `key` is equal for equal words with equal links, whatever the case, the
    punctuation and the markup, links that carry the page's own address aside; it is empty for a
    block without words. `within` are the quotes and items that the block stands in and did not
    open itself, the outermost first: a number, and the sign ("> " or blanks) that its lines carry.
    """

    kind: str
    text: str
    markdown: str
    links: tuple[Link, ...] = ()
    key: str = ""
    within: tuple[tuple[int, str], ...] = ()

    @property
    def is_heading(self) -> bool:
        return self.kind == HEADING

    @property
    def is_fixed(self) -> bool:
        """Whether it may never be left out for being said elsewhere too: code is."""
        return self.kind == CODE

    @property
    def words(self) -> int:
        """The number of words; an address is none."""
        return word_count(self.text)

    @property
    def leads_in(self) -> bool:
        """Whether it is nothing without what follows: a heading, a bold line, "All of these:"."""
        if self.kind in (HEADING, SUMMARY, TERM):
            return True
        is_bold = _BOLD_LINE.fullmatch(self.markdown.lstrip("> ")) is not None
        return is_bold or self.text.rstrip().endswith((":", "："))


@dataclass(frozen=True, slots=True)
class Body:
    """A content as plain text, as Markdown, its links in reading order, and its blocks."""

    text: str
    markdown: str
    links: tuple[Link, ...]
    blocks: tuple[WrittenBlock, ...] = ()


Packed = list[Any]
"""A block as JSON can hold it."""


def pack_blocks(blocks: Iterable[WrittenBlock]) -> list[Packed]:
    """Return blocks as lists of JSON values, as they are stored."""
    return [
        [b.kind, b.text, b.markdown, b.key, b.within, [[x.url, x.text, x.rel] for x in b.links]]
        for b in blocks
    ]


def unpack_blocks(packed: Iterable[Packed]) -> list[WrittenBlock]:
    """Return blocks as they were before `pack_blocks`."""
    return [
        WrittenBlock(
            kind,
            text,
            markdown,
            tuple(Link(*link) for link in links),
            key,
            tuple((element, sign) for element, sign in within),
        )
        for kind, text, markdown, key, within, links in packed
    ]


def join_body(blocks: Sequence[WrittenBlock]) -> Body:
    """Return the content that `blocks` make."""
    links = tuple(link for block in blocks for link in block.links)
    return Body(join_text(blocks), join_markdown(blocks), links, tuple(blocks))


def join_text(blocks: Iterable[WrittenBlock]) -> str:
    """Return the text of blocks, an empty line between two."""
    return "\n\n".join([block.text for block in blocks if block.text])


def join_markdown(blocks: Iterable[WrittenBlock]) -> str:
    """Return the Markdown of blocks, any of those of a page, in their order.

    Between two paragraphs of one quote stands a ">", a rule only between two other blocks. What
    continues an item loses its indent where the beginning of the item is gone.
    """
    lines: list[str] = []
    previous: WrittenBlock | None = None
    for block in _without_idle_rules(blocks):
        if not block.markdown:
            continue
        markdown = block.markdown
        if block.within and not _follows_item(previous):
            markdown = _dedent(block)
        lines += [markdown] if previous is None else [_gap(previous, block), markdown]
        previous = block
    return "\n".join(lines)


def _without_idle_rules(blocks: Iterable[WrittenBlock]) -> list[WrittenBlock]:
    """Leave out rules at both ends and beside another: a rule parts two things."""
    kept: list[WrittenBlock] = []
    for block in blocks:
        if block.kind != RULE or (kept and kept[-1].kind != RULE):
            kept.append(block)
    while kept and kept[-1].kind == RULE:
        kept.pop()
    return kept


def _follows_item(previous: WrittenBlock | None) -> bool:
    return previous is not None and (
        previous.kind == LIST or any(sign != QUOTE_SIGN for _, sign in previous.within)
    )


def _dedent(block: WrittenBlock) -> str:
    full = "".join(sign for _, sign in block.within)
    quotes = "".join(sign for _, sign in block.within if sign == QUOTE_SIGN)
    if full == quotes:
        return block.markdown
    lines = block.markdown.split("\n")
    return "\n".join(quotes + line.removeprefix(full) for line in lines)


def _gap(previous: WrittenBlock, block: WrittenBlock) -> str:
    """Return the line between two blocks: the signs of the quotes that both stand in."""
    common = ""
    width = 0
    for one, other in zip(previous.within, block.within, strict=False):
        if one != other:
            break
        common += one[1]
        width = len(common) if one[1] == QUOTE_SIGN else width
    return common[:width].rstrip()
