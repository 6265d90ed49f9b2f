"""Find the comments of a WordPress page and who answers whom.

WordPress writes the number of a comment into an ``id`` and its depth into a class
(``comment_class()``); themes choose the tag, sometimes nest two elements for one comment, and
sometimes break the tag (``<liclass even depth-2 id="comment-7">``), which turns siblings into
descendants. Depth in document order says who answers whom in all of these; nesting is asked only
where a theme writes no depth.
"""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from .tree import class_tokens, own_elements

_ID = re.compile(r"(?:(?:li|div|article)-)?comment-(\d+)")
_DEPTH = re.compile(r"depth-(\d+)\W*")
_LINK = re.compile(r"(?:#(?:li-|div-)?comment-|[?&]replytocom=)(\d+)(?:#respond)?$")
_PINGBACKS = frozenset({"pingback", "trackback"})
_FIELDS = frozenset({"form", "input", "label", "select", "textarea"})
_KINDS = _PINGBACKS | {"comment"}
_CANDIDATES = (
    "descendant-or-self::*[contains(@id, 'comment-') or contains(@class, 'depth-')"
    " or contains(@class, 'pingback') or contains(@class, 'trackback') or @*[starts-with(name(),"
    " 'depth-')]]"
)


@dataclass(slots=True, eq=False)
class Thread:
    """A comment's outermost element, its number and its place in the tree."""

    element: HtmlElement
    number: str | None
    depth: int | None
    marks: frozenset[str]
    enclosing: "Thread | None" = None
    parent: "Thread | None" = None

    @property
    def is_pingback(self) -> bool:
        return not _PINGBACKS.isdisjoint(self.marks)


def find_threads(tree: HtmlElement) -> list[Thread]:
    """All comments and pingbacks of a page, each once, in page order, with their parents."""
    threads: dict[HtmlElement, Thread] = {}
    by_number: dict[str, Thread] = {}
    for element in tree.xpath(_CANDIDATES):
        thread = _read_candidate(element)
        if thread is None:
            continue
        thread.enclosing, has_list_between = _enclosing(element, threads)
        if thread.enclosing and not has_list_between and _is_same(thread, thread.enclosing):
            _merge(thread.enclosing, thread, by_number)
            continue
        earlier = by_number.get(thread.number or "")
        if earlier is not None:
            if not _is_weaker(earlier, thread):
                continue
            threads.pop(earlier.element)
        threads[element] = thread
        if thread.number:
            by_number[thread.number] = thread
    _number_by_links(threads, by_number)
    return _link_parents(list(threads.values()))


def _marks(element: HtmlElement) -> frozenset[str]:
    # In a broken tag the classes have become attributes of their own.
    if element.tag.startswith("liclass"):
        return frozenset(name.strip("\"'").lower() for name in element.attrib)
    return class_tokens(element)


def _read_candidate(element: HtmlElement) -> Thread | None:
    if element.tag in _FIELDS:
        return None
    match = _ID.fullmatch(element.get("id") or "")
    marks = _marks(element)
    depths = (_DEPTH.fullmatch(mark) for mark in marks)
    depth = next((int(found.group(1)) for found in depths if found), None)
    is_kind = not _KINDS.isdisjoint(marks)
    is_bare_pingback = element.tag == "li" and not _PINGBACKS.isdisjoint(marks)
    if match is None and not (is_kind and depth is not None) and not is_bare_pingback:
        return None
    return Thread(element, match.group(1) if match else None, depth, marks)


def _enclosing(
    element: HtmlElement, threads: dict[HtmlElement, Thread]
) -> tuple[Thread | None, bool]:
    has_list_between = False
    for above in element.iterancestors():
        thread = threads.get(above)
        if thread is not None:
            return thread, has_list_between
        has_list_between |= above.tag in {"ol", "ul"} or "children" in class_tokens(above)
    return None, False


def _is_same(inner: Thread, outer: Thread) -> bool:
    same_number = inner.number == outer.number or None in (inner.number, outer.number)
    return same_number and (inner.depth == outer.depth or None in (inner.depth, outer.depth))


def _merge(outer: Thread, inner: Thread, by_number: dict[str, Thread]) -> None:
    outer.marks |= inner.marks
    outer.depth = inner.depth if outer.depth is None else outer.depth
    if outer.number is None and inner.number and inner.number not in by_number:
        outer.number = inner.number
        by_number[inner.number] = outer


def _is_weaker(earlier: Thread, later: Thread) -> bool:
    """Whether the first bearer of a number is a bare anchor or a widget, not the comment."""
    is_anchor = len(earlier.element) == 0 and not (earlier.element.text or "").strip()
    return is_anchor or (_KINDS.isdisjoint(earlier.marks) and not _KINDS.isdisjoint(later.marks))


def _number_by_links(threads: dict[HtmlElement, Thread], by_number: dict[str, Thread]) -> None:
    """Give a comment without an id the number that its own permalink or reply link carries."""
    for thread in threads.values():
        if thread.number is not None:
            continue
        for element in own_elements(thread.element, threads):
            match = _LINK.search(element.get("href") or "") if element.tag == "a" else None
            if match and match.group(1) not in by_number:
                thread.number = match.group(1)
                by_number[thread.number] = thread
                break


def _link_parents(threads: list[Thread]) -> list[Thread]:
    last_at: dict[int, Thread] = {}
    for thread in threads:
        if thread.depth is None:
            thread.parent = thread.enclosing
            continue
        last_at = {depth: above for depth, above in last_at.items() if depth < thread.depth}
        thread.parent = last_at[max(last_at)] if last_at else None
        last_at[thread.depth] = thread
    return threads
