"""Decide which blocks of a page are content, and what stands in threads and lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaning.evidence import Evidence
from cleaning.page import Page
from cleaning.page.names import NAME_GROUPS
from cleaning.reader import roles
from cleaning.reader.beside import find_beside
from cleaning.reader.boxes import Boxes, Floats
from cleaning.reader.choice import choose, even_out, fill_gaps
from cleaning.reader.copies import find_copies
from cleaning.reader.entries import Entry, find_entries, in_entries
from cleaning.reader.figures import measure
from cleaning.reader.heading import Heading
from cleaning.reader.kinds import KINDS, PROSE_KINDS, describe_page, judge_kind
from cleaning.reader.sorting import SOME, Shape
from cleaning.reader.threads import COMMENTS, Thread, find_threads
from cleaning.reader.trees import judge

LISTS = ("listing", "collection")
"""There a price or a button in a card is no gap."""
ARTICLE_AT_LEAST = 0.2
"""From this probability of running text on, a page is read as that: a list or a thread that it
might be as well is found by its parts anyway, and a text that is taken for one is lost."""

_SURELY, _HARDLY = 0.4, 0.15
"""Mean probabilities of content: that of a discussion, and that of a list of other things."""
_LIKE_THE_TEXT, _NO_FORUM, _SURE_THREAD = 0.9, 0.1, 0.4
"""The mean probability of content of parts of a text, that of a forum, the strength of a thread."""
_POST_NAMES = 1 << NAME_GROUPS.index("comment") | 1 << NAME_GROUPS.index("message")


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A page with the verdict on each block."""

    boxes: Boxes
    kinds: Floats
    kind: str
    threads: Sequence[Thread]
    entries: Sequence[Sequence[Entry]]
    probabilities: Floats
    kept: NDArray[np.bool_]
    copies: NDArray[np.bool_]
    controls: NDArray[np.bool_]
    posts: NDArray[np.bool_]
    comments: NDArray[np.bool_]
    frames: NDArray[np.bool_]

    def mean(self, inside: NDArray[np.bool_]) -> float:
        """Return the probability of content of the words of blocks; 1 for no blocks."""
        words = np.maximum(self.boxes.sizes[inside], 0.5)
        return float(np.average(self.probabilities[inside], weights=words)) if len(words) else 1.0


def judge_blocks(boxes: Boxes, evidence: Sequence[Evidence]) -> Judged:
    """Decide which blocks are content, and what stands in threads and lists."""
    threads: Sequence[Thread] = find_threads(boxes.page, evidence)
    figures = measure(boxes, evidence)
    shares = judge_kind(describe_page(figures))
    kind = _kind(shares)
    table = np.hstack([figures.table, np.tile(shares.astype(np.float32), (boxes.number, 1))])
    probabilities = even_out(boxes, judge(table, float(shares[:2].sum())))
    threads = _without_teasers(boxes, threads, probabilities)
    if kind in PROSE_KINDS and shares[KINDS.index("forum")] < _NO_FORUM:
        threads = _without_texts(boxes, threads, probabilities)
    controls = roles.find_controls(boxes)
    probabilities[controls | roles.find_hidden(boxes)] = 0.0
    if kind in PROSE_KINDS:
        probabilities[roles.find_side_cells(boxes)] = 0.0
    posts, comments, frames = _of_threads(boxes, threads)
    # In a forum, answers below a question are what a reader came for, whatever they are called.
    outside = frames if kind == "forum" else comments | frames
    probabilities[outside] = 0.0
    kept = choose(probabilities, boxes.counts, kind)
    if kind not in LISTS:
        kept = fill_gaps(boxes, kept, probabilities)
    kept = (kept | posts) & ~outside
    copies = find_copies(boxes, kept, kind)
    taken = frozenset(boxes.shown[posts | comments | frames].tolist())
    entries = find_entries(boxes, evidence, taken)
    if kind in PROSE_KINDS:
        kept &= ~find_beside(boxes, entries, kept, probabilities)
    return Judged(
        *(boxes, shares, kind, threads, entries, probabilities),
        *(kept & ~copies, copies, controls, posts, comments, frames),
    )


