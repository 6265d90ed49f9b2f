"""Make one of what a page shows and what its JSON-LD tells of the same comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cleaning.page import Page
from cleaning.reader.threads.jsonld import Told
from cleaning.reader.threads.model import COMMENTS, DISCUSSION, Post, Thread
from cleaning.reader.threads.words import is_removal_notice

_BEGINNING = 60  # letters and digits by which two texts are told to be one


def with_told(page: Page, threads: list[Thread], told: Sequence[Told]) -> list[Thread]:
    """Fill in what shown posts lack; where none is shown, what is told is the thread."""
    if not told:
        return threads
    by_id = {one.native_id: one for one in told if one.native_id}
    by_text = {_beginning(one.text): one for one in told}
    known: set[int] = set()
    found = []
    for thread in threads:
        posts = []
        for post in thread.posts:
            one = by_id.get(post.native_id or "") or by_text.get(_beginning(text_of(page, post)))
            posts.append(post if one is None else _filled(post, one))
            known.add(id(one))
        found.append(replace(thread, posts=tuple(posts)))
    shown = sum(len(thread.posts) for thread in threads)
    is_other = not any(id(one) in known for one in told)
    return [_told_thread(told, page)] if is_other and len(told) > shown else found


def _filled(post: Post, one: Told) -> Post:
    return replace(
        post,
        author=post.author or one.author,
        author_url=post.author_url or one.author_url,
        published=_better(post.published, one.published),
    )


def _better(shown: str | None, told: str | None) -> str | None:
    """What is told is exact; but some templates tell the begin of 1970."""
    if shown is None or told is None:
        return shown or told
    return shown if told.startswith("1970-01-01") or shown[:5].count("-") == 1 else told


def _told_thread(told: Sequence[Told], page: Page) -> Thread:
    """The thread that only data tell; its words stand in blocks where the page shows them too."""
    starts: dict[str, int] = {}
    for block in page.blocks:
        if block.text:
            starts.setdefault(_beginning(block.text), block.number)
    posts = []
    for one in told:
        place = starts.get(_beginning(one.text))
        gone = is_removal_notice(one.text)
        posts.append(
            Post(
                element=-1 if place is None else page.blocks[place].element,
                blocks=() if place is None else (place,),
                body=(),
                author=one.author,
                author_url=one.author_url,
                published=one.published,
                native_id=one.native_id,
                parent=one.parent,
                is_deleted=gone,
                said="" if gone else one.text,
            )
        )
    kind = DISCUSSION if any(one.is_post for one in told) else COMMENTS
    return Thread(tuple(posts), kind, len(told), 0.9)


def text_of(page: Page, post: Post) -> str:
    """Return the words of a post's body, a line a block, without what is no text of its."""
    if post.said is not None:
        return post.said
    lines = []
    for number in post.body:
        pieces = enumerate(page.blocks[number].pieces)
        kept = [text for place, (text, _) in pieces if (number, place) not in post.out]
        lines.append(" ".join("".join(kept).split()))
    return "\n".join(line for line in lines if line)


def _beginning(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))[:_BEGINNING]
