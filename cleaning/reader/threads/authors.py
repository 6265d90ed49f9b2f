"""Tell who wrote each of several posts: the place that holds a name in all of them."""

from __future__ import annotations

import re
from collections import defaultdict

from cleaning.page.tags import HEADINGS
from cleaning.reader.threads.chrome import Chrome
from cleaning.reader.threads.entry import Entry
from cleaning.reader.threads.groups import steps
from cleaning.reader.threads.layout import Layout, Part, Run
from cleaning.reader.threads.words import (
    is_author_badge,
    is_button,
    is_pingback_label,
    is_profile,
    read_name,
)

_NAMED = re.compile(
    r"author|user|member|poster|nick|byline|commenter|posted-?by|added-?by|creator|autor|auteur"
    r"|(?:^|[-_ ])(?:fn|vcard|name|p-name)(?:$|[-_ ])",
    re.IGNORECASE,
)
USER_NAME = re.compile(
    r"(?:user|author|member|display|screen|nick|poster|person|first)[-_]?name"
    r"|author(?![-_]?\w*(?:role|title|avatar))|(?:^|[-_ ])fn(?:$|[-_ ])",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"title|role|rank|status|badge|joined|since|group|level|count|stat|info(?:$|\s)|extra|location|quote",
    re.I,
)
_PROFILE = re.compile(
    r"/(?:users?|members?|profiles?|people|u|authors?|accounts?|community|mitglied\w*|membre\w*)"
    r"(?:[/?.=\d]|$)|[?&;]u(?:id)?=|profile|member|user",
    re.IGNORECASE,
)
_STATED = frozenset(
    {"data-author", "data-author-name", "data-username", "data-user-name", "data-user"}
)
_NAMING = frozenset({"cite", "b", "strong", "address", "h3", "h4", "h5", "h6", "dt", "th"})
_VISITORS = frozenset({"nofollow", "ugc", "external"})
_LONGEST = 60
_FEWEST = 2.0  # of the score of a place that holds names


def read_authors(
    layout: Layout, entries: list[Entry], chrome: Chrome, bodies: dict[int, int]
) -> None:
    """Set the author of each entry."""
    shown = chrome.times | chrome.pairs
    nearest: dict[tuple[int, int], tuple[int, str, Run]] = {}
    for place, entry in enumerate(entries):
        for run in entry.part.runs:
            name = _name(entry, run, shown) if len(run.text) <= _LONGEST + 60 else None
            if name and not _is_all(entry, run, shown):
                far = _distance(layout, entry, run)
                if (run.slot, place) not in nearest or far < nearest[run.slot, place][0]:
                    nearest[run.slot, place] = far, name, run
    candidates: dict[int, list[tuple[int, str, Run]]] = defaultdict(list)
    for (slot, place), (_, name, run) in nearest.items():
        candidates[slot].append((place, name, run))
    stated = [_stated(layout, entry.part) for entry in entries]
    scores = {
        slot: _score(layout, entries, slot, found, bodies, stated)
        for slot, found in candidates.items()
    }
    _assign(layout, entries, candidates, scores)
    for entry, name in zip(entries, stated, strict=True):
        if name and entry.author != name:
            entry.author = name


def _distance(layout: Layout, entry: Entry, run: Run) -> int:
    """How far a line is from the time, in steps through the tree; 0 where no time is known."""
    if entry.time is None:
        return 0
    return sum(steps(layout.page, entry.time.element, run.element))


def _assign(
    layout: Layout,
    entries: list[Entry],
    candidates: dict[int, list[tuple[int, str, Run]]],
    scores: dict[int, float],
) -> None:
    """Take names from the best place, and for posts that have none there from the next best.

    A place within the best one, or around it, is as good for those: guests are not linked.
    """
    best = ""
    left = dict(scores)
    while left:
        missing = {place for place, entry in enumerate(entries) if entry.author is None}
        if not missing:
            return
        worth = {
            slot: score + _share(candidates[slot], missing, len(entries), layout.names[slot], best)
            for slot, score in left.items()
        }
        slot = max(worth, key=lambda slot: worth[slot])
        if worth[slot] < _FEWEST:
            return
        left.pop(slot)
        best = best or layout.names[slot]
        for place, name, run in candidates[slot]:
            entry = entries[place]
            if entry.author is None:
                entry.author, entry.author_run = name, run
                entry.author_link = _link(layout, entry.part, run)


def _share(
    found: list[tuple[int, str, Run]], missing: set[int], count: int, name: str, best: str
) -> float:
    if best and (best.endswith(name) or name.endswith(best)):
        return 3.0 * sum(place in missing for place, _, _ in found) / len(missing) + 2
    return 3.0 * len(found) / count


