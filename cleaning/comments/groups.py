"""Find the repeated parts of a page that each show a time: what may be the comments of a theme.

From each time on the page the way leads up to larger and larger elements, all that look alike in
step, until the next step would put two of them into one. The elements below that step are the parts
that repeat. Replies that are nested into what they answer meet their own kind in the same way.
"""

from collections import Counter
from dataclasses import dataclass

from lxml.html import HtmlElement

from .declared import is_comment_heading, read_count
from .scan import Mark, Scan
from .tree import child_elements

_TOP = frozenset({"html", "body", "main"})


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """An element that may be a comment, with the time that it shows; None if it shows none."""

    element: HtmlElement
    mark: Mark | None


_TagPath = tuple[str, ...]


@dataclass(slots=True, eq=False)
class _Climber:
    """A time on its way up: ``path`` are the elements from the one that shows it."""

    mark: Mark
    path: list[HtmlElement]
    is_done: bool = False

    @property
    def here(self) -> HtmlElement:
        return self.path[-1]

    @property
    def above(self) -> HtmlElement | None:
        return self.here.getparent()

    def is_like(self, other: "_Climber", level: int) -> bool:
        mine, theirs = self.path[: level + 1], other.path[: level + 1]
        return [e.tag for e in mine] == [e.tag for e in theirs]


def find_groups(scan: Scan) -> list[list[Part]]:
    """Groups of parts that look alike and stand in one place of the page, each in page order."""
    barriers = _barriers(scan)
    climbers = [_Climber(mark, [mark.element]) for mark in _first_marks(scan)]
    visited: dict[HtmlElement, list[tuple[_Climber, int]]] = {}
    for climber in climbers:
        visited.setdefault(climber.here, []).append((climber, 0))
    pending = _by_tag(climbers)
    groups: list[list[Part]] = []
    while pending:
        group = [climber for climber in pending.pop() if not climber.is_done]
        groups += _emit(_met_beside(group), scan)
        groups += _emit(_met_nested(group, visited), scan)
        is_single = len(group) == 1
        stopped = [c for c in group if not c.is_done and _is_stopped(c, barriers[is_single])]
        for climber in stopped:
            groups += _emit({climber: None}, scan)
        moving = [climber for climber in group if not climber.is_done]
        for climber in moving:
            climber.path.append(climber.here.getparent())
            visited.setdefault(climber.here, []).append((climber, len(climber.path) - 1))
        pending += _by_tag(moving)
    return _join_nested(groups, scan)


def _join_nested(groups: list[list[Part]], scan: Scan) -> list[list[Part]]:
    """Put groups that are nested into parts of the same tag together with these."""
    owners = {part.element: index for index, group in enumerate(groups) for part in group}
    target = list(range(len(groups)))
    for index, group in enumerate(groups):
        tag = group[0].element.tag
        above = (a for a in group[0].element.iterancestors(tag) if owners.get(a, index) != index)
        found = next(above, None)
        if found is not None:
            target[index] = owners[found]
    joined: dict[int, list[Part]] = {}
    for index, group in enumerate(groups):
        root = index
        while target[root] != root:  # ends: each step leads to an element further out
            root = target[root]
        joined.setdefault(root, []).extend(group)
    for group in joined.values():
        group.sort(key=lambda part: scan.orders[part.element])
    return list(joined.values())


def _met_beside(group: list[_Climber]) -> dict[_Climber, int | None]:
    """Those whose next steps meet, those around them, and those nested into where they meet."""
    counts = Counter(climber.above for climber in group)
    places = {above for above, count in counts.items() if above is not None and count > 1}
    if not places:
        return {}
    meeting = [climber for climber in group if climber.above in places]
    around = {above for climber in meeting for above in climber.here.iterancestors()}
    rest = (climber for climber in group if climber.above not in places)
    inside = [
        climber
        for climber in rest
        if climber.here in around or any(a in places for a in climber.here.iterancestors())
    ]
    return dict.fromkeys(meeting + inside)


