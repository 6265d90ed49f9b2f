"""Small sites that change between two runs: some honestly, and some that lie.

Importing this module makes a source of each, so that one build takes them all.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crawlers.platforms.website import WebsiteSpider
from crawlers.platforms.wordpress import WordPressSpider
from tests.pipelines.pages import rest_capture, rest_post

WORDS = (
    "garden council meeting neighbour river budget plan carer kettle library bus stop letter key"
    " table chair school clinic ferry bench paper tea morning winter hall window promise question"
    " answer nurse driver tenant market orchard lamp bridge notice street kitchen music bread"
)
NOUNS = WORDS.split()
VERBS = ("asked", "wrote", "found", "moved", "drew", "counted", "repaired", "carried", "planted")
NOTICE = "This text is for members only. Please log in or join us to read on; it takes a minute."
WALL = "We value your privacy. Accept all cookies, or choose which of our partners may store them."
WRITERS = ("Ada Quill", "Bea Larch", "Cai Moor")


def prose(seed: object, sentences: int = 9) -> str:
    """English of sorts that is the same for the same seed, and shares no passage with another."""
    chosen = random.Random(f"prose {seed}")  # noqa: S311 - nothing secret
    told = []
    for _ in range(sentences):
        nouns = chosen.sample(NOUNS, 5)
        told.append(
            f"The {nouns[0]} and the {nouns[1]} {chosen.choice(VERBS)} a {nouns[2]}"
            f" before the {nouns[3]} {chosen.choice(VERBS)} the {nouns[4]}."
        )
    return " ".join(told)


@dataclass(frozen=True)
class Comment:
    number: int
    text: str
    author: str
    day: str = "2021-06-01"


@dataclass(frozen=True)
class Post:
    number: int
    title: str
    text: str
    day: str
    author: str | None
    comments: tuple[Comment, ...] = ()
    path: str | None = None
    status: int = 200

    @property
    def url(self) -> str:
        return f"/{self.path or f'post-{self.number}'}/"


Posts = Sequence[Post]
Change = Callable[[Posts], Posts]


def post(number: int, comments: int = 0, **changes: Any) -> Post:
    """A post like no other."""
    names = random.Random(f"title {number}")  # noqa: S311
    title = " ".join(names.sample(NOUNS, 3)).capitalize()
    said = tuple(
        Comment(
            100 * number + n,
            prose((number, n), 2),
            f"Reader {number}-{n}",
            f"2021-0{number % 8 + 1}-1{n % 9}",
        )
        for n in range(comments)
    )
    made = Post(
        number,
        title,
        prose(number),
        f"201{number % 9}-0{number % 8 + 1}-1{number % 7}",
        WRITERS[number % 3],
        said,
    )
    return replace(made, **changes)


SIX = tuple(post(n) for n in range(1, 7))
TEN = tuple(post(n) for n in range(1, 11))
TALK = tuple(post(n, comments=5) for n in range(1, 7))


def each(**changes: Any) -> Change:
    """Change columns of all posts; a function is given the post."""
    return some(slice(None), **changes)


def some(which: slice, **changes: Any) -> Change:
    def change(posts: Posts) -> Posts:
        chosen = {p.number for p in posts[which]}
        return [_changed(p, changes) if p.number in chosen else p for p in posts]

    return change


def _changed(one: Post, changes: dict[str, Any]) -> Post:
    return replace(one, **{k: v(one) if callable(v) else v for k, v in changes.items()})


def talk(**changes: Any) -> Change:
    """Change columns of all comments; a function is given the comment."""

    def change(posts: Posts) -> Posts:
        def said(one: Post) -> tuple[Comment, ...]:
            return tuple(
                replace(c, **{k: v(c) if callable(v) else v for k, v in changes.items()})
                for c in one.comments
            )

        return [replace(p, comments=said(p)) for p in posts]

    return change


def first_comments(count: int) -> Change:
    return each(comments=lambda one: one.comments[:count])


def becomes(posts: Posts) -> Change:
    return lambda _: posts


def shuffled_texts(posts: Posts) -> Posts:
    """Each has the text of the next one."""
    return [replace(p, text=q.text) for p, q in zip(posts, [*posts[1:], posts[0]], strict=True)]


def shuffled_days(posts: Posts) -> Posts:
    return [replace(p, day=q.day) for p, q in zip(posts, [*posts[1:], posts[0]], strict=True)]


def renumbered(posts: Posts) -> Posts:
    return [replace(p, number=p.number + 500, path=p.url.strip("/")) for p in posts]


@dataclass(frozen=True)
class Case:
    """A site that changes. Of a lie `figure` is what the reason must name; of an honest change it
    is None. `outcome` is that of the second run's crawl; `unlisted` says that no list is complete.
    """

    name: str
    change: Change
    figure: str | None = None
    before: Posts = SIX
    via: str = "rest"
    outcome: str = "exhausted"
    is_listed: bool = True


LIES = (
    Case("comments_none", first_comments(0), "comments 30 → 0", TALK),
    Case("comments_a_fifth", first_comments(1), "comments 30 → 6", TALK),
    Case("comments_of_one_post", some(slice(1, 6), comments=()), "comments 30 → 5", TALK),
    Case("comments_hidden", talk(text="Comment hidden."), "comment texts kept 30 → 0", TALK),
    Case("comments_anonymous", talk(author="Guest"), "comment authors kept 30 → 0", TALK),
    Case("comments_now", talk(day="2026-03-31"), "comment dates kept 30 → 0", TALK),
    Case("comments_numbered_anew", talk(number=lambda c: c.number + 5000), "comments 30 → 0", TALK),
    Case(
        "comments_twice",
        each(
            comments=lambda p: (
                p.comments + tuple(replace(c, number=c.number + 5000) for c in p.comments)
            )
        ),
        "different comments 60 → 30",
        TALK,
    ),
    Case("few_comments_none", first_comments(0), "comments 4 → 0", (post(1, comments=4), *SIX[1:])),
    Case("texts_emptied", each(text=""), "texts known 6 → 0"),
    Case("a_third_emptied", some(slice(0, 2), text=""), "texts known 6 → 4"),
    Case("texts_login", each(text=NOTICE), "texts kept 6 → 0"),
    Case("half_login", some(slice(0, 3), text=NOTICE), "different texts 6 → 4"),
    Case("texts_excerpts", each(text=lambda p: p.text[:120] + " …"), "texts kept 6 → 0"),
    Case(
        "texts_of_another_site", each(text=lambda p: prose(f"else {p.number}")), "texts kept 6 → 0"
    ),
    Case("texts_of_the_next", shuffled_texts, "texts kept 6 → 0"),
    Case("texts_of_one", each(text=SIX[0].text), "different texts 6 → 1"),
    Case(
        "texts_two_thirds_cut", each(text=lambda p: p.text[: len(p.text) // 3]), "texts kept 6 → 0"
    ),
    Case("texts_one_letter", each(text="x"), "texts kept 6 → 0"),
    Case("titles_site_name", each(title="Parish Notes"), "different titles 6 → 1"),
    Case("titles_gone", each(title=""), "titles known 6 → 0"),
    Case("titles_untitled", each(title="(no title)"), "titles kept 6 → 0"),
    Case("titles_numbers", each(title=lambda p: f"Entry {p.number}"), "titles kept 6 → 0"),
    Case("dates_one_second", each(day="2026-03-31"), "dates kept 6 → 0"),
    Case("dates_exchanged", shuffled_days, "dates kept 6 → 0"),
    Case("dates_epoch", each(day="1970-01-01"), "dates kept 6 → 0"),
    Case("dates_zero", each(day="0000-00-00"), "dates known 6 → 0"),
    Case("authors_admin", each(author="admin"), "authors kept 6 → 0"),
    Case("authors_gone", each(author=None), "authors known 6 → 0"),
    Case("shrunk", lambda posts: posts[:4], "documents 10 → 4", TEN),
    Case("one_left", lambda posts: posts[:1], "documents 6 → 1"),
    Case("numbered_anew", renumbered, "documents 6 → 0"),
    Case("numbered_anew_unlisted", renumbered, "different addresses 12 → 6", is_listed=False),
    Case("half_404", some(slice(0, 5), status=404), "documents 10 → 5", TEN, via="html"),
    Case("half_410", some(slice(5, 10), status=410), "documents 10 → 5", TEN, via="html"),
    Case("wall", each(title="Cookies", text=WALL), "found nothing", via="html"),
    Case(
        "domain_for_sale",
        each(title=lambda p: f"Buy {p.number}", text=lambda p: prose(f"sale {p.number}")),
        "titles kept 6 → 0",
        via="html",
    ),
    Case("page_titles_gone", each(title=""), "titles known 6 → 0", via="html"),
    Case("page_dates_today", each(day="2026-03-31"), "dates kept 6 → 0", via="html"),
    Case("page_bylines_gone", each(author=None), "authors known 6 → 0", via="html"),
    Case("seen_in_part", each(text=NOTICE), "texts kept 6 → 0", outcome="truncated"),
    Case(
        "taken_over",
        lambda posts: [*posts, *(post(n) for n in range(100, 220))],
        "documents 6 → 126",
    ),
    Case(
        "copies_of_one",
        lambda posts: [*posts, *(replace(post(n), text=NOTICE) for n in range(20, 30))],
        "different texts 16 → 7",
    ),
)
HONEST = (
    Case("same", lambda posts: posts),
    Case("three_new", lambda posts: [*posts, *(post(n) for n in (11, 12, 13))]),
    Case("many_new", lambda posts: [*posts, *(post(n) for n in range(20, 50))]),
    Case("one_edited", some(slice(0, 1), title="Quite another", text=prose("anew"))),
    Case(
        "two_edited",
        some(
            slice(0, 2), title=lambda p: f"Anew {p.number}", text=lambda p: prose(f"new {p.number}")
        ),
    ),
    Case("one_deleted", lambda posts: posts[1:]),
    Case("two_deleted", lambda posts: posts[2:]),
    Case(
        "four_of_twenty_deleted",
        lambda posts: posts[4:],
        None,
        tuple(post(n) for n in range(1, 21)),
    ),
    Case("one_of_three_gone", some(slice(0, 1), status=410), None, SIX[:3], via="html"),
    Case("one_emptied", some(slice(0, 1), text="")),
    Case("footer_added", each(text=lambda p: f"{p.text} {prose('footer', 3)}")),
    Case("typos_mended", each(text=lambda p: p.text.replace("before", "until"))),
    Case("longer_by_far", each(text=lambda p: f"{p.text} {prose(f'more {p.number}', 30)}")),
    Case("a_third_cut", each(text=lambda p: p.text[: len(p.text) * 2 // 3])),
    Case("site_name_added", each(title=lambda p: f"{p.title} – Parish Notes")),
    Case("titles_in_capitals", each(title=lambda p: p.title.upper())),
    Case("clock_of_the_site_set_right", each(day=lambda p: f"{p.day[:8]}{int(p.day[8:]) + 1:02}")),
    Case(
        "writer_renamed", each(author=lambda p: "Ada Reed" if p.author == "Ada Quill" else p.author)
    ),
    Case(
        "the_only_writer_renamed",
        each(author="Ada Reed"),
        None,
        tuple(replace(p, author="Ada Quill") for p in SIX),
    ),
    Case("second_writer_added", some(slice(0, 2), author="Dai Fell")),
    Case(
        "comments_grow",
        each(comments=lambda p: post(p.number, comments=12).comments),
        None,
        TALK,
    ),
    Case("one_comment_deleted", some(slice(0, 1), comments=lambda p: p.comments[1:]), None, TALK),
    Case("one_thread_deleted", some(slice(0, 1), comments=()), None, TALK),
    Case(
        "two_comments_deleted_of_two",
        some(slice(0, 1), comments=()),
        None,
        (post(1, comments=2), *SIX[1:]),
    ),
    Case("first_titles", becomes(SIX), None, tuple(replace(p, title="") for p in SIX)),
    Case("first_comments", becomes(TALK)),
    Case(
        "redesign",
        each(
            text=lambda p: f"{p.text} {prose('aside', 2)}", title=lambda p: f"{p.title} | Commons"
        ),
        via="html",
    ),
    Case("blocked", becomes(()), outcome="blocked"),
    Case("cut_short", lambda posts: posts[:2], None, TEN, outcome="truncated"),
    Case(
        "excerpts_become_texts",
        becomes(SIX),
        None,
        tuple(replace(p, text=p.text[:90]) for p in SIX),
    ),
)
CASES = {case.name: case for case in (*LIES, *HONEST)}


def captures(case: Case, posts: Posts) -> list[dict[str, Any]]:
    """What a crawl of a site archives."""
    host = f"https://{case.name.replace('_', '-')}.example"
    if case.via == "html":
        return [_page(host, one) for one in posts]
    entries = [_entry(host, one) for one in posts]
    said = [_said(host, one, comment) for one in posts for comment in one.comments]
    found = [rest_capture("posts", entries), rest_capture("comments", said)]
    return [
        capture | {"url": capture["url"].replace("https://parish.example", host)}
        for capture in found
    ]


def inventories(case: Case, posts: Posts) -> dict[str, dict[str, str]]:
    """The complete lists that a crawl met."""
    if case.via == "html" or not case.is_listed:
        return {}
    talk_of_all = [comment for one in posts for comment in one.comments]
    return {
        "article": {str(one.number): "" for one in posts},
        "comment": {str(comment.number): "" for comment in talk_of_all},
    }


def _entry(host: str, one: Post) -> dict[str, Any]:
    moment = f"{one.day}T09:30:00"
    return rest_post(
        one.number,
        date=moment,
        date_gmt=moment,
        modified_gmt="0000-00-00T00:00:00",
        link=host + one.url,
        title={"rendered": one.title},
        content={"rendered": f"<p>{one.text}</p>" if one.text else "", "protected": False},
        author=0,
        _embedded={"author": [{"name": one.author}]} if one.author else {},
    )


def _said(host: str, one: Post, comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.number,
        "post": one.number,
        "parent": 0,
        "author": 0,
        "author_name": comment.author,
        "author_url": "",
        "date": f"{comment.day}T12:00:00",
        "date_gmt": f"{comment.day}T12:00:00",
        "type": "comment",
        "link": f"{host}{one.url}#comment-{comment.number}",
        "content": {"rendered": f"<p>{comment.text}</p>"},
    }


def _page(host: str, one: Post) -> dict[str, Any]:
    byline = f"<p class='byline'>By <a rel='author'>{one.author}</a></p>" if one.author else ""
    heading = f"<h1>{one.title}</h1>" if one.title else ""
    half = len(one.text) // 2
    half = one.text.find(". ", half) + 1 or len(one.text)
    body = (
        f"<!DOCTYPE html><html lang='en'><head><title>{one.title}</title></head><body>"
        f"<article>{heading}{byline}<time datetime='{one.day}'>{one.day}</time>"
        f"<p>{one.text[:half]}</p><p>{one.text[half:]}</p></article></body></html>"
    )
    found = {"url": host + one.url, "status": one.status, "body": body}
    return found if one.status == 200 else found | {"body": "<h1>Not found</h1>"}


def _source(case: Case) -> type:
    base = WebsiteSpider if case.via == "html" else WordPressSpider
    host = case.name.replace("_", "-")
    return type(
        f"{case.name.title().replace('_', '')}Spider",
        (base,),
        {
            "__module__": __name__,
            "name": case.name,
            "title": "Parish Notes",
            "start_urls": [f"https://{host}.example/"],
            "languages": ("en",),
            "timezone": "Europe/London",
            "expected_documents": (1, 5000),
        },
    )


globals().update({f"{case.name}_spider": _source(case) for case in CASES.values()})
