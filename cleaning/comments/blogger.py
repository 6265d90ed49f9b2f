"""Read the comments of a Blogger post, in both forms that Blogger renders on the server.

Threaded: ``li.comment#c<number>``, replies inside ``.comment-replies``. Old: an element
``#comments-block`` with author, body and footer one after another, without threads.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from .found import FoundComment
from .tree import class_tokens, copy_inside, first_link, inner_html, own_elements, read_lines

_ID = re.compile(r"c(\d+)")
# A mirror may have escaped the sign of equality.
_EPOCH = re.compile(r"showComment(?:=|%3D)(\d{12,14})", re.IGNORECASE)
_CHROME = frozenset({"comment-actions", "thread-count", "continue", "loadmore", "item-control"})
# The old form says "Gwen said..." in the blog's language; only the line break is sure to be there.
_SAID = re.compile(
    r"(?<!\s)\s++(?:said|says|dijo|ha dicho|a dit|hat gesagt|sagte|disse|ha detto|dywedodd|meddai)"
    r"\s*+[.…:]*+\s*+$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Parts:
    number: str | None
    parent: str | None = None
    author: HtmlElement | None = None
    date: HtmlElement | None = None
    body: HtmlElement | None = None
    is_by_author: bool = False
    is_deleted: bool = False
    classes: set[str] = field(default_factory=set)


def read_blogger(tree: HtmlElement, url: str) -> tuple[FoundComment, ...]:
    """Read the comments of a post in page order; the old form only where there are no threads."""
    parts = _threaded(tree) or _flat(tree)
    return tuple(_found(part, position, url) for position, part in enumerate(parts))


def _number(element: HtmlElement) -> str | None:
    match = _ID.fullmatch(element.get("id") or "")
    return match.group(1) if match else None


def _threaded(tree: HtmlElement) -> list[_Parts]:
    roots: dict[HtmlElement, str] = {}
    seen: set[str] = set()
    for element in tree.xpath("descendant-or-self::*[starts-with(@id, 'c')]"):
        number = _number(element)
        is_comment = number is not None and "comment" in class_tokens(element)
        if number and is_comment and number not in seen:
            roots[element] = number
            seen.add(number)
    return [_thread_parts(root, number, roots) for root, number in roots.items()]


def _thread_parts(root: HtmlElement, number: str, roots: dict[HtmlElement, str]) -> _Parts:
    above = (roots[element] for element in root.iterancestors() if element in roots)
    parts = _Parts(number, next(above, None))
    for element in own_elements(root, roots):
        tokens = class_tokens(element)
        if element.tag == "cite" or "user" in tokens:
            parts.author = element if parts.author is None else parts.author
        if "datetime" in tokens and parts.date is None:
            parts.date = element
        if "comment-content" in tokens and parts.body is None:
            parts.body = element
        parts.classes |= tokens
    return parts


def _flat(tree: HtmlElement) -> list[_Parts]:
    found: list[_Parts] = []
    for element in _flat_elements(tree):
        tokens = class_tokens(element)
        if "comment-author" in tokens:
            found.append(_Parts(_number(element), author=element))
        elif not found:
            continue
        elif "comment-body" in tokens and found[-1].body is None:
            found[-1].body = element
        elif "comment-timestamp" in tokens and found[-1].date is None:
            found[-1].date = element
        if found:
            found[-1].classes |= tokens
    return found


def _flat_elements(tree: HtmlElement) -> Iterable[HtmlElement]:
    blocks = tree.xpath("descendant-or-self::*[@id='comments-block']")
    return (e for block in blocks[:1] for e in block.iterdescendants() if isinstance(e.tag, str))


def _found(parts: _Parts, position: int, url: str) -> FoundComment:
    is_deleted = "deleted-comment" in parts.classes
    is_bare = parts.body is None or is_deleted
    return FoundComment(
        native_id=parts.number,
        parent_native_id=parts.parent,
        position=position,
        author=_author(parts.author),
        author_url=None if parts.author is None else first_link(parts.author, url),
        published_raw=_published(parts.date),
        body_html="" if is_bare else inner_html(copy_inside(parts.body, _is_chrome)),
        is_pingback=False,
        is_by_author="blog-author" in parts.classes,
        is_deleted=is_deleted,
    )


def _author(element: HtmlElement | None) -> str | None:
    if element is None:
        return None
    links = [line for link in element.iter("a") for line in read_lines(link)]
    if links:
        return links[0]
    # Source lines, not <br>: the template puts the name and "said..." on lines of their own.
    lines = [" ".join(line.split()) for line in "".join(element.itertext()).splitlines()]
    name = next((line for line in lines if line), None)
    return name and (_SAID.sub("", name) or None)


def _published(element: HtmlElement | None) -> str | None:
    if element is None:
        return None
    for link in element.iter("a"):
        epoch = _EPOCH.search(link.get("href") or "")
        if epoch:
            return epoch.group(1)
    return " ".join(read_lines(copy_inside(element, _is_chrome))) or None


def _is_chrome(element: HtmlElement) -> bool:
    return not _CHROME.isdisjoint(class_tokens(element))
