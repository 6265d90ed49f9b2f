"""Following signposts: one page of another site, as politely as any, and a document of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cleaning.signposts import find_target as find_in_text
from cleaning.signposts import leads_away
from cleaning.writing import read_fragment
from crawlers.platforms.signposts import find_target
from demo.web import expected, load_site, serve, site_names
from demo.web.model import Post, Site, resolve
from demo.web.pdf_file import PdfPage, pdf
from demo.web.server import read_log
from tests.crawlers.server import Answer, ScriptedServer, scripted
from tests.harvesting import rows, scrapy

HERE = "https://library.example/a-post/"
AWAY = "https://slow-measures.example/numbers"

BODIES: dict[str, tuple[str, str | None]] = {
    "the link is the invitation": (
        f'<p>Ada writes on the Slow site. <a href="{AWAY}">Read the full article here</a>.</p>',
        AWAY,
    ),
    "the link is the address": (
        f'<p>A blog post on the Slow Measures website: <a href="{AWAY}">{AWAY}</a></p>',
        AWAY,
    ),
    "an address without a link": (f"<p>Ada writes on the Slow website: {AWAY}.</p>", AWAY),
    "split by inline tags": (
        f'<p><b>Re</b>ad the <i>whole</i> story <a href="{AWAY}">h<em>ere</em></a></p>',
        AWAY,
    ),
    "a button of the post itself": (
        '<p>Read the full report here.</p><div class="sharedaddy">'
        '<a href="https://social.example/sharer.php?u=x">here</a></div>',
        None,
    ),
    "an article": (f'<p>We walked. <a href="{AWAY}">A map</a> hangs in the hall.</p>', None),
    "a long article": (
        f'<p>Read the full article <a href="{AWAY}">here</a>.</p>{"<p>Our own words.</p>" * 200}',
        None,
    ),
    "only a picture": ('<p><img src="a.png" alt="Read the full article here"></p>', None),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("body", "target"), BODIES.values(), ids=BODIES)
def test_crawl_and_build_find_the_same_target(body: str, target: str | None) -> None:
    read = read_fragment(body, HERE)
    links = [(link.url, link.text) for link in read.links]
    assert find_target(body, HERE) == target
    assert find_in_text(read.text, links, url=HERE) == target


def test_they_agree_on_every_post_of_the_little_web() -> None:
    found = []
    for site in (resolve(load_site(name), {}) for name in site_names()):
        for post in site.posts:
            target = find_target(post.body, f"http://{site.name}.example/{post.slug}/")
            found.append((post.is_signpost, target) == (target is not None, target))
            assert target is None or target == post.target
    assert found
    assert all(found)


@pytest.mark.parametrize(
    ("title_link", "body", "target"),
    [
        (AWAY, "", AWAY),
        (AWAY, "<div><br></div>", AWAY),
        (AWAY, "<p>An article of its own.</p>", None),
        (AWAY, '<iframe src="https://video.example/1"></iframe>', None),
        ("https://library.example/other/", "", None),
        (None, "", None),
    ],
)
def test_a_linked_title_over_no_body(title_link: str | None, body: str, target: str | None) -> None:
    assert find_target(body, HERE, title_link) == target


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://localhost:8080/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://10.0.0.7/",
        "http://printer.local/",
        "ftp://slow-measures.example/",
        "javascript:alert(1)",
        "http://[unfinished",
        "/about/",
        "https://www.library.example/about/",
    ],
)
def test_nobody_sends_us_there(target: str) -> None:
    assert not leads_away(target, HERE)
    assert leads_away(AWAY, HERE)


# --- on the little web ---

SOURCE = '''"""A source of the little web that follows its signposts."""

from demo.sources.{name} import {cls} as Base


class {cls}(Base):
    name = "{name}"
    follow_signposts = True
'''


def following(folder: Path, name: str) -> str:
    """Write a package with one source that follows signposts; returns its name."""
    package = folder / "following_sources"
    package.mkdir()
    (package / "__init__.py").write_text('"""Sources of a test."""\n')
    cls = "".join(word.capitalize() for word in name.split("_")) + "Spider"
    (package / f"{name}.py").write_text(SOURCE.format(name=name, cls=cls))
    return package.name


def harvest(folder: Path, modules: str, name: str, **environment: str) -> str:
    """Harvest a source of `modules` into `folder/data`; what the command printed."""
    done = scrapy(
        "harvest",
        "--workers=1",
        "-s",
        f"SPIDER_MODULES={modules}",
        # The site that asks us to stay away answers last of several that are asked at once.
        "-s",
        "CONCURRENT_REQUESTS_PER_DOMAIN=16",
        name,
        data=folder / "data",
        project="demo",
        PYTHONPATH=f"{folder}:{Path(__file__).parents[2]}",
        **environment,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def without_other_targets(name: str) -> Site:
    """A site of the little web without the posts that lead out of it."""
    site = load_site(name)
    kept = [p for p in site.posts if not p.target or p.target.startswith("{")]
    return replace(site, posts=tuple(kept))


@contextmanager
def harvested(
    folder: Path, site: Site, *, follow: bool = True, **settings: Any
) -> Iterator[tuple[dict[str, str], list[tuple[str, str]]]]:
    """(addresses, (site, path) of each request) after a harvest of `site` beside quarter_lab."""
    log = folder / "requests.jsonl"
    modules = following(folder, site.name) if follow else "demo.sources"
    with serve([site, "quarter_lab"], log, settings={site.name: settings}) as addresses:
        harvest(folder, modules, site.name, DEMO_WEB=json.dumps(addresses))
    yield addresses, [(entry["site"], entry["path"]) for entry in read_log(log)]


@pytest.mark.parametrize("rest", ["open", "closed_404"])
def test_one_page_of_the_other_site(tmp_path: Path, rest: str) -> None:
    site = without_other_targets("valley_knowledge")
    with harvested(tmp_path, site, rest=rest) as (addresses, asked):
        truth = {post["id"]: post for post in expected("quarter_lab", addresses)["posts"]}
        target = next(p["target"] for p in expected(site, addresses)["posts"] if p["id"] == 309)
    there = [path for name, path in asked if name == "quarter_lab"]
    assert there == ["/robots.txt", "/2019/04/23/walking-the-riverside/"]

    documents = rows(tmp_path / "data", "documents")
    signpost = next(d for d in documents if d["native_id"] == "309")
    assert (signpost["is_signpost"], signpost["target_url"]) == (True, target)
    assert signpost["publisher"] == "Tanner’s Quarter Lab"
    (pointed,) = [d for d in documents if d["url"] == signpost["target_url"]]
    assert (pointed["platform"], pointed["kind"]) == ("website", "article")
    assert pointed["source"] == "valley_knowledge"
    assert pointed["title"] == truth[44]["title"]
    assert pointed["is_signpost"] is False
    assert pointed["quality"]["method"] != "named"
    # All that the other site says there, without what stands around it.
    words = (pointed["text"] or "").split()
    assert set(truth[44]["words"]) <= set(words)
    assert len(words) < 1.3 * len(truth[44]["words"])


def test_nobody_is_asked_unless_the_source_says_so(tmp_path: Path) -> None:
    site = without_other_targets("valley_knowledge")
    with harvested(tmp_path, site, follow=False) as (_, asked):
        pass
    assert {name for name, _ in asked} == {"valley_knowledge"}
    documents = rows(tmp_path / "data", "documents")
    assert {d["platform"] for d in documents} == {"wordpress", "pdf"}
    assert [d["native_id"] for d in documents if d["is_signpost"]] == ["309"]


def test_a_blog_with_feeds(tmp_path: Path) -> None:
    blog = load_site("week_blog")
    signpost = Post(
        id=990,
        slug="somebody-walks",
        title="Somebody walks",
        author=blog.authors[0].slug,
        published=datetime(2018, 7, 20, 9, tzinfo=UTC),
        body="Una Fell writes on the Quarter Lab blog. "
        '<a href="{quarter_lab}/2019/05/21/who-holds-the-key/">Read the full post here</a>',
    )
    with harvested(tmp_path, replace(blog, posts=(*blog.posts, signpost))) as (_, asked):
        there = [path for name, path in asked if name == "quarter_lab"]
    assert there == ["/robots.txt", "/2019/05/21/who-holds-the-key/"]
    documents = {d["url"]: d for d in rows(tmp_path / "data", "documents")}
    (found,) = [d for d in documents.values() if d["is_signpost"]]
    assert [a["name"] for a in found["authors"]] == ["Una Fell"]
    assert documents[found["target_url"]]["title"] == "Who holds the key?"


# --- sites that answer as they like ---

SCRIPTED_SOURCE = '''"""A library on WordPress that follows its signposts."""

import os

from crawlers.platforms.wordpress import WordPressSpider


class LibrarySpider(WordPressSpider):
    name = "library"
    title = "Library"
    start_urls = [os.environ.get("LIBRARY", "http://127.0.0.1:9") + "/"]
    expected_documents = (1, 20)
    follow_signposts = True
'''
ARTICLE = (
    b"<!DOCTYPE html><html><head><title>Numbers | Slow</title>"
    b'<meta property="og:title" content="Learning with numbers">'
    b'<meta property="og:site_name" content="Slow Measures">'
    b'<meta name="author" content="Ada Quill">'
    b'<meta property="article:published_time" content="2019-03-04T05:06:07+00:00">'
    b'</head><body><nav><a href="/more">More</a></nav><article><h1>Learning with numbers</h1><p>'
    + b"Numbers are a way to ask, and no way to rule. " * 12
    + b'</p><a href="/next">Next</a></article></body></html>'
)


SLIDES = pdf(
    [
        PdfPage()
        .text(72, 700, "Counting together", 24)
        .lines(72, 640, ["Whoever counts decides what counts.", "So count with those counted."])
    ]
)
NO_TARGETS = {"/robots.txt", "/numbers/whole"}


def posts(targets: list[str]) -> bytes:
    """The API's answer with one signpost for each target, every one named twice."""
    return json.dumps(
        [
            {
                "id": number,
                "type": "post",
                "link": f"http://127.0.0.1/post-{number}/",
                "title": {"rendered": f"Post {number}"},
                "content": {
                    "rendered": f"<p>Our post number {number}.</p>"
                    f'<p>Read the full article <a href="{target}">here</a></p>'
                },
            }
            for number, target in enumerate([*targets, *targets], start=1)
        ]
    ).encode()