def _name(entry: Entry, run: Run, shown: set[int]) -> str | None:
    text = run.text
    if entry.time is not None and run.block == entry.time.block and entry.time.raw in text:
        before, _, after = text.partition(entry.time.raw)
        return _short(read_name(before)) or _short(read_name(after))
    if id(run) in shown or is_button(text) or is_author_badge(text) or is_pingback_label(text):
        return None
    return _short(read_name(text))


def _is_all(entry: Entry, run: Run, shown: set[int]) -> bool:
    """Whether a line behind the time is all that a post says; then it is its text."""
    if entry.time is None or run.element < entry.time.element:
        return False
    rest = (r for r in entry.part.runs if r is not run and id(r) not in shown)
    return not entry.is_pingback and all(is_button(other.text) for other in rest)


def _short(name: str | None) -> str | None:
    if name is None or len(name) > _LONGEST or name.count(" ") > 5:
        return None
    return name


def _stated(layout: Layout, part: Part) -> str | None:
    for element in part.elements:
        attributes = layout.page.attributes[element]
        if not attributes or _STATED.isdisjoint(attributes):
            continue
        for name in _STATED.intersection(attributes):
            value = " ".join(attributes[name].split())
            if value and len(value) <= _LONGEST and not value.isdigit() and value[0] not in "{[<":
                return value
    return None


def _link(layout: Layout, part: Part, run: Run) -> int | None:
    for element in layout.chain(part, run.element):
        if layout.page.tags[element] == "a":
            return element
    return None


def _is_on(layout: Layout, part: Part, run: Run) -> bool:
    """Whether a line leads on, as the title of a teaser does, and to nobody's profile."""
    link = _link(layout, part, run)
    href = "" if link is None else layout.page.attributes[link].get("href", "").partition("#")[0]
    return bool(href) and not _PROFILE.search(href)


def _score(
    layout: Layout,
    entries: list[Entry],
    slot: int,
    found: list[tuple[int, str, Run]],
    bodies: dict[int, int],
    stated: list[str | None],
) -> float:
    page = layout.page
    names = layout.names[slot].split(" | ")
    score = 0.0
    for depth, name in enumerate(names[:4]):
        tag = name.partition(" ")[0]
        is_name = depth < 2 and USER_NAME.search(name)
        if is_name:
            score += 4
        elif depth < 2 and _ABOUT.search(name):
            score -= 3
        elif _NAMED.search(name):
            score += 1
        if tag in _NAMING and depth < 2:
            score += 3 if tag == "cite" else 1
        if tag in ("blockquote", "p") and depth < 3:
            score -= 1.5
    if any(name.partition(" ")[0] in HEADINGS for name in names[:3]) and not any(
        USER_NAME.search(name) for name in names[:3]
    ):
        score -= (
            3
            * sum(_is_on(layout, entries[place].part, run) for place, _, run in found)
            / len(found)
        )
    distinct = len({name for _, name, _ in found})
    score += min(distinct, 3) / 3 if len(found) > 2 else 0.5
    score -= 1.5 * (distinct == 1 and len(found) > 2)
    links = [_link(layout, entries[place].part, run) for place, _, run in found]
    hrefs = [page.attributes[link].get("href", "") if link is not None else "" for link in links]
    score += 2.5 * sum(bool(_PROFILE.search(href)) for href in hrefs) / len(found)
    rels = sum(
        link is not None and not _VISITORS.isdisjoint(page.attributes[link].get("rel", "").split())
        for link in links
    )
    score += rels / len(found)
    by_name = defaultdict(set)
    for (_, name, _), href in zip(found, hrefs, strict=True):
        by_name[name].add(href)
    if all(hrefs) and len(set(hrefs)) > 1:
        steady = sum(len(values) == 1 for values in by_name.values()) / len(by_name)
        score += steady * (len(set(hrefs)) == len(by_name))
    inside = sum(
        run is not entries[place].part.runs[0]
        and (body := bodies.get(id(entries[place]))) is not None
        and body != entries[place].part.box.element
        and page.holds(body, run.element)
        for place, _, run in found
    )
    score -= 4 * inside / len(found)
    score += 3 * sum(stated[place] == name for place, name, _ in found) / len(found)
    words = sum(name.count(" ") + 1 for _, name, _ in found) / len(found)
    score -= max(0.0, words - 3) * 0.5
    score -= 3 * sum(is_profile(run.text) for _, _, run in found) / len(found)
    near = 0.0
    for place, _, run in found:
        time = entries[place].time
        if time is not None:
            up, down = steps(page, time.element, run.element)
            near += max(0.0, 1 - (up + down) / 12) + (abs(time.block - run.block) <= 1)
    score += near / len(found)
    firsts = sum(entries[place].part.runs[0] is run for place, _, run in found)
    score += 0.5 * firsts / len(found)
    return score
