"""Tell in repeated parts of a page who wrote, when, and what: the fields of a comment.

No name of a class is needed. What is written in most parts alike is a button; the body is what is
left beside author, time and buttons.
"""

from collections import Counter

from lxml.html import HtmlElement

from .authors import OF_VISITORS, PROFILE, read_author
from .groups import Part
from .post import PARAGRAPHS, TEXT_NAMES, TEXT_PROPS, Post, is_outside, link_of, plain, up_to
from .scan import HEADINGS, Piece, Scan
from .tree import own_elements
from .words import is_author_badge, is_button, is_pingback_label, is_relative_date, is_sign

_LONGEST_LABEL = 40


def read_posts(parts: list[Part], scan: Scan, url: str) -> list[Post]:
    """Read the fields of parts that look alike; what they share helps to tell them apart."""
    roots = {part.element for part in parts}
    by_element: dict[HtmlElement, list[Piece]] = {}
    for piece in scan.pieces:
        by_element.setdefault(piece.element, []).append(piece)
    posts = [_post(part, roots, by_element) for part in parts]
    labels = _labels(posts)
    for post in posts:
        if post.is_pingback:
            _read_pingback(post)
        else:
            read_author(post, labels, url)
            _read_body(post, labels)
    return posts


def _post(part: Part, roots: set[HtmlElement], by_element: dict[HtmlElement, list[Piece]]) -> Post:
    elements = list(own_elements(part.element, roots))
    pieces = [piece for element in elements for piece in by_element.get(element, ())]
    pieces.sort(key=lambda piece: piece.order)
    classes = (part.element.get("class") or "").lower()
    is_ping = "pingback" in classes or "trackback" in classes
    is_ping = is_ping or any(is_pingback_label(piece.text) for piece in pieces[:2])
    return Post(part, elements, pieces, is_pingback=is_ping)


def _read_pingback(post: Post) -> None:
    """The name of a pingback is the title of the page that links here, and often all there is."""
    marked = set(post.mark.pieces) if post.mark else set()
    rest = [p for p in post.pieces if p not in marked and not is_button(p.text)]
    rest = [piece for piece in rest if not is_pingback_label(piece.text)]
    linked = [p for p in rest if link_of(p, post.part.element) is not None]
    if linked:
        post.author, post.author_link = linked[0].text, link_of(linked[0], post.part.element)
    post.body = [piece for piece in rest if piece not in linked[:1]] or rest
    post.removed = [piece for piece in post.pieces if piece not in post.body]


def _labels(posts: list[Post]) -> set[str]:
    """Short lines that stand in most of the posts, which therefore the theme has written."""
    if len(posts) < 3:
        return set()
    counts: Counter[str] = Counter()
    for post in posts:
        counts.update({plain(p.text) for p in post.pieces if len(p.text) <= _LONGEST_LABEL})
    return {text for text, count in counts.items() if count * 5 >= len(posts) * 3}


def _read_body(post: Post, labels: set[str]) -> None:
    header = {post.author_piece, *(post.mark.pieces if post.mark else ())}
    header |= {p for p in post.pieces if _is_chrome_text(p.text, labels)}
    post.has_badge = any(is_author_badge(piece.text) for piece in post.pieces)
    named = _named_body(post)
    if named is not None:
        inside = set(named.iter())
        post.body = [p for p in post.pieces if p.element in inside and not _is_cut(p, header, post)]
    if not post.body:
        post.body = [p for p in post.pieces if not _is_cut(p, header, post)]
    if not post.body:  # "Thanks!" can be what most of them say
        header = {
            p for p in post.pieces if p is post.author_piece or _is_chrome_text(p.text, set())
        }
        header |= set(post.mark.pieces if post.mark else ())
        post.body = [p for p in post.pieces if not _is_cut(p, header, post)]
    kept = set(post.body)
    post.removed = [piece for piece in post.pieces if piece not in kept]


def _is_chrome_text(text: str, labels: set[str]) -> bool:
    if is_button(text) or is_author_badge(text) or plain(text) in labels:
        return True
    return len(text) <= _LONGEST_LABEL and is_relative_date(text)


def _is_cut(piece: Piece, header: set[Piece | None], post: Post) -> bool:
    """Whether a piece is of the theme: a button in the middle of a paragraph is a word."""
    if piece not in header:
        return False
    if piece is post.author_piece or (post.mark and piece in post.mark.pieces):
        return True
    for element in up_to(piece.element, post.part.element):
        if element.tag in PARAGRAPHS:
            if is_sign(piece.text):
                return False
            inside = set(element.iter())
            return all(p in header for p in post.pieces if p.element in inside)
    return True


def _named_body(post: Post) -> HtmlElement | None:
    for element in post.elements:
        if (element.get("itemprop") or "").lower() in TEXT_PROPS:
            return element
    for element in post.elements[1:]:
        names = (element.get("class") or "").split()
        if any(TEXT_NAMES.search(name) for name in names) and not _holds_header(post, element):
            return element
    return None


def _holds_header(post: Post, element: HtmlElement) -> bool:
    inside = set(element.iter())
    return (post.mark is not None and post.mark.element in inside) or (
        post.author_piece is not None and post.author_piece.element in inside
    )


def is_card(post: Post, url: str) -> bool:
    """Whether it announces a page of its own, as the entries of a listing do."""
    if post.is_pingback:
        return False
    for heading in (element for element in post.elements if element.tag in HEADINGS):
        links = [*heading.iter("a"), *heading.iterancestors("a")]
        if any(_leads_on(link, url) for link in links):
            return True
    words = sum(len(piece.text.split()) for piece in post.body)
    around = ((piece, link_of(piece, post.part.element)) for piece in post.body)
    linked = (piece for piece, link in around if link is not None and _leads_on(link, url))
    return sum(len(piece.text.split()) for piece in linked) * 2 > words


def _leads_on(link: HtmlElement, url: str) -> bool:
    href = link.get("href") or ""
    is_of_visitor = not OF_VISITORS.isdisjoint((link.get("rel") or "").lower().split())
    if not href or "#" in href or is_of_visitor or PROFILE.search(href):
        return False
    return not is_outside(href, url)
