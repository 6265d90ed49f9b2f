"""Targets for the mirrored WordPress site, crawled by REST and again without REST."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean

from benchmarks.compare import Target, difference, nothing_twice, right_languages, word_f1
from benchmarks.mirror_files import MirrorFiles, plain, utc
from benchmarks.serving import Harvest, Row

POSTS, PAGES, COMMENTS = 129, 49, 25
POSTS_WITHOUT_REST = 125
MEAN_F1, LEAST_F1 = 0.97, 0.80
LOW_F1: dict[str, str] = {}
"""Addresses (paths) of posts whose two texts may differ by more, and why. None does."""
LANGUAGE_CHARACTERS = 200
LOCAL_CLOCKS = {"180", "181"}
"""Comments whose `date_gmt` in REST is the local time (EDT, UTC-4), as two other things show: their
`date` is the same, and their pages show a clock that fits the site's other comments."""
LOCAL_CLOCK_ERROR = timedelta(hours=4)
SPANISH_ON_ENGLISH_PAGES = {"/2017/03/legal-forum-foro-legal/"}
"""Read by a person: an announcement in both languages, Spanish first, on a page that says en-US."""


@dataclass(frozen=True, slots=True)
class Site:
    """The mirror, and the harvests of it."""

    files: MirrorFiles
    rest: Harvest
    html: Harvest


@dataclass(frozen=True, slots=True)
class SeenComment:
    """A comment of `comments` or of `quarantine`; `reason` is why it is in the latter."""

    native_id: str
    author: str | None
    published: datetime | None
    parent: str | None
    reason: str | None = None


def articles(harvest: Harvest) -> dict[str, Row]:
    """The posts of a harvest, by their document ids."""
    rows = harvest.rows("documents")
    return {row["document_id"]: row for row in rows if row["kind"] == "article"}


def seen_comments(harvest: Harvest) -> list[SeenComment]:
    """All comments of a harvest, spam included."""
    rows = harvest.rows("comments")
    native = {row["comment_id"]: row["native_id"] for row in rows}
    kept = [
        SeenComment(r["native_id"], r["author"], r["published"], native.get(r["parent_id"]))
        for r in rows
    ]
    return kept + [_quarantined(r) for r in harvest.rows("quarantine") if r["table"] == "comments"]


def _quarantined(row: Row) -> SeenComment:
    whole = json.loads(row["row"])
    published = datetime.fromisoformat(whole["published"]) if whole["published"] else None
    return SeenComment(
        whole["native_id"], whole["author"], published, whole["parent_native_id"], row["reason"]
    )


# --- by REST ---


def documents_by_rest(site: Site) -> Target:
    """Every post and page that the API has, and no other."""
    rows = site.rest.rows("documents")
    found = {kind: {r["native_id"] for r in rows if r["kind"] == kind} for kind in _KINDS}
    notes = (
        *difference(set(site.files.posts), found["article"]),
        *difference(set(site.files.pages), found["page"]),
    )
    counts = len(found["article"]), len(found["page"])
    return Target(
        "REST: documents",
        f"{POSTS} posts, {PAGES} pages",
        f"{counts[0]} posts, {counts[1]} pages",
        counts == (POSTS, PAGES) and not notes and len(rows) == POSTS + PAGES,
        notes,
    )


_KINDS = ("article", "page")


def comments_by_rest(site: Site) -> Target:
    """Every comment that the API has, kept or in quarantine as spam, each once."""
    seen = seen_comments(site.rest)
    spam = [c for c in seen if c.reason == "spam"]
    kept = [c for c in seen if c.reason is None]
    notes = difference(set(site.files.comments), {c.native_id for c in seen})
    return Target(
        "REST: comments",
        str(COMMENTS),
        f"{len(kept)} kept + {len(spam)} spam",
        len(kept) + len(spam) == len(seen) == COMMENTS and not notes,
        (*notes, *(f"spam: comment {c.native_id} by {c.author!r}" for c in spam)),
    )


def nothing_twice_by_rest(site: Site) -> Target:
    rows = site.rest.rows("documents")
    return nothing_twice("REST: identity", rows, site.rest.rows("comments"))


def fields_by_rest(site: Site) -> Target:
    """Each post has title, author, time and text, the first and the third as the API has them."""
    wrong = []
    for row in articles(site.rest).values():
        truth = site.files.posts[row["native_id"]]
        named = row["title"] == plain(truth["title"]["rendered"])
        dated = row["published"] == utc(truth["date_gmt"])
        if not (named and dated and row["authors"] and row["text"]):
            wrong.append(f"{row['url']}: {row['title']!r}, {row['authors']}, {row['published']}")
    measured = f"{POSTS - len(wrong)} of {POSTS}"
    return Target("REST: fields of posts", "all", measured, not wrong, tuple(wrong))


def languages_by_rest(site: Site) -> Target:
    rows = site.rest.rows("documents")
    return right_languages("REST: language", rows, language_truth(site, rows))


def language_truth(site: Site, rows: list[Row]) -> dict[str, str | None]:
    """The language of every document that is long enough, by native id.

    It is what the page declares, or what a person read; where the mirror has the page under
    another name, English, which those two posts were read to be in.
    """
    truth: dict[str, str | None] = {}
    for row in rows:
        if len(row["text"] or "") < LANGUAGE_CHARACTERS:
            continue
        spanish = row["url"].removeprefix(_root(row["url"])) in SPANISH_ON_ENGLISH_PAGES
        truth[row["native_id"]] = "es" if spanish else site.files.language(row["url"]) or "en"
    return truth


def _root(url: str) -> str:
    return "/".join(url.split("/")[:3])


