"""Tell the title of a text from the name of the site that stands beside it."""

import re
from collections.abc import Collection, Iterable, Mapping

from lxml import etree
from lxml.html import HtmlElement

from cleaning.text import BLOCK_TAGS, read_line

# What stands between the title of a page and the name of its site.
_BORDER = re.compile(r"\s{1,9}[|–—·»«•:-]{1,9}\s{1,9}|\s{0,9}[|»]\s{0,9}|\s{1,9}::\s{1,9}")
_WORD = re.compile(r"\w+")
_ENOUGH = 0.5
_LIKE_ENOUGH = 0.75
# Inside a heading these are signs and buttons, whose names are not shown.
_UNSEEN = frozenset({"svg", "button", "script", "style", "template"})
_PILCROW = re.compile(r"(?<!\s)\s*+[¶#\U0001f517]\s*+$")


def find_title(
    tree: HtmlElement,
    metas: Mapping[str, str],
    headline: str | None,
    site_names: Iterable[str] = (),
) -> str | None:
    """Return the title of the text on the page, or None.

    The heading that shares most words with what the page declares wins; where none does, the only
    main heading; else the declared title. The name of the site, which `site_names` and the page
    itself may give, is neither a title nor part of one.
    """
    sites = {_key(name) for name in (*site_names, metas.get("og:site_name", ""))} - {""}
    # Only the head's: a picture in SVG has a title too.
    page_title = read_line(tree.findtext("./head/title") or tree.findtext(".//title"))
    declared = [read_line(metas.get("og:title")), read_line(headline), page_title]
    titles = [title for title in declared if title]
    starts = [_BORDER.split(title)[0] for title in titles]
    headings = [heading for heading in _headings(tree) if _key(heading) not in sites]
    scored = [(max((_likeness(h, t) for t in titles + starts), default=0.0), h) for h in headings]
    best, heading = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if heading and (best > 0 or len(headings) == 1):
        return heading
    return _without_site(titles[0], sites) if titles else heading


def find_heading(tree: HtmlElement, title: str | None) -> HtmlElement | None:
    """Return the element that shows the title, else the first main heading, else None."""
    headings = [h for h in tree.iter("h1", "h2", "h3") if any(map(str.strip, h.itertext()))]
    scored = [(_likeness(" ".join(h.itertext()), title or ""), h) for h in headings]
    best, heading = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if best >= _LIKE_ENOUGH:
        return heading
    return next((h for h in headings if h.tag == "h1"), None)


def _headings(tree: HtmlElement) -> list[str]:
    lines = (
        read_line(_PILCROW.sub("", " ".join(_pieces(heading)).strip()))
        for heading in tree.iter("h1")
    )
    return list(dict.fromkeys(line for line in lines if line))


def _pieces(heading: HtmlElement) -> list[str]:
    """Return the text of each line: a break or a block between two words separates them."""
    lines = [""]
    walk = etree.iterwalk(heading, events=("start", "end"))
    for event, element in walk:
        if element.tag == "br" or element.tag in BLOCK_TAGS:
            lines.append("")
        if event == "end":
            lines[-1] += (element.tail if element is not heading else "") or ""
        elif element.tag in _UNSEEN:
            walk.skip_subtree()
        else:
            lines[-1] += element.text or ""
    return lines


def _likeness(one: str, other: str) -> float:
    """Return the share of the words that both have (Dice), 0 where `one` is mostly other words."""
    words, others = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    if not words or not others:
        return 0.0
    both = len(words & others)
    return 2 * both / (len(words) + len(others)) if both >= _ENOUGH * len(words) else 0.0


def _without_site(title: str, sites: Collection[str]) -> str:
    """Return a title without the name of the site before or behind it."""
    borders = list(_BORDER.finditer(title))
    if borders and _key(title[borders[-1].end() :]) in sites:
        return title[: borders[-1].start()]
    if borders and _key(title[: borders[0].start()]) in sites:
        return title[borders[0].end() :]
    return title


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