@contextmanager
def library(
    folder: Path, other: dict[str, list[Answer]]
) -> Iterator[tuple[ScriptedServer, list[dict[str, Any]]]]:
    """(the other site, the release's documents) after a harvest with signposts to its pages.

    The other site has another name, "localhost", so that its pages are offsite.
    """
    package = folder / "library_sources"
    package.mkdir()
    (package / "__init__.py").write_text('"""Sources of a test."""\n')
    (package / "library.py").write_text(SCRIPTED_SOURCE)
    with scripted(other) as there:
        address = there.address.replace("127.0.0.1", "localhost")
        targets = [f"{address}{path}" for path in other if path not in NO_TARGETS]
        api = {"Content-Type": "application/json", "X-WP-TotalPages": "1"}
        home = b'<html><head><link rel="https://api.w.org/" href="/wp-json/"></head></html>'
        answers = {
            "/": [Answer(home)],
            "/wp-json/wp/v2/posts?per_page=100&page=1&_embed=author,wp:term": [
                Answer(posts(targets), headers=api)
            ],
            "/wp-json/wp/v2/comments?per_page=100&page=1": [Answer(b"[]", headers=api)],
        }
        with scripted(answers) as own:
            said = harvest(folder, package.name, "library", LIBRARY=own.address)
        assert "exhausted" in said
        yield there, rows(folder / "data", "documents")


