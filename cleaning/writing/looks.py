"""How each element of a page shows its words: signs, links, raised letters, or not at all."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from cleaning.page.model import Page
from cleaning.page.names import AREA_BITS
from cleaning.page.styles import is_lowered, is_raised, shows_lines
from cleaning.writing.addresses import absolute, base_of

Style = tuple[str | int, ...]
"""The signs around a run of words, the outermost first; a link is the number of its element."""

CODE, QUOTE, READING = "`", '"', "("
_TAG_SIGNS = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em"), "*"),
    **dict.fromkeys(("s", "del", "strike"), "~~"),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), CODE),
    "q": QUOTE,
    **dict.fromkeys(("rt", "rtc"), READING),
}
_RAISING = frozenset({"sup", "sub"})
MEDIA_TAGS = frozenset({"iframe", "embed", "object", "video", "audio"})
ATOMS = MEDIA_TAGS | {"img", "math", "script", "br"}
_SPECIAL = ATOMS | _RAISING | frozenset(_TAG_SIGNS) | {"a", "rp", "noscript"}
_HIDDEN = AREA_BITS["hidden"]
# What an anchor to a place of the same page says where it says no word.
_ANCHOR_SIGNS = frozenset("¶§#🔗⚓↩↵⤴⤶↑^∞🠕⏎\ufe0e\ufe0f")


@dataclass(frozen=True, slots=True)
class Look:
    style: Style
    raised: int = 0  # the `sup` or `sub` around
    is_seen: bool = True
    is_cut: bool = False  # left out by the caller, with all in it
    is_copy: bool = False  # in a `noscript` within a line, or in one without words
    keeps_lines: bool = False  # shows lines as they stand


class Looks:
    """The looks of a page's elements, told when they are asked for."""

    def __init__(self, page: Page, without: Container[int]) -> None:
        self.page = page
        self.base = base_of(page)
        self._without = without
        self._looks: dict[int, Look] = {}

    def of(self, element: int) -> Look:
        """Return how the pieces of an element are shown."""
        found = self._looks.get(element)
        if found is not None:
            return found
        waiting = []
        above: Look | None = None
        while above is None:
            waiting.append(element)
            if element == 0:
                break
            element = self.page.parents[element]
            above = self._looks.get(element)
        for number in reversed(waiting):
            above = self._looks[number] = self._derive(number, above or Look(()))
        assert above is not None
        return above

    def _derive(self, element: int, above: Look) -> Look:
        page = self.page
        tag = page.tags[element]
        if above.is_cut or (not above.is_seen and tag != "math"):
            return above
        if element in self._without:
            return Look(above.style, 0, is_seen=False, is_cut=True)
        if not page.is_border[element] and page.areas[element] & _HIDDEN and tag != "math":
            is_here = element == 0 or not page.areas[page.parents[element]] & _HIDDEN
            if is_here:
                return Look(above.style, 0, is_seen=False)
        style = page.attributes[element].get("style")
        if style:
            if shows_lines(style):
                above = replace(above, keeps_lines=True)
            if is_raised(style) or is_lowered(style):
                above = replace(above, raised=element)
        if tag not in _SPECIAL:
            return above
        if tag == "a":
            return self._derive_link(element, above)
        if tag in _RAISING:
            return replace(above, raised=element)
        if tag == "rp":
            return Look(above.style, 0, is_seen=False)
        if tag == "noscript":
            return replace(above, is_copy=self._is_copy(element))
        if tag == "math":
            return Look(above.style)
        sign = _TAG_SIGNS.get(tag)
        if sign is None or sign in above.style or CODE in above.style:
            return above
        return replace(above, style=(*above.style, sign))

    def _is_copy(self, copy: int) -> bool:
        """Whether a `noscript` only repeats a picture that loads late, or holds what counts."""
        blocks = self.page.inside(copy)
        is_wordless = not any(self.page.blocks[number].text for number in blocks)
        return is_wordless or not self.page.is_border[copy]

    def _derive_link(self, element: int, above: Look) -> Look:
        href = self.page.attributes[element].get("href")
        if href is None:
            return above
        if self._is_anchor(element, href):
            return Look(above.style, 0, is_seen=False)
        if absolute(href, self.base) is None:
            return above
        style: Style = tuple(sign for sign in above.style if not isinstance(sign, int))
        is_code = style[-1:] == (CODE,)
        inside: Style = (*style[:-1], element, CODE) if is_code else (*style, element)
        return replace(above, style=inside)

    def _is_anchor(self, element: int, href: str) -> bool:
        """Whether a link only points at its own place: "¶" behind a heading, "↩" behind a note."""
        address, sign, _ = href.strip().partition("#")
        if not sign or (address and absolute(address, self.base) not in (self.page.url, self.base)):
            return False
        words = self.page.text_of(element).strip()
        return bool(words) and all(letter in _ANCHOR_SIGNS for letter in words)

    def raising(self, element: int) -> str:
        """Return "sup" or "sub" for an element that raises or lowers its letters."""
        tag = self.page.tags[element]
        if tag in _RAISING:
            return tag
        return "sub" if is_lowered(self.page.attributes[element].get("style", "")) else "sup"

    def address(self, link: int) -> str:
        return absolute(self.page.attributes[link].get("href"), self.base) or ""
