"""Make comments of the posts that were found: ids, parents, and bodies without what surrounds them.

The tree is the reader's own copy of the page, and is cut here.
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from .found import FoundComment, apart, invent_id
from .post import Post
from .scan import UNSEEN
from .tree import class_tokens, copy_inside, has_content, inner_html, read_address
from .words import is_relative_date, is_removal_notice

_ID = re.compile(r"(?:.*[-_a-z])?(\d+)", re.IGNORECASE)
_HEX_ID = re.compile(r"(?:[a-z]+[-_])?([0-9a-f]{8}[0-9a-f-]{4,32})", re.IGNORECASE)
_LINK_ID = re.compile(
    r"(?:#|[?&]replytocom=|[?&]comment_?id=)[a-z_-]*(\d+)(?:#(?s:.*))?$", re.IGNORECASE
)
_ID_ATTRIBUTES = ("data-comment-id", "data-commentid", "data-comment", "data-id", "data-post-id")
_PARENT_ATTRIBUTES = ("data-parent-id", "data-parentid", "data-parent", "data-comment-parent")
_BY_AUTHOR = re.compile(r"bypostauthor|by-?author|blog-author|is-author|author-comment", re.I)
_DEPTH = re.compile(r"(?:depth|level|indent)[-_]?(\d+)", re.IGNORECASE)
_NEVER = UNSEEN - {"iframe", "object"}
_INLINE = frozenset({"a", "b", "strong", "em", "i", "u", "span", "code", "small", "mark", "q"})
_ALONE = frozenset({"br", "img", "hr", "iframe", "video", "audio", "embed", "object"})
_LISTS = frozenset({"ol", "ul", "dl"})


def assemble(posts: list[Post], url: str) -> tuple[FoundComment, ...]:
    """Comments in page order. A comment without an id gets one that its content makes."""
    roots = {post.part.element for post in posts}
    numbers = _numbers(posts)
    for post in posts:
        for piece in post.removed:
            piece.cut()
    bodies = [_body(post, roots) for post in posts]
    links = [_author_link(post, url) for post in posts]
    invented = (_invent(*of_post) for of_post in zip(posts, links, bodies, strict=True))
    names = apart(number or name for number, name in zip(numbers, invented, strict=True))
    ids = {post.part.element: name for post, name in zip(posts, names, strict=True)}
    parents = _parents(posts, ids)
    return tuple(
        FoundComment(
            native_id=ids[post.part.element],
            parent_native_id=parent,
            position=position,
            author=post.author,
            author_url=link,
            published_raw=post.mark.raw if post.mark else None,
            body_html=body,
            is_pingback=post.is_pingback,
            is_by_author=_is_by_author(post),
            is_deleted=_is_deleted(post),
        )
        for position, (post, body, link, parent) in enumerate(
            zip(posts, bodies, links, parents, strict=True)
        )
    )


def _numbers(posts: list[Post]) -> list[str | None]:
    """The ids of the posts from the first place that has a different one for at least half."""
    for read in (_from_id, _from_inner_id, _from_data, _from_link):
        found = [read(post) for post in posts]
        known = [number for number in found if number]
        if len(known) * 2 >= len(posts) and len(set(known)) == len(known):
            return found
    return [None] * len(posts)


def _from_id(post: Post) -> str | None:
    return _read_id(post.part.element.get("id"))


def _from_inner_id(post: Post) -> str | None:
    return next((n for e in post.elements[1:] if (n := _read_id(e.get("id")))), None)


def _from_data(post: Post) -> str | None:
    for name in _ID_ATTRIBUTES:
        for element in post.elements:
            value = (element.get(name) or "").strip()
            if value and len(value) <= 64:
                return value
    return None


def _from_link(post: Post) -> str | None:
    links = (e.get("href") or "" for e in post.elements if e.tag == "a")
    return next((m.group(1) for href in links if (m := _LINK_ID.search(href))), None)


def _read_id(value: str | None) -> str | None:
    found = _ID.fullmatch(value or "") or _HEX_ID.fullmatch(value or "")
    return found.group(1) if found else None


def _invent(post: Post, link: str | None, body: str) -> str:
    raw = post.mark.raw if post.mark else None
    # "2 hours ago" is another text at the next visit.
    stable = None if raw and is_relative_date(raw) else raw
    return invent_id(post.author, link, stable, body, is_pingback=post.is_pingback)


def _body(post: Post, roots: set[HtmlElement]) -> str:
    if _is_deleted(post):
        return ""
    _drop_pictures(post)
    content = copy_inside(_place(post), lambda e: e in roots or e.tag in _NEVER)
    for element in reversed(list(content.iterdescendants())):
        if element.tag not in _ALONE and not len(element) and not (element.text or "").strip():
            element.drop_tree()
    return inner_html(content) if has_content(content) else ""


def _place(post: Post) -> HtmlElement:
    """The largest element that holds the body and nothing that was cut out of it."""
    root = post.part.element
    if not post.body:
        return root
    place = post.body[0].element
    if place.tag in _INLINE and place is not root:
        place = place.getparent()
    rest = {piece.element for piece in post.body}
    while place is not root and not rest <= set(place.iter()):
        place = place.getparent()
    removed = {piece.element for piece in post.removed}
    while place is not root:
        above = place.getparent()
        if above is root or not removed.isdisjoint(above.iter()):
            break
        place = above
    return place


def _drop_pictures(post: Post) -> None:
    """Cut the pictures that stand for a person: those above the text, and avatars anywhere."""
    order = {element: index for index, element in enumerate(post.elements)}
    start = order.get(post.body[0].element, 0) if post.body else 0
    holders = {piece.element for piece in post.body}
    for image in [element for element in post.elements if element.tag == "img"]:
        names = f"{image.get('class')} {image.get('src')}".lower()
        is_above = order[image] < start and holders.isdisjoint(image.iterancestors())
        if image.getparent() is not None and ("avatar" in names or is_above):
            image.drop_tree()


def _author_link(post: Post, url: str) -> str | None:
    return None if post.author_link is None else read_address(post.author_link, url)


def _is_by_author(post: Post) -> bool:
    names = {name for element in post.elements[:3] for name in class_tokens(element)}
    return post.has_badge or any(_BY_AUTHOR.fullmatch(name) for name in names)


def _is_deleted(post: Post) -> bool:
    if any("deleted-comment" in class_tokens(element) for element in post.elements):
        return True
    return is_removal_notice(post.text)


def _parents(posts: list[Post], ids: dict[HtmlElement, str]) -> list[str | None]:
    """Who answers whom: by nesting, by the list beside, by a depth in a class, by an attribute."""
    known = set(ids.values())
    depths = [_depth(post) for post in posts]
    last_at: dict[int, str] = {}
    found: list[str | None] = []
    for post, depth in zip(posts, depths, strict=True):
        own = ids[post.part.element]
        stated = next(_stated_parents(post, known - {own}), None)
        nested = _nesting(post.part.element, ids)
        if depth is not None:
            last_at = {level: above for level, above in last_at.items() if level < depth}
            nested = last_at[max(last_at)] if last_at else nested if None in depths else None
            last_at[depth] = own
        found.append(stated or nested)
    return found


def _depth(post: Post) -> int | None:
    names = (name for element in post.elements[:2] for name in class_tokens(element))
    return next((int(m.group(1)) for name in names if (m := _DEPTH.fullmatch(name))), None)


def _stated_parents(post: Post, others: set[str]) -> Iterator[str]:
    for element in post.elements[:3]:
        for name in _PARENT_ATTRIBUTES:
            value = _read_id(element.get(name)) or element.get(name)
            if value in others:
                yield str(value)


def _nesting(element: HtmlElement, ids: dict[HtmlElement, str]) -> str | None:
    is_broken = element.tag.startswith("li") and element.tag != "li"  # <liclass …>
    child = element
    for above in element.iterancestors():
        if above in ids:
            return ids[above] if not is_broken or child.tag in _LISTS else _nesting(above, ids)
        child = above
    return _beside(element, ids)


def _beside(element: HtmlElement, ids: dict[HtmlElement, str]) -> str | None:
    """A list of replies can stand behind the comment instead of in it."""
    for above in element.iterancestors(*_LISTS):
        before = above.getprevious()
        while before is not None and before not in ids and before.tag in {"br", *_LISTS}:
            before = before.getprevious()
        if before is not None and before in ids:
            return ids[before]
    return None