# --- without REST ---


def documents_by_html(site: Site) -> Target:
    """The same posts with the same ids, and no post that the API does not know."""
    rest, found = articles(site.rest), articles(site.html)
    same = rest.keys() & found.keys()
    extra = [found[i]["url"] for i in found.keys() - rest.keys()]
    lost = [f"not found: {rest[i]['url']}" for i in rest.keys() - found.keys()]
    return Target(
        "HTML: posts with the ids of REST",
        f"{POSTS_WITHOUT_REST} or more of {POSTS}",
        str(len(same)),
        len(same) >= POSTS_WITHOUT_REST and not extra,
        (*lost, *(f"unknown to REST: {url}" for url in extra)),
    )


def nothing_twice_by_html(site: Site) -> Target:
    rows = site.html.rows("documents")
    return nothing_twice("HTML: identity", rows, site.html.rows("comments"))


def text_by_html(site: Site) -> Target:
    """The text of the page against the text of the API, by words."""
    rest, found = articles(site.rest), articles(site.html)
    scores = {i: word_f1(rest[i]["text"] or "", found[i]["text"] or "") for i in rest if i in found}
    low = [
        f"{score:.3f} {found[i]['url']}"
        for i, score in sorted(scores.items())
        if score < LEAST_F1 and found[i]["url"].removeprefix(site.html.address) not in LOW_F1
    ]
    average = mean(scores.values())
    return Target(
        "HTML: word F1 of the text",
        f"mean {MEAN_F1}, least {LEAST_F1}",
        f"mean {average:.4f}, least {min(scores.values()):.4f}",
        average >= MEAN_F1 and not low,
        tuple(low),
    )


def fields_by_html(site: Site) -> Target:
    """Title, time, categories and language of each post are those of the API."""
    rest, found = articles(site.rest), articles(site.html)
    same = ("title", "published", "published_precision", "categories", "language")
    wrong = [
        f"{found[i]['url']}: {name} {found[i][name]!r}, by REST {rest[i][name]!r}"
        for i in rest
        if i in found
        for name in same
        if rest[i][name] != found[i][name]
    ]
    measured = f"{len(wrong)} differences"
    return Target("HTML: fields of posts", "those of REST", measured, not wrong, tuple(wrong))


def authors_by_html(site: Site) -> Target:
    """The author of each post is the one that its page names.

    On some posts that is not the one whom REST names: the site shows the name of a guest in place
    of the account that posted, and REST knows accounts only.
    """
    rest, found = articles(site.rest), articles(site.html)
    wrong, guests = [], 0
    for document_id, row in found.items():
        names = [author["name"] for author in row["authors"] or []]
        if names != [site.files.byline(row["url"])]:
            wrong.append(f"{row['url']}: {names}, the page {site.files.byline(row['url'])!r}")
        guests += document_id in rest and row["authors"] != rest[document_id]["authors"]
    note = f"{guests} pages name a guest, and REST the account that posted"
    measured = f"{len(found) - len(wrong)} of {len(found)}"
    return Target("HTML: authors", "as the pages", measured, not wrong, (*wrong, note))


def comments_by_html(site: Site) -> Target:
    """Every comment that any page of the mirror shows, and no other."""
    seen = seen_comments(site.html)
    ids = [c.native_id for c in seen]
    notes = difference(site.files.shown_comments, set(ids))
    spam = sum(c.reason == "spam" for c in seen)
    return Target(
        "HTML: comments",
        f"{len(site.files.shown_comments)} (ids in the pages)",
        f"{len(seen) - spam} kept + {spam} spam",
        not notes and len(ids) == len(set(ids)) and bool(ids),
        notes,
    )


def comments_as_by_rest(site: Site) -> Target:
    """Author, time (to the minute, which is what pages show) and parent are those of REST."""
    by_rest = {c.native_id: c for c in seen_comments(site.rest)}
    by_html = {c.native_id: c for c in seen_comments(site.html)}
    both = sorted(by_rest.keys() & by_html.keys(), key=int)
    wrong = [
        f"comment {i}: {by_html[i]}, by REST {by_rest[i]}"
        for i in both
        if not _is_same(by_html[i], by_rest[i])
    ]
    note = f"REST gives the local time as UTC in {', '.join(sorted(LOCAL_CLOCKS))}"
    only = sorted(by_html.keys() - by_rest.keys(), key=int)
    return Target(
        "HTML: author, time and parent of comments",
        "those of REST",
        f"{len(both) - len(wrong)} of {len(both)}",
        not wrong and len(both) >= COMMENTS,
        (*wrong, note, f"in pages only: {', '.join(only) or 'none'}"),
    )


def _is_same(html: SeenComment, rest: SeenComment) -> bool:
    if html.published is None or rest.published is None:
        return False
    error = LOCAL_CLOCK_ERROR if html.native_id in LOCAL_CLOCKS else timedelta()
    moment = (rest.published + error).replace(second=0, microsecond=0)
    same_time = html.published.replace(second=0, microsecond=0) == moment
    return same_time and (html.author, html.parent) == (rest.author, rest.parent)


def languages_by_html(site: Site) -> Target:
    rows = site.html.rows("documents")
    return right_languages("HTML: language", rows, language_truth(site, rows))


CHECKS: tuple[Callable[[Site], Target], ...] = (
    documents_by_rest,
    comments_by_rest,
    nothing_twice_by_rest,
    fields_by_rest,
    languages_by_rest,
    documents_by_html,
    nothing_twice_by_html,
    text_by_html,
    fields_by_html,
    authors_by_html,
    comments_by_html,
    comments_as_by_rest,
    languages_by_html,
)