def _kind(shares: Floats) -> str:
    if shares[:2].sum() >= ARTICLE_AT_LEAST and shares.argmax() > 1:
        return KINDS[int(shares[:2].argmax())]
    return KINDS[int(shares.argmax())]


def _without_teasers(
    boxes: Boxes, threads: Sequence[Thread], probabilities: Floats
) -> Sequence[Thread]:
    """Leave out lists of other discussions beside one: their blocks look like no content at all."""
    means = {id(t): _mean(boxes, t, probabilities) for t in threads if t.kind != COMMENTS}
    if max(means.values(), default=0.0) < _SURELY:
        return threads
    return [thread for thread in threads if means.get(id(thread), 1.0) >= _HARDLY]


def _without_texts(
    boxes: Boxes, threads: Sequence[Thread], probabilities: Floats
) -> Sequence[Thread]:
    """Leave out the parts of a text that have a name and a date each: books, films, messages.

    What its markup calls a comment is one, however much it looks like content; so is a thread with
    more signs than names and dates.
    """
    return [
        thread
        for thread in threads
        if thread.strength >= _SURE_THREAD
        or _is_called_post(boxes.page, thread)
        or _mean(boxes, thread, probabilities) < _LIKE_THE_TEXT
    ]


def _is_called_post(page: Page, thread: Thread) -> bool:
    element = thread.posts[0].element
    if element < 0:
        return True
    box = page.parents[element]
    names = page.names[element] | page.names[box] | page.names[page.parents[box]]
    return bool(names & _POST_NAMES)


def _mean(boxes: Boxes, thread: Thread, probabilities: Floats) -> float:
    """The probability of content of a thread's words; 1 where no block is known to hold them."""
    body = np.isin(boxes.shown, [number for post in thread.posts for number in post.body])
    words = boxes.counts[body]
    return float(np.average(probabilities[body], weights=words)) if words.sum() else 1.0


def _of_threads(
    boxes: Boxes, threads: Sequence[Thread]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which blocks are posts of a discussion, which comments, which stand around either."""
    posts, comments, frames = (np.zeros(len(boxes.page.blocks), bool) for _ in range(3))
    for thread in threads:
        body = comments if thread.kind == COMMENTS else posts
        frames[list(thread.furniture)] = True
        for post in thread.posts:
            frames[list(post.blocks)] = True
            body[list(post.body)] = True
    frames &= ~posts & ~comments
    return posts[boxes.shown], comments[boxes.shown], frames[boxes.shown]


def _menus(judged: Judged) -> list[Sequence[Entry]]:
    """Return the lists beside a text that are surely none of it."""
    return [
        group
        for group in judged.entries
        if judged.mean(in_entries(judged.boxes, [group])) < _HARDLY
    ]


def shape_of(judged: Judged, heading: Heading) -> Shape:
    boxes = judged.boxes
    listed = in_entries(boxes, judged.entries)
    own = judged.kept & ~judged.posts
    running = boxes.sizes * boxes.is_long
    prose = float(running[own & ~listed].sum())
    if prose >= SOME:
        listed &= ~in_entries(boxes, _menus(judged))
    return Shape(
        page=boxes.page,
        kinds=dict(zip(KINDS, judged.kinds.tolist(), strict=True)),
        words=float(boxes.sizes[judged.kept].sum()),
        prose=prose,
        listed=float(boxes.sizes[listed].sum()),
        said=float(boxes.sizes[judged.posts].sum()),
        entries=sum(map(len, judged.entries)),
        threads=len(judged.threads),
        discussions=sum(thread.kind != COMMENTS for thread in judged.threads),
        linked=float(boxes.linked[own].sum() / max(boxes.lengths[own].sum(), 1)),
        is_dated=heading.published is not None,
    )
