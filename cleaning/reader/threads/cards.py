"""Tell parts that announce a page of their own, as the entries of a listing do, from posts."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from cleaning.dates import find_written_dates
from cleaning.page import Page
from cleaning.page.tags import HEADINGS
from cleaning.reader.threads.entry import Entry
from cleaning.reader.threads.layout import Run
from cleaning.urls import site_of

PROFILE = re.compile(
    r"(?:^|/)(?:users?|members?|profiles?|people|u|authors?|accounts?)(?:[/?.=]|$)"
    r"|[?&;]u(?:id)?=|profile",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:re|aw|sv|antw)\s?:", re.IGNORECASE)


def is_card(page: Page, entry: Entry) -> bool:
    """Whether a part announces a page of its own, as the entries of a listing do."""
    words = linked = 0
    if not any(page.tags[element] == "a" for element in entry.part.elements):
        return any(page.tags[e] == "a" for e in page.around(entry.part.box.element))
    here, author = _names(page, entry), _link_of_author(page, entry)
    for place, run in enumerate(entry.part.runs):
        link = next((e for e in page.around(run.element) if page.tags[e] == "a"), None)
        if link is None or (link == author and not _is_long(run)) or _is_here(page, link, here):
            continue
        is_heading = _is_heading(page, entry, run)
        if not (_leads_on(page, link) or (is_heading and _is_title(page, link))):
            continue
        size = run.text.count(" ") + 1
        is_numbered = any(map(str.isdigit, run.text)) and not find_written_dates(run.text)
        is_own = run.weight * 2 > size or is_numbered
        is_time = entry.time is not None and page.holds(link, entry.time.element)
        if is_time or _SUBJECT.match(run.text) or _begins(entry, run):
            continue
        if is_heading or (is_own and place < 3 and size > 2):
            return True
    for run in entry.body:
        words += len(run.text)
        link = next((e for e in page.around(run.element) if page.tags[e] == "a"), None)
        linked += len(run.text) if link is not None and _leads_on(page, link) else 0
    return linked * 2 > words


def _link_of_author(page: Page, entry: Entry) -> int | None:
    """The link of the author, unless others of the part are those of people: then it is a title."""
    links = (e for e in entry.part.elements if page.tags[e] == "a")
    homes = [e for e in links if PROFILE.search(page.attributes[e].get("href", ""))]
    return entry.author_link if not homes or entry.author_link in homes else None


def _begins(entry: Entry, run: Run) -> bool:
    """Whether a line is the begin of the text itself, as some make subjects of comments."""
    text = entry.body[0].text if entry.body else ""
    return run not in entry.body and text.startswith(run.text.rstrip(" .…"))


def _is_long(run: Run) -> bool:
    """Whether a line has more words than the name of somebody."""
    return run.text.count(" ") > 3


def _names(page: Page, entry: Entry) -> set[str]:
    """The ids and names of anchors in a part, and of the one that stands right before it."""
    found = set()
    start = entry.part.box.element
    before = [start - 1] if page.tags[start - 1] == "a" and page.ends[start - 1] == start else []
    for element in (*before, *entry.part.elements):
        attributes = page.attributes[element]
        if attributes:
            found |= {attributes.get("id", ""), attributes.get("name", "")}
    return found - {""}


def _is_here(page: Page, link: int, here: set[str]) -> bool:
    """Whether a link leads to this very part ("/comment/7#comment-7")."""
    return page.attributes[link].get("href", "").rpartition("#")[2] in here


def _is_title(page: Page, link: int) -> bool:
    """Whether a heading leads anywhere but to this page or to somebody."""
    href = page.attributes[link].get("href", "")
    rel = page.attributes[link].get("rel", "").lower()
    return "#" not in href[:1] and bool(href) and not (PROFILE.search(href) or "nofollow" in rel)


def _is_heading(page: Page, entry: Entry, run: Run) -> bool:
    start = entry.part.box.element
    return any(page.tags[e] in HEADINGS for e in page.around(run.element) if e >= start)


def _leads_on(page: Page, link: int) -> bool:
    """Tell whether a link leads to another page of the site, and to nobody's profile."""
    attributes = page.attributes[link]
    href = attributes.get("href", "").partition("#")[0]
    if not href or PROFILE.search(href):
        return False
    rel = attributes.get("rel", "").lower()
    if "nofollow" in rel or "ugc" in rel or "external" in rel:
        return False
    if _is_outside(page, href):
        return False
    try:
        target, own = urlsplit(urljoin(page.url, href)), urlsplit(page.url)
    except ValueError:
        return False
    return (target.path, target.query) != (own.path, own.query)


def _is_outside(page: Page, href: str) -> bool:
    return "://" in href and site_of(href) != site_of(page.url)
