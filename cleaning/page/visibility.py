"""What the markup hides: for good, or until a reader opens it. No style sheet is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from lxml.etree import XPath
from lxml.html import HtmlElement

from cleaning.page.styles import FAINT as FAINT
from cleaning.page.styles import TINY as TINY
from cleaning.page.styles import hides
from cleaning.page.tags import HEADINGS

HIDDEN, CLOSED, SILENT = "hidden", "closed", "silent"
# Names by which frameworks hide what only screen readers or nobody shall see.
HIDDEN_CLASSES = frozenset(
    {
        *("screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden"),
        *("w-condition-invisible", "w-dyn-bind-empty"),
    }
)
# React streams parts of a page in hidden boxes, which a script then moves into place.
_STREAMED = re.compile(r"S:\w+")
_FEWEST_WORDS = 3  # of a link that says more than "open" or "arrow forward"
_PANELS = frozenset({"tabpanel", "region"})
_TEXT_TAGS = HEADINGS | {"p", "time", "figcaption", "blockquote", "td", "dd", "dt"}
_CONTENT_TAGS = frozenset({"div", "section", "dd", "article", "li", "ul", "ol", "p", "td"})
# What a reader can open without reading on: a menu, a dialogue.
_ASIDE_ROLES = frozenset({"dialog", "alertdialog", "menu", "menubar", "listbox", "tooltip"})
_ASIDE = re.compile(
    r"modal|pop-?up|pop-?over|dialog|drop-?down|menu|tooltip|offcanvas|drawer|lightbox|(?<![a-z])nav"
    r"|search|cart|cookie|consent|login|share",
    re.IGNORECASE,
)
_PANEL_NAMES = re.compile(
    r"accordion|collaps|(?<![a-z])faq|(?<![a-z])(?:tab|panel|toggle|answer|spoiler|expand)"
    r"|slide|carousel|swiper|slick",
    re.IGNORECASE,
)
# What plugins and page builders let come into sight when a reader scrolls.
_REVEALED = re.compile(
    r"anim|(?<![a-z])aos|(?<![a-z])wow(?![a-z])|reveal|fade|motion|data-w-id|data-sal|scroll"
    r"|invisible|slide|carousel|swiper|slick|parallax",
    re.IGNORECASE,
)


def visibility(attributes: Mapping[str, str]) -> str:
    """Return "" for what is shown, `CLOSED` for a panel that opens on a click, or `HIDDEN`; `TINY`
    for letters of no size, which an element inside can make larger again, and `FAINT` for what
    cannot be seen through, which a script may reveal; `SILENT` for what is not to be read aloud."""
    hidden = attributes.get("hidden")
    if hidden is not None and hidden.lower() != "false":
        if _STREAMED.fullmatch(attributes.get("id", "")):
            return ""
        return CLOSED if hidden.lower() == "until-found" or _is_panel(attributes) else HIDDEN
    names = attributes.get("class")
    if names and not HIDDEN_CLASSES.isdisjoint(names.split()):
        return HIDDEN
    style = attributes.get("style")
    how = hides(style) if style else ""
    if how == TINY:
        return TINY
    if how == FAINT:
        return "" if _is_revealed(attributes) else FAINT
    is_silent = attributes.get("aria-hidden") == "true"
    if (how or is_silent) and _is_panel(attributes):
        return CLOSED
    return HIDDEN if how else SILENT if is_silent else ""


def _is_panel(attributes: Mapping[str, str]) -> bool:
    is_named = attributes.get("role") in _PANELS or "aria-labelledby" in attributes
    return is_named and not _is_aside(attributes)


def _is_aside(attributes: Mapping[str, str]) -> bool:
    """Whether this is a menu or a dialogue, which is not a part of the content."""
    if attributes.get("role") in _ASIDE_ROLES or "aria-modal" in attributes:
        return True
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return _ASIDE.search(names) is not None


def _is_revealed(attributes: Mapping[str, str]) -> bool:
    names = [name for name in attributes if name.startswith("data-")]
    return bool(_REVEALED.search(" ".join([attributes.get("class", ""), *names])))


def is_for_eyes(element: HtmlElement) -> bool:
    """Tell whether what is not to be read aloud is words all the same: a paragraph or a date, or
    what others are read aloud for ("★★★" beside "three of five stars")."""
    if element.tag in _TEXT_TAGS:
        return True
    if element.tag == "a" and "href" in element.attrib:
        # A card's second link is only taken out of the order of reading; an icon says no sentence.
        return len(str(element.text_content()).split()) >= _FEWEST_WORDS
    beside = (next(element.itersiblings("*", preceding=before), None) for before in (True, False))
    names = (one.get("class", "").split() for one in beside if one is not None)
    return any(not HIDDEN_CLASSES.isdisjoint(own) for own in names)


_OPENING = [
    XPath(f"/descendant-or-self::*/@{name}", smart_strings=False)
    for name in ("aria-controls", "data-target", "data-bs-target")
] + [XPath("/descendant-or-self::a/@href[starts-with(., '#')]", smart_strings=False)]


class Openers:
    """What of a page opens hidden parts of it: buttons, tabs, links to what is hidden."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree

    def open(self, element: HtmlElement) -> bool:
        """Tell whether something on the page opens `element`, which is hidden, as content.

        That is a control that names it or stands right before it, or a name that says so; no
        menu and no dialogue.
        """
        if element.tag not in _CONTENT_TAGS or _is_aside(element.attrib):
            return False
        names = f"{element.get('class', '')} {element.get('id', '')}"
        if element.get("id") in self._ids or _PANEL_NAMES.search(names):
            return True
        before = next(element.itersiblings("*", preceding=True), None)
        return before is not None and _is_control(before)

    @cached_property
    def _ids(self) -> frozenset[str]:
        found = [value for paths in _OPENING for value in paths(self._tree)]
        return frozenset(name.lstrip("#") for value in found for name in value.split()) - {""}


def _is_control(element: HtmlElement) -> bool:
    marked = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle")
    if any(name in element.attrib for name in marked):
        return True
    return any(
        name in inner.attrib for inner in element.iterdescendants("button", "a") for name in marked
    )
