"""Who wrote a page: all that says so, weighed together; each source names its authors at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cleaning.bylines import Author, Kind, is_account, is_byline, read_credits
from cleaning.continuity import plain
from cleaning.evidence.model import AUTHOR, PUBLISHER, Evidence
from cleaning.page import Block, Page
from cleaning.reader.heading_author_lines import (
    announces,
    is_date,
    is_lead,
    is_no_author,
    listed,
    may_announce,
    named_elements,
    upright,
)
from cleaning.reader.heading_lines import beside_day, line_of, may_have_date
from cleaning.reader.heading_places import Places
from cleaning.reader.ranking import LOST, Candidate, weigh
from cleaning.reader.threads.cards import PROFILE
from cleaning.text import read_line

_NO_NAME = re.compile(
    r"^https?$|https?:|www\.|@|[<>{}\[\]\\=]|^\W*$|\.(?:com|org|net|html?|php)\b", re.I
)
_CAMEL = re.compile(r"[a-z0-9._-]+$")
_LONGEST_NAME, _LONGEST_LINE = 90, 220  # characters
_MOST_WORDS = 8
_KINDS: dict[str, Kind] = {"person": "person", "organization": "organisation"}
_MOST_LINES = 40


@dataclass(slots=True)
class Group:
    """The authors that one source names, and others with a part of their own."""

    authors: tuple[Author, ...]
    others: tuple[Author, ...]
    origin: str
    element: int | None
    signs: set[str] = field(default_factory=set)
    lost: str = ""

    @property
    def key(self) -> frozenset[str]:
        return frozenset(plain(author.name) for author in self.authors)


class AuthorReader:
    """Reads the authors of one page."""

    def __init__(
        self,
        page: Page,
        places: Places,
        evidence: Sequence[Evidence],
        site_names: Collection[str],
        title: str | None,
    ) -> None:
        self.page, self.places, self.evidence = page, places, evidence
        said = [one.value or "" for one in evidence if one.says == PUBLISHER]
        self.sites = {plain(name) for name in (*site_names, *said)} - {""}
        self.sites |= {site.replace(" ", "") for site in self.sites}
        self.title = plain(title or "")
        self.named = named_elements(page)
        self.groups: list[Group] = []

    def read(self) -> list[tuple[Candidate, Group]]:
        """Return the groups of authors, the likeliest first; those that cannot be come last."""
        self._take_evidence()
        self._take_lines()
        merged: dict[frozenset[str], Group] = {}
        for group in self.groups:
            known = merged.setdefault(group.key, group)
            if known is not group and not group.lost:
                known.signs |= group.signs if not known.lost else set()
                if known.element is None:
                    known.element = group.element
                known.others = known.others or group.others
                if known.lost:
                    merged[group.key] = group
        self._compare(merged)
        ranked = []
        for group in merged.values():
            signs = tuple(sorted(group.signs))
            names = "; ".join(author.name for author in group.authors)
            weight = LOST if group.lost else weigh("authors", signs)
            candidate = Candidate(names, group.origin, weight, signs, group.element, group.lost)
            ranked.append((candidate, group))
        return sorted(ranked, key=lambda pair: -pair[0].weight)

    def _take_evidence(self) -> None:
        declared: dict[tuple[str, float, int | None], list[Evidence]] = {}
        for one in self.evidence:
            if one.says == AUTHOR and one.value:
                around = None if one.element is None else self.page.parents[one.element]
                declared.setdefault((one.origin, one.weight, around), []).append(one)
        for (origin, weight, _), said in declared.items():
            named = [author for one in said for author in self._names(one)]
            element = said[0].element
            self._add(named, f"{_source(origin)} {weight:.1f}", origin, element)

    def _names(self, one: Evidence) -> Iterator[Author]:
        value = read_line(one.value) or ""
        kind = _KINDS.get(one.detail)
        if one.detail.endswith("organization"):
            kind = "organisation"
        if kind == "organisation":
            yield Author(value, kind)
            return
        if one.element is not None and value == self.page.text_of(one.element):
            value = self._line(one.element)
        if one.detail == "citation":
            value = upright(value)
        for author in read_credits(value):
            yield replace(author, kind=kind) if kind else author

    def _line(self, element: int) -> str:
        """Return the text of an element with borders between its parts."""
        page = self.page
        if page.is_border[element]:
            return " | ".join(line_of(page, page.blocks[n]) for n in page.inside(element))[:300]
        return page.text_of(element)

    def _take_lines(self) -> None:
        starts, number = self.places.text_starts, 0
        label = ""
        for block in self.page.blocks:
            if not 2 < len(block.text) <= _LONGEST_LINE or number > _MOST_LINES:
                continue
            named = self._is_named(block)
            near = self.places.title_block is not None and (
                -8 <= block.number - self.places.title_block <= 12 and block.number <= starts + 1
            )
            may_be = may_announce(block)
            before, label = label, block.text if may_be and is_lead(block.text) else ""
            if not (named or before or (may_be and announces(line_of(self.page, block)))):
                if near and self._is_bare(block) and (not may_be or self._leads_home(block)):
                    self._take_bare(block)
                continue
            number += 1
            self._take_line(block, before, named=named, near=near)

    def _is_bare(self, block: Block) -> bool:
        """Tell whether a line near the title stands beside a date."""
        first = max(block.number - 2, 0)
        around = self.page.blocks[first : block.number + 3]
        return len(block.text) <= _LONGEST_NAME and any(
            len(one.text) <= _LONGEST_LINE and may_have_date(one.text) for one in around
        )

    def _take_bare(self, block: Block) -> None:
        """Take what has the shape of a person's name, though nothing says what it is."""
        if self.places.is_aside(block.element) or self.places.is_teaser(block.element):
            return
        line = line_of(self.page, block)
        beside = beside_day(line)
        authors = read_credits(beside or line)
        leads_home = self._leads_home(block)
        is_sure = len(authors) == 1 and bool(beside) and leads_home
        if is_sure or (authors and all(author.kind == "person" for author in authors)):
            kind = "with address and day " if is_sure else "with address " if leads_home else ""
            self._add(list(authors), f"bare {kind}near title", "text", block.element)

    def _leads_home(self, block: Block) -> bool:
        """Tell whether a line has a link to somebody's mail or profile, as bylines do."""
        links = {e for _, e in block.pieces if self.page.tags[e] == "a"}
        hrefs = (self.page.attributes[link].get("href", "") for link in links)
        return any(href.startswith("mailto:") or PROFILE.search(href) for href in hrefs)

    def _take_line(self, block: Block, label: str, *, named: str, near: bool) -> None:
        line = f"{label} {line_of(self.page, block)}".strip()
        is_announced = announces(line)
        if not named and not is_announced:
            return
        if not is_announced and (len(line) > _LONGEST_NAME or is_date(line)):
            return
        found = read_credits(listed(self.page, block, line) if named else line)
        if is_announced and not named and not any(a.kind != "unknown" for a in found):
            return
        kind = f"{'announced' if is_announced else 'shown'}{' ' + named if named else ''}"
        if is_announced and not is_byline(line) and not named:
            kind = f"{kind} with more"
        self._add(list(found), f"{kind} {self._place_of(block, near=near)}", "text", block.element)

    def _is_named(self, block: Block) -> str:
        """Return how the elements around a block are named: for the author, about the author."""
        if not self.named:
            return ""
        near = [block.element, self.page.parents[block.element]]
        for text, element in block.pieces[:8]:
            if not text.isspace():
                near += (element, self.page.parents[element])
        return next((self.named[element] for element in near if element in self.named), "")

    def _place_of(self, block: Block, *, near: bool) -> str:
        if self.places.is_teaser(block.element):
            return "in a teaser"
        if self.places.is_aside(block.element):
            return "aside"
        if near:
            return "near title"
        if self.places.title_block is None:
            return "without title"
        return "after" if block.number > self.places.title_block else "before"

    def _add(self, named: list[Author], sign: str, origin: str, element: int | None) -> None:
        found: dict[str, Author] = {}
        for author in named:
            name = author.name
            if (
                not _NO_NAME.search(name)
                and len(name.split()) <= _MOST_WORDS
                and not is_no_author(name, author.kind)
            ):
                found.setdefault(plain(name), author)
        authors = tuple(a for a in found.values() if a.part == "author" and not is_account(a.name))
        others = tuple(a for a in found.values() if a.part != "author")
        if not authors and not others:
            return
        lost = ""
        if element is not None and self.places.is_in_post(element):
            lost = "of a post or comment"
        elif element is not None and (
            self.places.is_of_others(element) or self.places.is_beside(element)
        ):
            lost = "of another page or person"
        elif element is not None and origin != "text" and self.places.is_teaser(element):
            lost = "of another page"
        self.groups.append(Group(authors, others, origin, element, {sign}, lost))

    def _compare(self, merged: dict[frozenset[str], Group]) -> None:
        for names, group in merged.items():
            signs, authors = group.signs, group.authors
            if not authors:
                group.lost = "no author among them"
                continue
            kinds = {author.kind for author in authors}
            signs.add(f"all {kinds.pop()}" if len(kinds) == 1 else "of several kinds")
            signs.add(
                "one" if len(authors) == 1 else "two or three" if len(authors) <= 3 else "many"
            )
            if any(name in self.sites or name.replace(" ", "") in self.sites for name in names):
                signs.add("is site")
                if any(_is_of_persons(other) for other in merged.values() if other is not group):
                    signs.add("is site beside persons")
            if any(name == self.title for name in names):
                signs.add("is title")
            elif any(" " in name and f" {name} " in f" {self.title} " for name in names):
                signs.add("in the title")
            if all(_CAMEL.fullmatch(author.name) for author in authors):
                signs.add("account name")
            elif all(" " not in author.name for author in authors):
                signs.add("one word")
            others = [other for other in merged if other != names and other]
            if any(names < other for other in others):
                signs.add("part of another")
            if any(names > other for other in others):
                signs.add("more than another")
            signs.add(
                f"said {min(len([s for s in signs if s[-1].isdigit() or 'title' in s]), 3)} times"
            )
            signs.add("alone" if not others else "one of several")


def _is_of_persons(group: Group) -> bool:
    return not group.lost and bool(group.authors) and all(a.kind == "person" for a in group.authors)


def _source(origin: str) -> str:
    known = ("json-ld", "meta", "microdata", "rel", "selector", "feed", "list")
    return origin if origin in known else "platform"