def test_the_other_sites_manners_are_its_own(tmp_path: Path) -> None:
    robots = Answer(b"User-agent: *\nDisallow: /private/\n", headers={"Content-Type": "text/plain"})
    other = {
        "/robots.txt": [robots],
        "/numbers": [Answer(ARTICLE)],
        "/private/numbers": [Answer(ARTICLE)],
        "/gone": [Answer(b"<html><body>Gone</body></html>", 404)],
        "/broken": [Answer(b"<html><body>Broken</body></html>", 503)],
        "/moved": [Answer(b"", 301, {"Location": "/numbers/whole"})],
        "/numbers/whole": [Answer(ARTICLE)],
        "/moved-too": [Answer(b"", 301, {"Location": "/numbers"})],
        "/slides": [Answer(SLIDES, headers={"Content-Type": "application/pdf"})],
        "/broken.pdf": [Answer(SLIDES[:200], headers={"Content-Type": "application/pdf"})],
        "/picture": [Answer(b"\x89PNG ...", headers={"Content-Type": "image/png"})],
        # Answered last, for nothing is asked of the host after it.
        "/away": [Answer(b"<html>", 429, {"Retry-After": "864000"}, after=1.0)],
    }
    with library(tmp_path, other) as (there, documents):
        asked = [visit.path for visit in there.visits]
    once = [p for p in other if not p.startswith("/private/")]
    # A signpost gets its page, also where that was fetched for another one.
    assert sorted(asked) == sorted([*once, "/numbers"])
    assert not {"/more", "/next"} & set(asked)

    found = [d for d in documents if d["platform"] == "website"]
    paths = {d["url"].partition("localhost")[2].partition("/")[2]: d for d in found}
    assert set(paths) == {"numbers", "moved", "moved-too"}
    assert paths["moved-too"]["canonical_url"].endswith("/numbers")
    signposts = {d["target_url"] for d in documents if d["is_signpost"]}
    assert {d["url"] for d in documents if not d["is_signpost"]} <= signposts
    assert paths["moved"]["canonical_url"].endswith("/numbers/whole")
    article = paths["numbers"]
    assert article["title"] == "Learning with numbers"
    assert [a["name"] for a in article["authors"]] == ["Ada Quill"]
    assert article["publisher"] == "Slow Measures"
    assert article["published"] == datetime(2019, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert "no way to rule" in article["text"]
    assert "More" not in article["text"]
    unread = rows(tmp_path / "data", "quarantine")
    told = ((u["reason"], json.loads(u["row"])["url"].rpartition("/")[2]) for u in unread)
    assert sorted(told) == [
        ("not_html", "picture"),
        ("pdf_damaged", "broken.pdf"),
    ]
    (slides,) = [d for d in documents if d["platform"] == "pdf"]
    assert slides["url"].endswith("/slides")
    assert (slides["kind"], slides["title"]) == ("pdf", "Counting together")
