"""Targets for the mirrored Blogger blog."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.compare import Target, difference, nothing_twice, right_languages
from benchmarks.mirror_files import MirrorFiles
from benchmarks.serving import Harvest

POSTS, COMMENTS = 39, 17
LANGUAGE_CHARACTERS = 200
WITHOUT_WORDS = {"4794950771941825849"}
"""Posts that are long and hold nothing but the address of a video: they have no language."""


@dataclass(frozen=True, slots=True)
class Blog:
    """The mirror, and the harvest of it."""

    files: MirrorFiles
    harvest: Harvest


def documents(blog: Blog) -> Target:
    """Every post that the pages hold, each once."""
    rows = blog.harvest.rows("documents")
    notes = difference(blog.files.blogger_posts, {row["native_id"] for row in rows})
    is_met = len(rows) == POSTS and not notes
    return Target("Blogger: posts", str(POSTS), str(len(rows)), is_met, notes)


def comments(blog: Blog) -> Target:
    """Every comment that the pages show, each once, and none taken for spam."""
    rows = blog.harvest.rows("comments")
    notes = difference(blog.files.blogger_comments, {row["native_id"] for row in rows})
    is_met = len(rows) == COMMENTS and not notes
    return Target("Blogger: comments", str(COMMENTS), str(len(rows)), is_met, notes)


def counted_comments(blog: Blog) -> Target:
    """As many comments were captured of each post as its page declares."""
    wrong = [
        f"{row['url']}: {row['comments_captured']} of {row['comments_declared']}"
        for row in blog.harvest.rows("documents")
        if row["comments_captured"] != row["comments_declared"]
    ]
    measured = f"{len(wrong)} differ"
    return Target("Blogger: declared and captured", "equal", measured, not wrong, tuple(wrong))


def identity(blog: Blog) -> Target:
    rows = blog.harvest.rows("documents")
    return nothing_twice("Blogger: identity", rows, blog.harvest.rows("comments"))


def fields(blog: Blog) -> Target:
    """Each post has an author and a time; some have no title, and some only pictures."""
    wrong = [
        r["url"] for r in blog.harvest.rows("documents") if not (r["authors"] and r["published"])
    ]
    measured = f"{len(wrong)} without"
    return Target("Blogger: author and time", "all", measured, not wrong, tuple(wrong))


def languages(blog: Blog) -> Target:
    """Spanish, all of it: a person read them, and every page declares it."""
    rows = blog.harvest.rows("documents")
    long = [row["native_id"] for row in rows if len(row["text"] or "") >= LANGUAGE_CHARACTERS]
    truth = {i: None if i in WITHOUT_WORDS else "es" for i in long}
    return right_languages("Blogger: language", rows, truth)


def manners(blog: Blog) -> Target:
    """robots.txt forbids /search, and the blog's own host is the only one to be asked.

    The server's log cannot show requests to others, so the archive's list of requests must have as
    many as the log, all of them to the blog.
    """
    asked = [json.loads(line)["path"] for line in blog.harvest.log.read_text().splitlines()]
    fetched = [row["url"] for row in blog.harvest.rows("fetches")]
    host = urlsplit(blog.harvest.address).netloc
    searches = [path for path in asked if path.startswith("/search")]
    foreign = [url for url in fetched if urlsplit(url).netloc != host]
    unexplained = len(fetched) - len(asked)
    return Target(
        "Blogger: manners",
        "no /search, no other host",
        f"{len(asked)} requests: {len(searches)} to /search, {len(foreign)} to other hosts",
        bool(asked) and not searches and not foreign and not unexplained,
        (*searches, *foreign, *([f"{unexplained} fetches not in the log"] if unexplained else [])),
    )


CHECKS: tuple[Callable[[Blog], Target], ...] = (
    documents,
    comments,
    counted_comments,
    identity,
    fields,
    languages,
    manners,
)
