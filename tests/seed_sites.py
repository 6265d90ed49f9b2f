"""The reference sources' five texts, put back into the shape that their pages have.

The texts are other people's and are not in the repository; the pages around them are those of the
little web in `demo/`, at the addresses of our sources. What no text tells (an id, a time of day, a
commenter's name) is made up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from demo.web.deck import deck_pdf
from demo.web.messages import Request
from demo.web.model import Comment, Deck, Post, Site, Slide, load_site, resolve
from demo.web.prezi import path_of
from demo.web.server import APPS
from demo.web.wordpress import WordPress

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
LIBRARY_TARGET = "https://homeless.example/toolkit"
DECK = "/wp-content/uploads/2023/02/fundamentals.pdf"
SPECTRUM = "A spectrum of engagement"
SLIDES = (
    "Fundamentals of co-production and citizen involvement",
    "Why: the co-production imperative",
    "Definition of co-production",
    "It enables:",
    "What co-production is (and isn't)",
    "5 values of co-production",
    "Co-production Wales is... cydgynhyrchu.cymru | coproduction.wales",
)
_MADE_UP = datetime(2019, 7, 3, 9, 30, tzinfo=UTC)
_ADDRESS = re.compile(r"https?://\S+")


def seed(name: str) -> str:
    """A seed's text; the test is skipped where it is not beside the repository."""
    file = SEEDS / name
    if not file.exists():
        pytest.skip(f"the reference texts are not beside the repository: ../shared/seeds/{name}")
    return file.read_text(encoding="utf-8")


def captures(site: Site, base: str, *paths: str, **cb_kwargs: Any) -> list[dict[str, Any]]:
    """What `site` answers at `base` to each of the paths, to be written into an archive."""
    app = APPS.get(site.platform, WordPress)(resolve(site, {site.name: base}), base)
    found = []
    for path in paths:
        parts = urlsplit(path)
        answer = app.answer(Request.of(path))
        assert answer.status == 200, path
        found.append({"url": base + parts.path, "body": answer.body, "cb_kwargs": cb_kwargs})
    return found


# --- 1: the archive of an author ---


def archive_entries() -> list[tuple[str, str]]:
    """(title, excerpt) of each post that the archive lists."""
    lines = [line.strip() for line in seed("1_author_archive.txt").splitlines() if line.strip()]
    assert lines[1].startswith("Author: ")
    assert lines[-1] == "Next Page »"
    return list(zip(lines[2:-1:2], lines[3:-1:2], strict=True))


def archive() -> list[dict[str, Any]]:
    """The archive's first page, and the page of each post that it lists."""
    site = load_site("valley_knowledge")
    author = replace(site.authors[0], slug="noreen", name="Noreen Blanluet")
    listed = [_listed(n, *entry) for n, entry in enumerate(archive_entries())]
    # One more, so that there is a next page.
    posts = [*listed, _listed(len(listed), "An older one", "Made up, to have a next page.")]
    shown = replace(
        site, authors=(author,), posts=tuple(posts), pages=(), decks=(), posts_per_page=len(listed)
    )
    base, paths = "https://info.copronet.wales", [f"/{post.slug}/" for post in listed]
    return [
        *captures(shown, base, "/author/noreen/", as_list=True, walk=False),
        *captures(shown, base, *paths, as_list=False, walk=False),
    ]


def _listed(number: int, title: str, excerpt: str) -> Post:
    linked = _ADDRESS.sub(lambda m: f'<a href="{m[0]}">{m[0]}</a>', escape(excerpt, quote=False))
    here = '<a href="https://elsewhere.example/full">here</a>'
    body = linked.replace("Read the full article here", f"Read the full article {here}")
    return Post(
        id=900 - number,
        slug=f"post-{number}",
        title=title,
        author="noreen",
        published=_MADE_UP.replace(day=28 - number),
        body=f"<p>{body}</p>",
        excerpt=excerpt,
    )


# --- 2: the resource library ---


def library_cards() -> tuple[str, str, list[tuple[str, str | None]]]:
    """(title, description, cards) of a resource's page; each card has its title twice."""
    text = seed("2_resource_library.txt")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    starts = [at for at in range(len(lines) - 1) if lines[at] == lines[at + 1]]
    ends = [*starts[1:], len(lines)]
    told = (" ".join(lines[a + 2 : b]) or None for a, b in zip(starts, ends, strict=True))
    return lines[0], lines[1], list(zip((lines[at] for at in starts), told, strict=True))


def library() -> list[dict[str, Any]]:
    """The page of a resource, with the whole library below it."""
    title, description, cards = library_cards()
    site = load_site("exchange_shelf")
    own = _resource(999, title, description, LIBRARY_TARGET)
    posts = [own, *(_resource(n, *card, None) for n, card in enumerate(cards))]
    shown = replace(
        site,
        posts=tuple(posts),
        posts_per_page=len(cards),
        item_folder="resources",
        unlisted=(),
        plain_pages=tuple(post.slug for post in posts),
        authors=(site.authors[0],),
    )
    base = "https://resources.coproductioncollective.co.uk"
    return captures(shown, base, f"/resources/{own.slug}", listing=False)


