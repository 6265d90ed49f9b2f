"""Read how many comments a page says that it has, whether it shows them or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaning.evidence import Evidence
from cleaning.evidence.model import COMMENT_COUNT
from cleaning.page import Page
from cleaning.page.tags import HEADINGS
from cleaning.reader.threads.words import is_bare_count, read_count

_TITLE = re.compile(
    r"(?:post)?comments?[-_]?(?:title|h|header|heading|count)?|title[-_]comments?"
    r"|wp-block-comments-title",
    re.IGNORECASE,
)
_AREA = frozenset({"comments", "comments-area"})
_LONGEST = 120


def declared_count(page: Page, evidence: Sequence[Evidence] = ()) -> int | None:
    """Return the number in the first heading of the comments that holds one, else None.

    Failing a heading, that of the page's own link to `#comments` ("17 Comments" beside the date),
    of a heading anywhere that is nothing but such a number, or the only one that data state.
    The number counts what the platform counts: often pingbacks too, and comments on further pages.
    """
    for elements in (_titles(page), _links(page), _bare(page)):
        for element in elements:
            text = page.text_of(element)
            count = read_count(text) if len(text) <= _LONGEST else None
            if count is not None:
                return count
    told = {one.value for one in evidence if one.says == COMMENT_COUNT and one.weight >= 0.5}
    value = told.pop() if len(told) == 1 else None
    return int(value) if value and value.isdigit() else None


def _titles(page: Page) -> Iterator[int]:
    headings = page.tagged(*HEADINGS)
    named = [e for e in page.having("class") if "omment" in page.attributes[e]["class"]]
    for element in sorted({*headings, *named}):
        is_heading = page.tags[element] in HEADINGS
        is_named = any(_TITLE.fullmatch(n) for n in page.class_of(element) if "-" in n)
        if is_named or (is_heading and _is_of_comments(page, element)):
            yield element


def _is_of_comments(page: Page, heading: int) -> bool:
    if page.attributes[heading].get("id") in ("comments", "comments-title"):
        return True
    if any(_TITLE.fullmatch(name) for name in page.class_of(heading)):
        return True
    return any(
        page.attributes[around].get("id") == "comments"
        or not _AREA.isdisjoint(page.class_of(around))
        for around in page.around(heading)
    )


def _links(page: Page) -> Iterator[int]:
    # Only this page's own: a sidebar links to the comments of other posts.
    canonical = next(
        (link.get("href", "") for link in page.head.links if link.get("rel") == "canonical"), ""
    )
    own = {"#comments", f"{canonical}#comments"}
    for element in page.tagged("a"):
        if page.attributes[element].get("href") in own:
            yield element


def _bare(page: Page) -> Iterator[int]:
    for element in page.tagged(*HEADINGS - {"h1"}):
        if is_bare_count(page.text_of(element)):
            yield element
