"""Take the text and the Markdown of a document apart into the same blocks, and put them together.

Both were written from one tree and have the same blocks with an empty line between them (see
`cleaning.writers`), so a block of the text has its counterpart in the Markdown: the one with the
same letters. What has none, or is code, stays where it is, so that both never say different things.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from cleaning.quality import word_count

_WORD = re.compile(r"\w+")
_ALNUM = re.compile(r"[^\W_]+")
_TARGET = r"(?:[^()\s]|\([^()\s]*\))*"
# No pattern may pass what it can begin with: a page of nothing but "![" would take hours.
_IMAGE = re.compile(rf"!\[(?:\\.|[^\[\]\\])*\]\({_TARGET}\)")
_LINK = re.compile(rf"(?<!\\)\]\(({_TARGET})\)|<((?:https?:|mailto:)[^<>\s]*)>")
_LINK_TARGET = re.compile(rf"(?<!\\)\]\({_TARGET}\)")
_RULE = re.compile(r"[> ]*(?:---|\*\*\*|___)\s*")
_LINE_SIGNS = re.compile(r"^(?:#{1,6} |> ?|[-*+] |\d+\. | )+", re.MULTILINE)
_HEADING = re.compile(r"[> ]*#{1,6} ")
_BOLD_LINE = re.compile(r"[> ]*\*\*[^*\n]+\*\*:?")
_FENCE = re.compile(r"[> ]*(?:[-*] |\d+\. )*(`{3,})")
# `cleaning.writers` encodes these in addresses that would break a link.
_ENCODED = {"%28": "(", "%29": ")", "%3C": "<", "%3E": ">", "%5C": "\\"}
_KEY_BYTES = 12


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a document's text.

    `key` is equal for equal words with equal links, whatever the case, punctuation and markup; it
    is None for a block without letters and digits. `leads_in` says that it is nothing without what
    follows: a heading, a line in bold, or one that ends with a colon. `part` is its place in the
    Markdown, None where that has no counterpart.
    """

    text: str
    key: bytes | None
    is_heading: bool
    leads_in: bool
    is_fixed: bool
    part: int | None

    @property
    def words(self) -> int:
        """Number of words; an address is none."""
        return word_count(self.text)


@dataclass(frozen=True, slots=True)
class Part:
    """A block of Markdown; `gap` is the line before it, ">" inside a quotation."""

    gap: str
    markdown: str
    is_code: bool


@dataclass(frozen=True, slots=True)
class Content:
    """A document's text and Markdown as blocks; no parts where it has no Markdown."""

    blocks: tuple[Block, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Shortened:
    """What is left of a document; `links` are the places of its links that stay."""

    text: str
    markdown: str | None
    links: tuple[int, ...]


def read_content(text: str, markdown: str | None, url: str) -> Content:
    """Take a document apart; `url` is its address, which tells links to itself from others."""
    texts = [block for block in text.split("\n\n") if block.strip()]
    if markdown is None:
        return Content(
            tuple(_block(block, None, Part("", block, False), url) for block in texts), ()
        )
    parts = _split_markdown(markdown)
    places = _pair([_letters(block) for block in texts], [_letters_of(part) for part in parts])
    pairs = zip(texts, places, strict=True)
    blocks = (_block(text, p, None if p is None else parts[p], url) for text, p in pairs)
    return Content(tuple(blocks), parts)


def shorten(content: Content, removed: Set[int], links: Sequence[str]) -> Shortened:
    """The document without the blocks at the places in `removed`.

    `links` are the addresses of the document's links in reading order. What has no words (pictures,
    rules, links around pictures) goes where all that stands beside it goes.
    """
    goes = _settle([None if b.key is None else p in removed for p, b in enumerate(content.blocks)])
    kept = (b.text for b, is_out in zip(content.blocks, goes, strict=True) if not is_out)
    text = "\n\n".join(kept)
    if not content.parts:
        return Shortened(text, None, tuple(range(len(links))))
    gone = {b.part for p, b in enumerate(content.blocks) if p in removed}
    fates = [None if not _letters_of(part) else p in gone for p, part in enumerate(content.parts)]
    is_gone = _settle(fates)
    linked = [(url, g) for p, g in zip(content.parts, is_gone, strict=True) for url in _targets(p)]
    places = _align([url for url, _ in linked], links)
    link_fates: list[bool | None] = [None] * len(links)
    for place, (_, is_out) in zip(places, linked, strict=True):
        if place is not None:
            link_fates[place] = is_out
    left = tuple(place for place, is_out in enumerate(_settle(link_fates)) if not is_out)
    return Shortened(text, _join(content.parts, is_gone), left)


def _block(text: str, place: int | None, part: Part | None, url: str) -> Block:
    words = " ".join(_WORD.findall(text.casefold()))
    own = [target for target in _targets(part) if not _is_own(target, url)] if part else []
    is_heading = bool(part and _HEADING.match(part.markdown))
    is_bold = bool(part and _BOLD_LINE.fullmatch(part.markdown))
    return Block(
        text=text,
        key=_digest("\n".join([words, *sorted(set(own))])) if words else None,
        is_heading=is_heading,
        leads_in=is_heading or is_bold or text.rstrip().endswith(":"),
        is_fixed=part is None or part.is_code,
        part=place,
    )


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_KEY_BYTES).digest()