def _resource(number: int, title: str, excerpt: str | None, target: str | None) -> Post:
    author = load_site("exchange_shelf").authors[0].slug
    day = _MADE_UP.replace(year=2000 + number % 20, month=1 + number // 20 % 12)
    body = f"<p>{escape(excerpt or '')}</p>"
    return Post(number, f"r{number}", title, author, day, body, excerpt=excerpt, target=target)


# --- 3: a presentation ---


def transcript_lines() -> list[str]:
    """The lines of the transcript, without the button below it."""
    lines = [" ".join(line.split()) for line in seed("3_prezi_transcript.txt").splitlines()]
    start = next(n for n, line in enumerate(lines) if line.startswith("Transcript of "))
    found = [line for line in lines[start + 1 :] if line]
    assert found[-1] == "Full transcript"
    return found[:-1]


def presentation() -> list[dict[str, Any]]:
    site = load_site("slide_room")
    author = replace(site.authors[0], name="New Economics Foundation")
    body = "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in transcript_lines())
    title, day = "Co-production: theory and practice", datetime(2014, 9, 29, 12, tzinfo=UTC)
    post = Post(1, "co-production-theory-and-practice", title, author.slug, day, body)
    shown = replace(site, authors=(author,), posts=(post,))
    (made,) = captures(shown, "https://prezi.com", path_of(post))
    return [made | {"url": f"https://prezi.com/eitdkeaoly8t/{post.slug}/"}]


# --- 4: slides as a PDF ---


def deck_slides() -> list[Slide]:
    """Slides of the text: of the one a table, of the other its lines."""
    parts = re.split(r"(?m)^#+ +", seed("4_slide_deck_pdf.md"))[1:]
    found = {}
    for part in reversed(parts):
        heading, *rest = [_plain(line) for line in part.splitlines() if line.strip()]
        found[heading] = [line for line in rest if ("\t" in line) == (heading == SPECTRUM)]
    slides = [Slide(name, tuple(found[name])) for name in SLIDES]
    rows = [[cell.strip() for cell in line.split("\t")] for line in found[SPECTRUM]]
    # A cell that is blank in the first row belongs to the one that spans it.
    rows[0] = [cell or "<" for cell in rows[0]]
    return [*slides, Slide(SPECTRUM, table=tuple(map(tuple, rows)))]


def _plain(line: str) -> str:
    text = re.sub(r"\*\*|<[^>]+>", "", line).rstrip()
    linked = _ADDRESS.search(text)
    return f"{text} <{linked[0]}>" if linked and "\t" not in text else text


def deck() -> list[dict[str, Any]]:
    made = Deck(
        path=DECK,
        title="",
        title_written="Microsoft PowerPoint - fundamentals.pptx",
        author="Noreen Blanluet",
        created=datetime(2023, 2, 1, 10, tzinfo=UTC),
        footer="copronet.wales",
        slides=tuple(deck_slides()),
    )
    return [
        {
            "url": f"https://info.copronet.wales{DECK}",
            "body": deck_pdf(made),
            "headers": [("Content-Type", "application/pdf")],
            "callback": "parse_pdf",
            "cb_kwargs": {"link_text": "here"},
        }
    ]


# --- 5: a blog's post with spam ---


def blog_post() -> tuple[str, list[str], list[str]]:
    """(title, paragraphs of the body, comments)."""
    text = seed("5_blogger_post_with_spam.txt")
    above, _, below = text.partition("3 comments:")
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", above) if block.strip()]
    title = next(n for n, block in enumerate(blocks) if block.startswith("How can we govern"))
    comments = re.split(r"(?m)^\s*\d+\.\s", below.replace("ReplyDelete", ""))[1:]
    return blocks[title], blocks[title + 1 :], ["\n".join(c.split("\n")).strip() for c in comments]


def blog() -> list[dict[str, Any]]:
    title, paragraphs, comments = blog_post()
    site = load_site("week_blog")
    spam = [
        Comment(id=n, author="Unknown", published=_MADE_UP.replace(month=8, day=n), body=comment)
        for n, comment in enumerate(comments, 1)
    ]
    post = Post(
        id=77,
        slug="how-can-we-govern-cities-differently",
        title=title,
        author=site.authors[0].slug,
        published=_MADE_UP,
        body="\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs),
        uncounted_comments=3 - len(comments),
        comments=tuple(spam),
    )
    shown = replace(site, posts=(post,), pages=(), title="Co-production Week 2019")
    return captures(
        shown, "https://coproductionweek2017.blogspot.com", f"/2019/07/{post.slug}.html"
    )


SOURCES: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "copronet_wales": lambda: [*archive(), *deck()],
    "coproductioncollective_resources": library,
    "prezi_coproduction_theory": presentation,
    "coproductionweek2017": blog,
}


def runs() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(source, captures) of all five texts."""
    return ((source, make()) for source, make in SOURCES.items())
