"""Tell the title of a page from the names of its site, its sections and other pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from cleaning.continuity import plain
from cleaning.evidence.model import PUBLISHER, TITLE, Evidence
from cleaning.lexicon import lexicon
from cleaning.page import Page
from cleaning.page.names import AREA_BITS
from cleaning.reader.heading_address import words_in_address
from cleaning.reader.ranking import LOST, Candidate, weigh
from cleaning.text import read_line
from cleaning.urls import host_of

# What stands between the title of a page and the name of its site: for sure, and at all.
_SPACED = r"[|–—·»«•:>/~\\-]++\s++"
SURE_BORDER = re.compile(rf"(?<!\s)\s++{_SPACED}")
BORDER = re.compile(
    rf"(?<!\s)\s++(?:{_SPACED}|[|»«｜•]++\s*+|[–—-](?=\S))"
    r"|[|»«｜•]++\s*+|(?<=\w)[:：]\s++|_(?=\S\S)"
)
_HEADINGS = ("h1", "h2", "h3")
_MOST_HEADINGS = 30
_UNSEEN = AREA_BITS["hidden"] | AREA_BITS["noscript"]
_PILCROW = re.compile(r"(?:(?<!\s)\s++)?+[¶#\U0001f517]\s*+$")
_BUTTONS = frozenset({"button", "svg", "select"})
_CONTENT = AREA_BITS["main"] | AREA_BITS["article"]
_LONGEST = 300  # characters of a title
_ALIKE = 0.75


def rank_titles(
    page: Page, evidence: Sequence[Evidence], site_names: Collection[str] = ()
) -> list[Candidate]:
    """Return what could be the title, the likeliest first."""
    sites = _site_keys(page, evidence, site_names)
    found: dict[str, _Title] = {}
    for text, origin, element in _all(page, evidence, sites):
        line = _PILCROW.sub("", read_line(text[:_LONGEST]) or "")
        if plain(line):
            found.setdefault(plain(line), _Title(line)).add(origin, element)
    _compare(found, page, sites)
    others = _without_site(found, {plain(name) for name in site_names})
    ranked = [title.candidate() for title in others.values()]
    return sorted(ranked, key=lambda candidate: -candidate.weight)


def _without_site(found: dict[str, _Title], names: set[str]) -> dict[str, _Title]:
    """Leave out the site's name as the source has it, alone or beside another title."""
    kept = {
        line: title
        for line, title in found.items()
        if line not in names
        and not any(
            (line.startswith(f"{name} ") and line[len(name) + 1 :] in found)
            or (line.endswith(f" {name}") and line[: -len(name) - 1] in found)
            for name in names
        )
    }
    return kept or found