def _is_own(target: str, url: str) -> bool:
    """Whether a link carries the page's own address, as those for sharing and answering do."""
    parts = urlsplit(url)
    own = parts.path.strip("/") or parts.query
    return bool(own) and own in unquote(unquote(target))


def _split_markdown(markdown: str) -> tuple[Part, ...]:
    """The blocks, at empty lines outside of code; inside a quotation an empty line is a ">"."""
    parts: list[Part] = []
    lines: list[str] = []
    gap, fence, is_code = "", "", False
    for line in [*markdown.split("\n"), ""]:
        sign = _FENCE.match(line)
        if sign and (not fence or line.strip("> ") == fence):
            fence, is_code = ("" if fence else sign[1]), True
        if fence or line.strip("> "):
            lines.append(line)
            continue
        if lines:
            parts.append(Part(gap, "\n".join(lines), is_code))
        gap = line.rstrip() if lines else min(gap, line.rstrip())
        lines, is_code = [], False
    if lines:  # a fence that nothing closes
        parts.append(Part(gap, "\n".join(lines), is_code=True))
    return tuple(parts)


def _targets(part: Part) -> list[str]:
    """The addresses that a block links to, in reading order, as they were before encoding."""
    if "](" not in part.markdown and "<" not in part.markdown:
        return []
    found = _LINK.findall(_IMAGE.sub("", part.markdown))
    return [_decode(in_brackets or bare) for in_brackets, bare in found]


def _decode(address: str) -> str:
    for code, sign in _ENCODED.items():
        address = address.replace(code, sign)
    return address


def _letters_of(part: Part) -> str:
    markdown = part.markdown
    if "](" in markdown:
        markdown = _LINK_TARGET.sub("]", _IMAGE.sub("", markdown))
    return _letters(_LINE_SIGNS.sub("", markdown))


def _letters(text: str) -> str:
    return "".join(_ALNUM.findall(text.casefold()))


def _pair(texts: Sequence[str], parts: Sequence[str]) -> list[int | None]:
    """For each block the place of its part, where both stand equally often."""
    wanted, found = _places(texts), _places(parts)
    result: list[int | None] = [None] * len(texts)
    for letters, places in wanted.items():
        if letters and len(places) == len(found.get(letters, ())):
            for place, part in zip(places, found[letters], strict=True):
                result[place] = part
    return result


def _align(wanted: Sequence[str], links: Sequence[str]) -> list[int | None]:
    """For each address of the Markdown its place among the links, which have more of them."""
    places = _places([_decode(link) for link in links])
    result: list[int | None] = []
    start = 0
    for address in wanted:
        found = places.get(address, [])
        next_one = bisect_left(found, start)
        result.append(found[next_one] if next_one < len(found) else None)
        start = found[next_one] + 1 if next_one < len(found) else start
    return result


def _places(values: Iterable[str]) -> dict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, value in enumerate(values):
        places[value].append(place)
    return places


def _settle(fates: Sequence[bool | None]) -> list[bool]:
    """Decide on what has no fate of its own: it goes if all beside it goes, up to both ends."""
    before = _last_known(fates)
    after = _last_known(fates[::-1])[::-1]
    return [
        own if own is not None else {left, right} in ({True}, {True, None})
        for own, left, right in zip(fates, before, after, strict=True)
    ]


def _last_known(fates: Sequence[bool | None]) -> list[bool | None]:
    known: list[bool | None] = []
    last = None
    for fate in fates:
        last = last if fate is None else fate
        known.append(last)
    return known


def _join(parts: Sequence[Part], is_gone: Sequence[bool]) -> str:
    kept = [part for part, goes in zip(parts, is_gone, strict=True) if not goes]
    # A rule parts two things; at an end of what is left there is only one.
    while kept and is_gone[0] and _RULE.fullmatch(kept[0].markdown):
        kept.pop(0)
    while kept and is_gone[-1] and _RULE.fullmatch(kept[-1].markdown):
        kept.pop()
    lines = [kept[0].markdown] if kept else []
    for previous, part in pairwise(kept):
        is_quote = part.gap and previous.markdown.lstrip().startswith(">")
        lines += [part.gap if is_quote else "", part.markdown]
    return "\n".join(lines)
