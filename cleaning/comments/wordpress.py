"""Read the comments of a WordPress page: classic themes, Genesis, block themes, WordPress.com.

A theme names the fields of a comment in one of a few usual ways; each field below is a list of
them, the surest first. Where a theme does not name the body, it is what is left of the comment
without its header, its buttons and its replies.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import takewhile

from lxml.html import HtmlElement

from .found import FoundComment
from .threads import Thread, find_threads
from .tree import (
    child_elements,
    class_tokens,
    copy_inside,
    has_content,
    inner_html,
    own_elements,
    read_address,
    read_lines,
)

_BODIES = (
    frozenset({"comment-content", "wp-block-comment-content"}),
    frozenset({"comment-text", "comment_text", "commenttext", "wpd-comment-text"}),
    frozenset({"comment-entry", "commententry", "comment_content", "comment-box-content"}),
)
_NAMES = (
    frozenset({"fn", "comment-author-name", "wp-block-comment-author-name"}),
    frozenset({"comment-author-link", "author_name", "comment-author", "author", "vcard"}),
)
_DATES = (
    frozenset({"comment-date", "comment_date", "comment-time", "comment-date-time"}),
    frozenset({"wp-block-comment-date", "comment-metadata"}),
    frozenset({"commentmetadata", "comment-meta"}),
)
_BUTTONS = frozenset(
    {
        *("says", "reply", "comment-reply", "comment-reply-link"),
        *("wp-block-comment-reply-link", "comment-edit-link", "wp-block-comment-edit-link"),
        *("edit-link", "comment-edit", "comment-likes", "comment-like-link"),
        *("likebtn_container", "wprm-comment-rating", "comment-awaiting-moderation"),
        *("comment-tools", "comment-actions", "sharedaddy"),
    }
)
_HEADER = frozenset().union(*_NAMES, *_DATES) | frozenset(
    {
        *("avatar", "comment-avatar", "comment-avartar", "commentava", "comment-header"),
        *("comment-head", "comment-info", "comment_info", "comment-footer"),
        *("comment-permalink", "comment-title", "wp-block-avatar"),
    }
)
_AWAITING = "your comment is awaiting moderation"
_LONGEST_DATE = 80  # characters; what is longer is no date
_LONGEST_BARE_DATE = 40
_EDGES = " |#·•–—-,/"
_IN_BRACKETS = re.compile(r"\([^()\d]*\)$")  # "(Edit)"
_LONGEST_LABEL = 30  # characters of "Pingback:" in any language


@dataclass(frozen=True, slots=True)
class _Own:
    """A comment with the elements that belong to it and to none of its replies."""

    thread: Thread
    elements: list[HtmlElement]
    roots: Collection[HtmlElement]

    def named(self, names: frozenset[str]) -> Iterator[HtmlElement]:
        return (e for e in self.elements if not names.isdisjoint(class_tokens(e)))

    def copy(
        self, element: HtmlElement, cut: frozenset[str], without: HtmlElement | None = None
    ) -> HtmlElement:
        def is_cut(inside: HtmlElement) -> bool:
            return inside is without or self._is_reply(inside) or _is_button(inside, cut)

        return copy_inside(element, is_cut)

    def _is_reply(self, element: HtmlElement) -> bool:
        if element in self.roots or "children" in class_tokens(element):
            return True
        is_list = element.tag in {"ol", "ul"}  # block themes: a bare list
        return is_list and any(child in self.roots for child in child_elements(element))


def read_wordpress(tree: HtmlElement, url: str) -> tuple[FoundComment, ...]:
    """Read the comments and pingbacks of a page in page order; ``url`` makes links absolute."""
    threads = find_threads(tree)
    roots = {thread.element for thread in threads}
    return tuple(_found(thread, n, roots, url) for n, thread in enumerate(threads))


def _found(thread: Thread, position: int, roots: set[HtmlElement], url: str) -> FoundComment:
    own = _Own(thread, list(own_elements(thread.element, roots)), roots)
    body = next(_bodies(own), None)
    name = next(_names(own, body), None)
    date = _read_date(own, body)
    body_copy = own.copy(body, _BUTTONS | _HEADER) if body is not None else _rest(own, name)
    if body is None and date is None:
        date = _lift_bare_date(body_copy)
    author, author_url = _read_author(own, name, url)
    if thread.is_pingback:
        _cut_label(body_copy)
    return FoundComment(
        native_id=thread.number,
        parent_native_id=thread.parent.number if thread.parent else None,
        position=position,
        author=author,
        author_url=author_url,
        published_raw=date,
        body_html=inner_html(body_copy) if has_content(body_copy) else "",
        is_pingback=thread.is_pingback,
        is_by_author="bypostauthor" in thread.marks,
        is_deleted=False,
    )


def _is_button(element: HtmlElement, cut: frozenset[str]) -> bool:
    classes = element.get("class") or ""
    if classes and (not cut.isdisjoint(class_tokens(element)) or "likes-widget" in classes):
        return True
    href = element.get("href") or ""
    if "replytocom=" in href or href.endswith("#respond"):
        return True
    if "time" in (element.tag, element.get("itemprop")) and cut >= _HEADER:
        return True
    text = (element.text or "").strip().lower().rstrip(".")
    return text == _AWAITING and not len(element)


def _bodies(own: _Own) -> Iterator[HtmlElement]:
    for names in _BODIES:
        for element in own.named(names):
            if has_content(own.copy(element, _BUTTONS | _HEADER)):
                yield element


def _rest(own: _Own, name: HtmlElement | None) -> HtmlElement:
    """What is left of a comment whose body the theme does not name."""
    is_pingback_link = own.thread.is_pingback and name is not None and name.tag == "a"
    without = None if is_pingback_link else name
    copy = own.copy(own.thread.element, _BUTTONS | _HEADER, without)
    _cut_permalinks(copy, own.thread.number)
    return copy


def _cut_permalinks(copy: HtmlElement, number: str | None) -> None:
    end = f"#comment-{number}"
    for link in [a for a in copy.iter("a") if (a.get("href") or "").endswith(end)]:
        link.drop_tree()


def _lift_bare_date(copy: HtmlElement) -> str | None:
    """Cut and return a date that stands as bare text among the blocks of a body.

    WordPress wraps all that a commenter wrote in paragraphs (wpautop), so short text with a number
    outside of them was written by the theme.
    """
    if copy.find(".//p") is None:
        return None
    for block in [copy, *copy.iter("div", "section", "article", "br")]:
        for name in ("tail",) if block.tag == "br" else ("text", "tail"):
            text = " ".join((getattr(block, name) or "").split())
            holder = block if name == "text" else block.getparent()
            is_bare = holder is not None and holder.tag in {"div", "section", "article"}
            if is_bare and len(text) <= _LONGEST_BARE_DATE and any(c.isdigit() for c in text):
                setattr(block, name, None)
                return text.strip(_EDGES)
    return None


def _cut_label(copy: HtmlElement) -> None:
    """Cut the word before a pingback's link ("Pingback:"), in whatever language it is."""
    link = next(copy.iter("a"), None)
    if link is None:
        return
    before = link.getprevious()
    holder, name = (link.getparent(), "text") if before is None else (before, "tail")
    label = (getattr(holder, name) or "").strip()
    if label.endswith(":") and len(label) <= _LONGEST_LABEL:
        setattr(holder, name, None)