def _met_nested(
    group: list[_Climber], visited: dict[HtmlElement, list[tuple[_Climber, int]]]
) -> dict[_Climber, int | None]:
    """Those that step into what another of their kind has come through, and these others.

    With them the level at which the other came through: there both are whole.
    """
    met: dict[_Climber, int | None] = {}
    for climber in group:
        if climber.is_done or climber.above is None:
            continue
        for other, level in visited.get(climber.above, ()):
            if other is not climber and climber.is_like(other, level):
                for one in (climber,) if other.is_done else (other, climber):
                    known = met.get(one)
                    met[one] = level if known is None else min(level, known)
    return met


def _emit(levels: dict[_Climber, int | None], scan: Scan) -> list[list[Part]]:
    parts: dict[HtmlElement, Part] = {}
    for climber, level in levels.items():
        climber.is_done = True
        element = climber.here if level is None else climber.path[level]
        parts.setdefault(element, Part(element, climber.mark))
    return _by_place(list(parts.values()), scan)


def _first_marks(scan: Scan) -> list[Mark]:
    """The times of a page, but of several with no word between them only the first."""
    taken = {piece for mark in scan.marks for piece in mark.pieces}
    words = [piece.order for piece in scan.pieces if piece not in taken and len(piece.text) > 1]
    kept: list[Mark] = []
    index = 0
    for mark in scan.marks:
        is_apart = not kept
        while index < len(words) and words[index] < mark.order:
            is_apart = True
            index += 1
        if is_apart:
            kept.append(mark)
        elif mark.is_machine and not kept[-1].is_machine:
            kept[-1] = mark
    return kept


def _barriers(scan: Scan) -> tuple[set[HtmlElement], set[HtmlElement]]:
    """Elements that hold more than a comment: the page's title, or a field to write a comment.

    Second, for what does not repeat: also the heading of the comments. Within a thread, replies
    can have such a heading too.
    """
    titles = [heading for heading in scan.headings if heading.tag == "h1"]
    always = {above for element in (*titles, *scan.fields) for above in element.iterancestors()}
    lines = ((h, " ".join("".join(h.itertext()).split())) for h in scan.headings)
    counts = [h for h, line in lines if read_count(line) is not None or is_comment_heading(line)]
    return always, always | {above for element in counts for above in element.iterancestors()}


def _by_tag(climbers: list[_Climber]) -> list[list[_Climber]]:
    found: dict[str, list[_Climber]] = {}
    for climber in climbers:
        found.setdefault(climber.here.tag, []).append(climber)
    return list(found.values())


def _by_place(parts: list[Part], scan: Scan) -> list[list[Part]]:
    """Split by the element that holds the outermost of them."""
    elements = {part.element for part in parts}
    holders = {part: _outermost(part.element, elements).getparent() for part in parts}
    tops = {holder for holder in holders.values() if holder is not None}
    found: dict[HtmlElement | None, list[Part]] = {}
    for part, holder in holders.items():
        top = holder if holder is None or holder.tag in _TOP else _outermost(holder, tops)
        found.setdefault(top, []).append(part)
    for group in found.values():
        group.sort(key=lambda part: scan.orders[part.element])
    return list(found.values())


def _outermost(element: HtmlElement, among: set[HtmlElement]) -> HtmlElement:
    for above in element.iterancestors():
        if above in among and above.tag not in _TOP:
            element = above
    return element


def _is_stopped(climber: _Climber, barriers: set[HtmlElement]) -> bool:
    above = climber.above
    return above is None or above.tag in _TOP or above in barriers


def add_undated(parts: list[Part], scan: Scan) -> list[Part]:
    """Add the siblings of the parts that show no time, as pingbacks do in most themes.

    Of list items all, of other elements those that share a class with a part beside them.
    """
    known = {part.element for part in parts}
    places = dict.fromkeys(part.element.getparent() for part in parts)
    found = list(parts)
    for place in places:
        if place is None:
            continue
        beside = [child for child in child_elements(place) if child in known]
        classes = {name for child in beside for name in (child.get("class") or "").split()}
        for child in child_elements(place):
            is_alike = child.tag == "li" or not classes.isdisjoint(
                (child.get("class") or "").split()
            )
            if child not in known and child.tag == beside[0].tag and is_alike:
                found.append(Part(child, None))
    found.sort(key=lambda part: scan.orders[part.element])
    return found
