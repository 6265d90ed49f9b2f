"""What a crawl of the real WordPress must find, field by field.

Where a crawl without REST cannot know something, or a theme shows it in another way, that is said
here, and nowhere else is a difference allowed.
"""

from __future__ import annotations

from typing import Any

from tests.integration.real_crawl import Crawl, Row, one_line
from tests.wordpress.truth import Comment, Post

BYLINE = "four-voices-on-fair-pay"
"""Its body opens with "By …", which says more than the account that posted it."""
BYLINE_AUTHORS = [
    ("Ann Rees", "person"),
    ("Sam Okoro", "person"),
    ("Lili Wyn", "person"),
    ("The Dyfi Collective", "organisation"),
]
SIGNPOST = "a-review-of-shared-decisions"
"""Its body says who wrote what it points to; the account only listed it."""
SIGNPOST_AUTHOR = ("Ruth Penlan", "person")
TWO_PAGES = "two-pages"
LEAST_LETTERS = 20
"""A text with fewer letters has no language: nobody could tell."""
UNTITLED = "Untitled"
"""Twenty Twenty-One writes this where a post has no title."""
SHOWN_LEVELS = 3
"""The depth of threads that the site shows."""


def document(post: Post, real: Crawl) -> dict[str, Any]:
    """The fields of a post or page, by the names of `found_document`."""
    rest = real.case.has_rest
    # Core's themes show neither date nor author of a page.
    is_dated = rest or post.kind == "post"
    comments = len(real.truth.comments_of(post.key))
    is_signpost = post.key == SIGNPOST
    return {
        "kind": "article" if post.kind == "post" else "page",
        "platform": "wordpress",
        "url": post.url,
        "canonical_url": post.url,
        "title": post.title or (UNTITLED if real.case.is_classic else None),
        "authors": _authors(post, real) if is_dated else [],
        "published": post.published_utc if is_dated else None,
        "published_precision": "second" if is_dated else None,
        "published_from": ("rest" if rest else "time") if is_dated else None,
        # No theme of core shows when a post was changed.
        "modified": post.modified if rest else None,
        "categories": _terms(post.categories, post, real),
        "tags": _terms(post.tags, post, real),
        "language": _language(post.phrases, post.language),
        "comments_captured": comments,
        # Where there are none, no theme shows a heading that could say so.
        "comments_declared": comments or None,
        "is_signpost": is_signpost,
        "target_url": "https://common-ground.example.org/shared-decisions" if is_signpost else None,
        "version": 1,
        "gone_since": None,
    }


def found_document(row: Row) -> dict[str, Any]:
    """The same fields of a row; the order of terms says nothing, so they are sets."""
    authors = [(author["name"], author["kind"]) for author in row["authors"] or []]
    terms = {n: None if row[n] is None else set(row[n]) for n in ("categories", "tags")}
    return row | terms | {"authors": authors}


def _authors(post: Post, real: Crawl) -> list[tuple[str, str]]:
    if post.key == BYLINE:
        return BYLINE_AUTHORS
    if post.key == SIGNPOST:
        return [SIGNPOST_AUTHOR]
    name = real.truth.author(post.author).name
    return [(name, "organisation" if name == "The Dyfi Collective" else "person")]


def _terms(names: tuple[str, ...], post: Post, real: Crawl) -> set[str] | None:
    # A page can have none: REST does not speak of them, and HTML shows none.
    return None if post.kind == "page" and real.case.has_rest else set(names)


def _language(phrases: tuple[str, ...], language: str) -> str | None:
    letters = sum(character.isalpha() for character in "".join(phrases))
    return language if letters >= LEAST_LETTERS else None


def phrases(post: Post, real: Crawl) -> tuple[str, ...]:
    """What must stand in the text, in this order."""
    if post.key == TWO_PAGES and not real.case.has_rest and not real.case.is_classic:
        # The block theme of this WordPress shows no link to the second page: no reader finds it.
        return post.phrases[:1]
    return post.phrases


def comment(comment: Comment, real: Crawl) -> dict[str, Any]:
    """The fields of a comment or pingback, by the names of `found_comment`."""
    is_mention = comment.kind != "comment"
    # Classic themes show nothing of a pingback but its name, and REST does not list it.
    is_bare = is_mention and real.case.is_classic
    text = comment.author if is_bare else one_line(" ".join(comment.phrases))
    return {
        "kind": "pingback" if is_mention else "comment",
        "author": comment.author,
        "author_url": comment.author_url or None,
        "parent": _parent(comment, real),
        "published": None if is_bare else comment.published,
        "published_precision": None if is_bare else "second",
        "text": _whole_text(comment, text),
        "is_by_document_author": comment.login == real.truth.post(comment.post).author,
        "document": comment.post_id,
    }


def _whole_text(comment: Comment, text: str) -> str:
    """A mention's phrases are a part of its text; the rest is how WordPress cuts and marks it."""
    if comment.key == "pingback" and text != comment.author:
        return f"[…] {text} […]"
    if comment.key == "trackback" and text != comment.author:
        return f"Power, shared {text}"
    return text


def found_comment(row: Row, real: Crawl) -> dict[str, Any]:
    """The same fields of a row, with WordPress's ids in place of ours."""
    ours = {r["comment_id"]: i for i, r in real.comments.items()}
    documents = {r["document_id"]: i for i, r in real.documents.items()}
    return row | {
        "parent": ours.get(row["parent_id"]),
        "text": one_line(row["text"]),
        "document": documents[row["document_id"]],
    }


def _parent(comment: Comment, real: Crawl) -> int | None:
    """The id of the comment that this one is shown as a reply to.

    Below the deepest level, WordPress writes a reply as a sister of the one that it answers, so
    that only REST knows the parent.
    """
    by_id = {c.id: c for c in real.truth.comments}
    chain = [comment]
    while chain[-1].parent_id:
        chain.append(by_id[chain[-1].parent_id])
    if not real.case.has_rest and len(chain) > SHOWN_LEVELS:
        return chain[1 - SHOWN_LEVELS].id
    return comment.parent_id or None