def _read_author(own: _Own, name: HtmlElement | None, url: str) -> tuple[str | None, str | None]:
    if name is None:
        return None, None
    lines = _name_lines(own, name)
    return lines[0].rstrip(":").strip() or None, _author_url(own, name, url)


def _name_lines(own: _Own, element: HtmlElement) -> list[str]:
    return read_lines(own.copy(element, _BUTTONS | (_HEADER - _NAMES[0] - _NAMES[1])))


def _names(own: _Own, body: HtmlElement | None) -> Iterator[HtmlElement]:
    """The elements that may hold the author's name, the surest first."""
    return (element for element in _name_candidates(own, body) if _name_lines(own, element))


def _name_candidates(own: _Own, body: HtmlElement | None) -> Iterator[HtmlElement]:
    for names in _NAMES:
        yield from (e for e in own.named(names) if e is not own.thread.element)
    # A <cite> inside the body is a quotation.
    before = takewhile(lambda element: element is not body, own.elements)
    yield from (element for element in before if element.tag == "cite")
    if own.thread.is_pingback:  # "Pingback: <a>title of the page that cites this one</a>"
        yield from (element for element in own.elements if element.tag == "a")


def _author_url(own: _Own, name: HtmlElement, url: str) -> str | None:
    for link in name.iter("a"):
        address = None if _is_permalink(link, own.thread.number) else read_address(link, url)
        if address is not None:
            return address
    parent = name.getparent()
    is_linked = parent is not None and parent.tag == "a" and parent is not own.thread.element
    return read_address(parent, url) if is_linked else None


def _read_date(own: _Own, body: HtmlElement | None) -> str | None:
    times = [e for e in own.elements if e.tag == "time" and not _is_quoted(e, body)]
    for element in times:
        if element.get("datetime"):
            return str(element.get("datetime")).strip()
    for candidates in (times, *(list(own.named(names)) for names in _DATES)):
        date = _date_text(own, candidates)
        if date:
            return date
    return _date_text(own, [e for e in own.elements if _is_permalink(e, own.thread.number)])


def _is_quoted(time: HtmlElement, body: HtmlElement | None) -> bool:
    """Whether a time belongs to what was written, and not to a header inside the body."""
    if body is None or not any(above is body for above in time.iterancestors()):
        return False
    between = takewhile(lambda above: above is not body, time.iterancestors())
    return not any(class_tokens(above) & _HEADER for above in between)


def _is_permalink(element: HtmlElement, number: str | None) -> bool:
    is_link = element.tag == "a" and number is not None
    return is_link and (element.get("href") or "").endswith(f"#comment-{number}")


def _date_text(own: _Own, elements: list[HtmlElement]) -> str | None:
    texts: list[str] = []
    for element in elements:
        copy = own.copy(element, _BUTTONS | _NAMES[0] | _NAMES[1])
        text = _IN_BRACKETS.sub("", " ".join(read_lines(copy))).strip(_EDGES)
        if not any(text in known for known in texts):
            texts.append(text)
    date = " ".join(texts)
    is_date = any(letter.isdigit() for letter in date) and len(date) <= _LONGEST_DATE
    return date if is_date else None
