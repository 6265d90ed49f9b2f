"""Find the threads of a page: comments below a text, and posts of a discussion.

`find_threads(page, evidence)` reads any markup by one principle: posts are parts that repeat, each
with a mark of its own (a time or a name) and a text, and what stands in the same place of each is
of the same sort. What a platform, microdata or ids state adds candidates and decides nothing alone.

| module | what |
|---|---|
| `times.py` | where a page shows times |
| `stated.py` | what the markup itself calls a comment |
| `groups.py` | parts that repeat around marks, nested ones too |
| `layout.py` | the parts of a group side by side |
| `chrome.py` | what a theme writes around posts: labels, profiles, buttons |
| `fields.py`, `bodies.py`, `authors.py` | when, what and who, by what stands in one place of each |
| `signs.py`, `cards.py` | what speaks for and against a group being posts |
| `promise.py` | which groups are worth reading |
| `finding.py` | all groups of a page, and those that are threads |
| `links.py` | numbers of posts, and which answers which |
| `jsonld.py`, `merging.py` | comments that JSON-LD tells, as one with those shown |
| `declared.py` | how many comments a page says that it has |
| `making.py` | posts and threads of what was read |
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaning.evidence import Evidence
from cleaning.page import Page
from cleaning.reader.threads.declared import declared_count
from cleaning.reader.threads.finding import find_candidates
from cleaning.reader.threads.jsonld import told_comments
from cleaning.reader.threads.making import make_thread
from cleaning.reader.threads.merging import text_of, with_told
from cleaning.reader.threads.model import COMMENTS, DISCUSSION, Post, Thread

__all__ = ["COMMENTS", "DISCUSSION", "Post", "Thread", "declared_count", "find_threads", "text_of"]


def find_threads(page: Page, evidence: Sequence[Evidence] = ()) -> list[Thread]:
    """Return the threads of a page in its order; an empty list where nothing is surely one."""
    threads = [make_thread(page, candidate) for candidate in find_candidates(page, evidence)]
    threads = [thread for thread in threads if thread.posts]
    threads.sort(key=lambda thread: thread.posts[0].element)
    return with_told(page, threads, told_comments(page))
