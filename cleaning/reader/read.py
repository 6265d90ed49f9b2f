"""Read a page: model, evidence, kind, threads and lists, roles, and then the writing of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaning.evidence import Evidence, find_evidence
from cleaning.page import Page, read_page_model
from cleaning.reader import roles
from cleaning.reader.beside import cards_of
from cleaning.reader.boxes import measure_boxes
from cleaning.reader.entries import in_entries
from cleaning.reader.fallback import is_enough, read_otherwise
from cleaning.reader.heading import Heading, read_heading
from cleaning.reader.judging import Judged, judge_blocks, shape_of
from cleaning.reader.kinds import KINDS, PROSE_KINDS
from cleaning.reader.model import (
    ARTICLE,
    DISCUSSION,
    LISTING,
    NOTHING,
    PAGE,
    PageReading,
    PostReading,
)
from cleaning.reader.notices import notice_of
from cleaning.reader.sorting import sort_page
from cleaning.reader.threads import COMMENTS, Thread, declared_count
from cleaning.writing import Body, join_body, write_blocks

READER, TRAFILATURA, EMPTY = "reader", "trafilatura", "empty"
_BOXES = frozenset(
    {"div", "li", "td", "th", "tr", "tbody", "table", "dd", "dl", "ol", "ul", "article", "section"}
)
_MAY_BE, _MANY_TIMES = 0.08, 2
"""The probability of a forum, and how much longer its answers are than all else that is kept."""
_MOST_LOST, _DOUBTFUL = 0.5, 0.25
"""The share of the words of cards, and their mean probability of content."""


def read_page(
    html: bytes | str | Page,
    url: str = "",
    evidence: Sequence[Evidence] = (),
    *,
    charset: str | None = None,
    languages: Sequence[str] = (),
    site_names: Sequence[str] = (),
    timezone: str | None = None,
) -> PageReading:
    """Read a page; never raises for bad HTML, never empties a page with text.

    `html` is the body as it came, or its model. `url` is the page's address, empty if unknown;
    `charset` what the transport declared. `evidence` is what feeds, lists, an API or the source's
    own selectors say beside the page. `languages`, `site_names` and `timezone` are what the source
    declares (`cleaning.reader.heading.read_heading`).
    """
    page = html if isinstance(html, Page) else read_page_model(html, url, charset)
    boxes = measure_boxes(page)
    if not boxes.number:
        return _nothing(page)
    found = [*find_evidence(page), *evidence]
    judged = judge_blocks(boxes, found)
    heading = read_heading(
        page,
        found,
        languages=languages,
        site_names=site_names,
        posts=_others(judged),
        timezone=timezone,
    )
    kind = sort_page(shape_of(judged, heading), found)
    return _reading(judged, kind, heading, declared_count(page, found))


def _others(judged: Judged) -> list[range]:
    """Return the blocks of posts, comments and entries, whose authors are not the page's.

    Who opened a discussion is: its first post is what the page is about.
    """
    opener = next((t.posts[0] for t in judged.threads if t.kind == DISCUSSION), None)
    said = [post for thread in judged.threads for post in thread.posts if post is not opener]
    posts = [post.blocks for post in said if post.blocks]
    entries = [entry.blocks for group in judged.entries for entry in group]
    return [range(blocks[0], blocks[-1] + 1) for blocks in (*posts, *entries)]


def _reading(judged: Judged, kind: str, heading: Heading, declared: int | None) -> PageReading:
    boxes, page = judged.boxes, judged.boxes.page
    listed = in_entries(boxes, judged.entries)
    given = roles.assign(
        boxes,
        [
            (roles.TITLE, np.isin(boxes.shown, heading.title_blocks)),
            (roles.COPY, judged.copies),
            (roles.POST, judged.posts),
            (roles.COMMENT, judged.comments),
            (roles.COMMENT_FRAME, judged.frames),
            (roles.ENTRY, listed & (judged.kept | (kind == LISTING))),
            (roles.BYLINE, np.isin(boxes.shown, heading.byline_blocks)),
            (roles.CONTENT, judged.kept),
            (roles.ENTRY, listed),
        ],
        judged.controls,
    )
    without = _without(judged.threads)
    _blank(page, judged.threads)
    own_blocks = _own_blocks(judged, given)
    own, method = join_body(write_blocks(page, own_blocks, without)), READER
    wanted = judged.kept | (judged.comments & _is_mostly_said(judged))
    if kind == LISTING and _lost_cards(judged, listed):
        wanted |= listed
    chosen = _with_media(judged, wanted)
    is_prose = kind in (ARTICLE, PAGE)
    if kind not in (LISTING, DISCUSSION) and not is_enough(boxes, judged.kept, is_prose=is_prose):
        other = read_otherwise(boxes)
        if other is not None:
            own, method = other, TRAFILATURA
    numbers = boxes.shown.tolist()
    return PageReading(
        url=page.url,
        kind=kind,
        kinds=dict(zip(KINDS, judged.kinds.tolist(), strict=True)),
        own=own,
        method=method,
        heading=heading,
        comments=_posts(judged, COMMENTS),
        posts=_posts(judged, DISCUSSION),
        comments_declared=declared,
        entries=tuple(entry for group in judged.entries for entry in group),
        cards=tuple(cards_of(boxes, judged.entries, judged.kept)),
        roles=tuple(zip(numbers, given, strict=True)),
        notice=notice_of(page, len(own.text.split())),
        words=roles.count_words(boxes, given),
        write=lambda: (
            own
            if method != READER or chosen == own_blocks
            else join_body(write_blocks(page, chosen, without))
        ),
    )


def _lost_cards(judged: Judged, listed: NDArray[np.bool_]) -> bool:
    """Whether a list was judged as a text, and with its cards most of what it has was left out.

    Where cards are surely no content, they are a menu beside a text.
    """
    if judged.kind not in PROSE_KINDS or not listed.any():
        return False
    sizes = judged.boxes.sizes[listed]
    kept = sizes[judged.kept[listed]].sum()
    return bool(kept < _MOST_LOST * sizes.sum() and judged.mean(listed) >= _DOUBTFUL)


def _is_mostly_said(judged: Judged) -> bool:
    """Whether a page that may be a forum's consists of answers, below a question of a few lines.

    What calls itself an article is none, however long its comments are.
    """
    boxes = judged.boxes
    if "article" in " ".join(boxes.page.head.meta("og:type")).lower():
        return False
    said = boxes.sizes[judged.comments].sum()
    own = boxes.sizes[judged.kept & ~judged.comments].sum()
    is_other = judged.kind != "forum"  # there they are judged block by block
    may_be = judged.kinds[KINDS.index("forum")] >= _MAY_BE
    return bool(is_other and may_be and said >= _MANY_TIMES * own)


def _without(threads: Sequence[Thread]) -> frozenset[int]:
    return frozenset(e for thread in threads for post in thread.posts for e in post.without)


def _blank(page: Page, threads: Sequence[Thread]) -> None:
    """Blank what stands in a line with the text of a post and is none: names, times, buttons."""
    for thread in threads:
        for post in thread.posts:
            for number, place in post.out:
                pieces = page.blocks[number].pieces
                pieces[place] = (" ", pieces[place][1])


def _with_media(judged: Judged, kept: NDArray[np.bool_]) -> list[int]:
    """Return the numbers of the kept blocks, with the pictures that stand between two of them."""
    boxes = judged.boxes
    chosen = set(boxes.shown[kept].tolist())
    place = {number: i for i, number in enumerate(boxes.shown.tolist())}
    before = False
    waiting: list[int] = []
    for block in boxes.page.blocks:
        if block.number not in place:
            waiting.append(block.number)
            continue
        is_kept = block.number in chosen
        if is_kept and before:
            chosen.update(waiting)
        waiting, before = [], is_kept
    return sorted(chosen)


def _own_blocks(judged: Judged, given: Sequence[str]) -> list[int]:
    """The text without posts, and without what has a column of its own: title and byline."""
    is_own = np.array([role in (roles.CONTENT, roles.ENTRY) for role in given], bool)
    return _with_media(judged, judged.kept & is_own)


def _posts(judged: Judged, kind: str) -> tuple[PostReading, ...]:
    page = judged.boxes.page
    made: list[PostReading] = []
    for thread in judged.threads:
        if thread.kind != kind:
            continue
        start = len(made)
        for post in thread.posts:
            root = _box_of(page, post.body)
            body = join_body(write_blocks(page, post.body, post.without, root))
            if post.said is not None:
                body = Body(post.said, post.said, ())
            parent = _at(made, start, post.parent)
            made.append(
                PostReading(
                    *(body, post.author, post.author_url, post.published, post.native_id, parent),
                    *(post.is_by_author, post.is_deleted, post.is_pingback),
                )
            )
    return tuple(made)


def _box_of(page: Page, blocks: Sequence[int]) -> int:
    """Return the innermost box that holds these blocks and is no line or quote of its own."""
    if not blocks:
        return 0
    box = page.blocks[blocks[0]].element
    while box and (page.last[box] <= blocks[-1] or page.tags[box] not in _BOXES):
        box = page.parents[box]
    return box


def _at(made: list[PostReading], start: int, parent: int | None) -> PostReading | None:
    is_known = parent is not None and start + parent < len(made)
    return made[start + parent] if parent is not None and is_known else None


def _nothing(page: Page) -> PageReading:
    heading = read_heading(page, find_evidence(page))
    return PageReading(page.url, NOTHING, {}, Body("", "", ()), EMPTY, heading)