class _Title:
    """One wording of a title, with all who say it."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.key = plain(line)
        self.origins: dict[str, int | None] = {}
        self.signs: set[str] = set()

    def add(self, origin: str, element: int | None) -> None:
        self.origins.setdefault(origin, element)
        self.signs.add(origin)

    def candidate(self) -> Candidate:
        signs = tuple(sorted(self.signs))
        shown = [element for element in self.origins.values() if element is not None]
        # A page below the front page is not headed by the site's name, unless it says nothing else.
        is_site = "is site" in self.signs and "title" not in self.signs
        lost = "the name of the site" if is_site else ""
        weight = weigh("title", signs) if not lost else LOST
        return Candidate(
            self.line, next(iter(self.origins)), weight, signs, min(shown, default=None), lost
        )


def _site_keys(page: Page, evidence: Sequence[Evidence], names: Collection[str]) -> set[str]:
    said = [one.value or "" for one in evidence if one.says == PUBLISHER]
    return {plain(name) for name in (*names, *said, host_of(page.url))} - {""}


def _all(
    page: Page, evidence: Sequence[Evidence], sites: set[str]
) -> Iterator[tuple[str, str, int | None]]:
    yield from _headings(page)
    for one in evidence:
        if one.says == TITLE and one.value:
            yield one.value, _source(one), one.element
            for part in _parts(one.value, sites):
                if part[1].endswith(" site"):
                    yield one.value, "with the site's name", None
                yield part


_SOURCES = ("json-ld", "meta", "microdata", "selector", "feed", "list")


def _source(one: Evidence) -> str:
    """Return who says it; what platforms say is weighed alike."""
    if one.origin == "title":
        return one.origin
    origin = one.origin if one.origin in _SOURCES else "platform"
    return f"{origin} {one.weight:.1f}"


def _headings(page: Page) -> Iterator[tuple[str, str, int | None]]:
    numbers = {"h1": 0, "h2": 0, "h3": 0}
    for element in page.tagged(*numbers):
        if page.areas[element] & _UNSEEN:
            continue
        tag = page.tags[element]
        text = _heading_text(page, element)
        if not text:
            continue
        numbers[tag] += 1
        if numbers[tag] <= (_MOST_HEADINGS if tag == "h1" else 3):
            place = "first" if numbers[tag] == 1 else "later"
            yield text, f"{tag} {place}", element


def _heading_text(page: Page, element: int) -> str:
    """Return the text of a heading without the names of signs and buttons in it."""
    pieces = []
    for number in page.inside(element):
        for text, inner in page.blocks[number].pieces:
            is_pressed = page.tags[inner] == "a" and lexicon().is_phrase(text, "control")
            if page.holds(element, inner) and page.tags[inner] not in _BUTTONS and not is_pressed:
                pieces.append(text if text != "\n" else " ")
        pieces.append(" ")
    return " ".join("".join(pieces).split())


def _parts(text: str, sites: set[str]) -> Iterator[tuple[str, str, int | None]]:
    """Yield a declared title without the name of the site before or behind it."""
    borders = list(BORDER.finditer(text))
    if not borders:
        return
    first, last = borders[0], borders[-1]
    pieces = [text[: last.start()], text[last.end() :], text[: first.start()], text[first.end() :]]
    rests = (pieces[1], pieces[0], pieces[3], pieces[2])
    signs = [_sign(last[0])] * 2 + [_sign(first[0])] * 2
    for name, sign, piece, rest in zip(_PARTS, signs, pieces, rests, strict=True):
        known = "site" if plain(rest) in sites else f"at {sign}"
        yield piece, f"part {name} {known}", None
    for before, after in pairwise(borders):
        yield text[before.end() : after.start()], "part middle", None


_PARTS = ("start", "last", "first", "end")
_SIGNS = ("colon", "dash", "bar")


def _sign(border: str) -> str:
    sign = border.strip()[:1]
    return "colon" if sign in ":：" else "dash" if sign in "-–—" else "bar"


def _compare(found: dict[str, _Title], page: Page, sites: set[str]) -> None:
    """Add to each title how it stands to the others, to the address and to the page."""
    slug = words_in_address(page.url)
    has_path = bool(urlsplit(page.url).path.strip("/")) if "//" in page.url else False
    declared = {t.key for t in found.values() if not t.signs.isdisjoint(_DECLARED)}
    h1s = sum("h1 first" in t.signs or "h1 later" in t.signs for t in found.values())
    shown = {t.key for t in found.values() if any(sign[0] == "h" for sign in t.signs)}
    in_front = {one for one in shown if not found[one].signs.isdisjoint(_FRONT)}
    weak = {plain(name) for name in lexicon().of("section_titles")}
    for title in found.values():
        words = title.key.split()
        title.signs.add(f"words {_bucket(len(words))}")
        if title.key in sites:
            title.signs.add("is site" if has_path else "is site on the front page")
        if title.key in weak:
            title.signs.add("is section")
        if h1s == 1 and "h1 first" in title.signs:
            title.signs.add("h1 only")
        title.signs.add(f"address {_shared(set(words), slug)}")
        if slug and len(set(words) & slug) >= 0.8 * len(slug):
            title.signs.add("whole address")
        others = declared - {title.key}
        if any(title.key in other for other in others):
            title.signs.add("in a declared one")
        if any(_likeness(title.key, other) >= _ALIKE for other in others):
            title.signs.add("like a declared one")
        is_shown = any(sign[0] == "h" for sign in title.signs)
        is_behind = not title.signs.isdisjoint(_BEHIND) and title.signs.isdisjoint(_FRONT)
        if is_shown and is_behind and not in_front <= {title.key}:
            title.signs.add("another is shown in front")
        if not is_shown and not title.signs.isdisjoint(_BEHIND) and title.signs.isdisjoint(_FRONT):
            title.signs.add("behind a border only")
        is_part = any(sign.startswith("part") and "at " in sign for sign in title.signs)
        if is_part and not is_shown and len(words) == 1:
            title.signs.add("one word of a title")
        parts = [t.key for t in found.values() if any(s.startswith("part") for s in t.signs)]
        if is_shown and any(
            len(p.split()) > 1 and p in title.key and p != title.key for p in parts
        ):
            title.signs.add("holds a declared part")
        if title.key in declared and any(sign[0] == "h" for sign in title.signs):
            title.signs.add("declared and shown")
        most = max((_likeness(title.key, other) for other in declared), default=1.0)
        if is_shown and most < 0.2:
            title.signs.add("unlike the declared")
        if not is_shown and not any(_likeness(title.key, h) >= 0.2 for h in shown):
            title.signs.add("unlike the shown")
        agreeing = sum(sign in _SAYING or sign[:5] in _SAYING for sign in title.signs)
        title.signs.add(f"said by {min(agreeing, 4)}")
        _add_place(title, page)


_BEHIND = frozenset(f"part {part} at {sign}" for part in ("last", "end") for sign in _SIGNS)
_FRONT = frozenset(f"part {part} at {sign}" for part in ("first", "start") for sign in _SIGNS)
_DECLARED = frozenset(
    {"title", "meta 0.8", "meta 0.6", "json-ld 0.9", "json-ld 0.6", "microdata 0.9"}
)
_SAYING = _DECLARED | {"h1 fi", "h1 la", "h2 fi", "h2 la", "part "}


def _shared(words: set[str], slug: set[str]) -> str:
    """Tell how many of the words of a title stand in the address."""
    share = len(words & slug) / max(len(words), 1)
    return "unknown" if not slug else "most" if share >= 0.6 else "some" if share >= 0.3 else "none"


def _add_place(title: _Title, page: Page) -> None:
    elements = [element for element in title.origins.values() if element is not None]
    if not elements:
        return
    element = min(elements)
    if page.areas[element] & _CONTENT:
        title.signs.add("in main")
    if page.areas[element] & (AREA_BITS["nav"] | AREA_BITS["aside"] | AREA_BITS["footer"]):
        title.signs.add("in aside")
    links = [
        e
        for e in (*range(element, page.ends[element]), page.parents[element])
        if page.tags[e] == "a"
    ]
    if links and page.attributes[links[0]].get("href", "#")[:1] != "#":
        href = page.attributes[links[0]].get("href", "").split("#")[0].split("?")[0]
        is_own = bool(href) and page.url.split("?")[0].rstrip("/").endswith(href.rstrip("/"))
        title.signs.add("links to itself" if is_own and len(href) > 1 else "links away")


def _bucket(number: int) -> str:
    for most, name in ((1, "1"), (2, "2"), (4, "3"), (20, "5"), (30, "21")):
        if number <= most:
            return name
    return "31"


def _likeness(one: str, other: str) -> float:
    """Return the share of words that both have (Dice)."""
    words, others = set(one.split()), set(other.split())
    return 2 * len(words & others) / (len(words) + len(others)) if words and others else 0.0


def find_title_element(
    page: Page, title: str | None, candidates: Iterable[Candidate]
) -> int | None:
    """Return the element that shows the title: the heading most like it, else the first h1."""
    wanted = plain(title or "")
    shown = [c for c in candidates if c.element is not None and page.tags[c.element] in _HEADINGS]
    scored = [
        (_likeness(plain(c.value), wanted), -c.element, c.element)
        for c in shown
        if c.element is not None
    ]
    best = max(scored, default=(0.0, 0, None))
    if best[0] >= _ALIKE:
        return best[2]
    return next(
        (c.element for c in shown if c.element is not None and page.tags[c.element] == "h1"), None
    )
