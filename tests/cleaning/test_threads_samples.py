"""Threads of saved pages: declared numbers, feeds and REST tell the same as the page.

The pages are not part of the repository.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import feedparser
import pytest
from lxml import etree, html

from cleaning.dates import read_date
from cleaning.evidence import find_evidence
from cleaning.page import read_page_model
from cleaning.reader.threads import COMMENTS, declared_count
from tests.cleaning.shown import SAMPLES, Shown, counted_pages, sample, shown, threads_of

URL = "https://site.example/post/"
PAGES = [
    ("wordpress/classic_post_threaded_comments.html", 38),
    ("wordpress/block_theme_threaded_comments.html", 2),
    ("wordpress/wpcom_twentytwelve_pingbacks_45comments.html", 45),
    ("wordpress/genesis_single_post_3comments.html", 3),
    ("blogger/post_10_comments_nnbsp_en.html", 10),
    ("blogger/post_threaded_nested_13.html", 13),
    ("blogger/post_custom_domain_24_reply_delete_en.html", 24),
    ("blogger/post_threaded_3comments.html", 3),
    ("blogger/old_dl_comments_block_excerpt.html", 1),
]
ALL = counted_pages() + PAGES
OLD = "old_dl"
"""An excerpt that shows one of 55 comments and nothing of the post."""


def words(fragment: str) -> str:
    """The plain words of a fragment, for comparing texts across renderings."""
    spaced = re.sub(r"(?i)<br\s*/?>", " ", fragment)
    return " ".join(html.fromstring(f"<div>{spaced}</div>").text_content().split())


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


@pytest.mark.parametrize(("name", "count"), ALL)
def test_saved_page(name: str, count: int) -> None:
    page = sample(name)
    found = shown(page, URL)
    assert len(found) == count
    assert all(post.author and post.text and post.native_id for post in found)
    assert all(post.published for post in found if not post.is_pingback)
    kinds = [thread.kind for thread in threads_of(page, URL)]
    assert kinds == ["discussion" if OLD in name else COMMENTS]
    model = read_page_model(page, URL)
    declared = declared_count(model, find_evidence(model))
    assert declared in ({55} if OLD in name else {count, None})


@pytest.mark.parametrize(
    ("name", "replies", "by_author", "pingbacks"),
    [
        ("wordpress/classic_post_threaded_comments.html", 10, 7, 0),
        ("wordpress/block_theme_threaded_comments.html", 1, 1, 0),
        ("wordpress/wpcom_twentytwelve_pingbacks_45comments.html", 25, 11, 5),
        ("blogger/post_threaded_nested_13.html", 9, 6, 0),
    ],
)
def test_saved_thread(name: str, replies: int, by_author: int, pingbacks: int) -> None:
    found = shown(sample(name), URL)
    assert sum(post.parent is not None for post in found) == replies
    assert sum(post.is_by_author for post in found) == by_author
    assert sum(post.is_pingback for post in found) == pingbacks


def by_id(name: str) -> tuple[dict[str, Shown], dict[str, str | None]]:
    """The posts of a page by their ids, and the ids of what they answer."""
    found = shown(sample(name), URL)
    ids = [post.native_id or "" for post in found]
    parents = {
        number: None if post.parent is None else ids[post.parent]
        for number, post in zip(ids, found, strict=True)
    }
    return dict(zip(ids, found, strict=True)), parents


def entries_of(name: str) -> list[SimpleNamespace]:
    return [SimpleNamespace(**entry) for entry in feedparser.parse(sample(name)).entries]


def minute_of(post: Shown, timezone: str) -> str | None:
    found = read_date(post.published or "", timezone=timezone, languages=("en",))
    return found.value.strftime("%Y-%m-%d %H:%M") if found else None


def utc_minute(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def test_wordpress_page_agrees_with_its_comment_feed() -> None:
    found, parents = by_id("wordpress/classic_post_threaded_comments.html")
    entries = entries_of("wordpress/post_comments_feed.rss.xml")
    assert len(entries) == len(found) == 38
    for entry in entries:
        number = entry.link.split("#comment-")[1]
        body = entry.content[0].value
        reply = re.match(r'\s*<p>In reply to <a href="[^"]*#comment-(\d+)"', body)
        assert parents[number] == (reply[1] if reply else None)
        assert found[number].author == entry.author
        said = re.sub(r"^In reply to [^.]*\.\s*", "", words(body))
        assert letters(found[number].text) == letters(said)
        # The site's clock was set to UTC, and to British Summer Time later on.
        sent = parsedate_to_datetime(entry.published)
        clocks = {utc_minute(sent), utc_minute(sent + timedelta(hours=1))}
        assert minute_of(found[number], "UTC") in clocks


def test_wordpress_page_agrees_with_rest() -> None:
    found, parents = by_id("wordpress/genesis_single_post_3comments.html")
    rest = json.loads(sample("wordpress/rest_comments.json"))
    truth = {str(row["id"]): row for row in rest if str(row["id"]) in found}
    assert truth
    for number, row in truth.items():
        assert found[number].author == row["author_name"]
        assert letters(found[number].text) == letters(words(row["content"]["rendered"]))
        assert (parents[number] or "0") == str(row["parent"])
        minute = minute_of(found[number], "America/New_York")
        assert minute == row["date_gmt"][:16].replace("T", " ")


def test_blogger_page_agrees_with_its_comment_feed() -> None:
    found, parents = by_id("blogger/post_threaded_3comments.html")
    entries = entries_of("blogger/comments_feed_3425845675518558571.atom.xml")
    assert len(entries) == len(found) == 3
    for entry in entries:
        number = entry.id.split("post-")[1]
        milliseconds = round(datetime.fromisoformat(entry.published).timestamp() * 1000)
        assert found[number].published == str(milliseconds)
        assert letters(found[number].text) == letters(words(entry.content[0].value))
        links = (re.search(r"/comments/default/(\d+)$", link["href"]) for link in entry.links)
        above = next((link[1] for link in links if link and link[1] != number), None)
        assert parents[number] == above


def masked(name: str) -> str:
    """A saved page with every class and id renamed, so that no name says anything."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    tree = html.document_fromstring(sample(name).replace("\0", "").encode(), parser=parser)
    renamed: dict[str, str] = {}
    for element in tree.iter(etree.Element):
        for attribute in ("class", "id"):
            tokens = (element.get(attribute) or "").split()
            if tokens:
                known = [renamed.setdefault(t, _word(len(renamed))) for t in tokens]
                element.set(attribute, " ".join(known))
    return str(etree.tostring(tree, encoding="unicode", method="html"))


def _word(number: int) -> str:
    made = []
    for _ in range(5):
        number, rest = divmod(number * 7 + 3, 20)
        made.append("bdfghjklmnpqrstvwxyz"[rest])
    return f"q{''.join(made)}q{'z' * (number % 5)}"


FEWEST_MASKED = 32  # of 35 pages; the others show one comment and no heading of comments


def test_masked_pages() -> None:
    if not (SAMPLES / "comments").is_dir():
        pytest.skip("saved pages are not beside the repository (../shared/samples)")
    found = {name: len(shown(masked(name), URL)) for name, _ in ALL}
    wrong = {name: found[name] for name, count in ALL if found[name] != count}
    assert len(ALL) - len(wrong) >= FEWEST_MASKED, wrong


@pytest.mark.parametrize(("name", "count"), [page for page in ALL if page[1] > 1])
def test_masked_posts_are_the_same(name: str, count: int) -> None:
    plain, found = shown(sample(name), URL), shown(masked(name), URL)
    assert len(found) == count
    assert [post.author for post in found] == [post.author for post in plain]
    assert [post.parent for post in found] == [post.parent for post in plain]
    assert [post.is_pingback for post in found] == [post.is_pingback for post in plain]
    same = [letters(a.text) == letters(b.text) for a, b in zip(found, plain, strict=True)]
    assert sum(same) >= 0.9 * count - name.startswith("wordpress/block")  # "Liked by 1 person"


WITHOUT = [
    *("wordpress/classic_author_archive_p2.html", "wordpress/genesis_author_archive_p2.html"),
    *("wordpress/genesis_category_archive_numeric.html", "blogger/archive_month.html"),
    *("blogger/search_older_page.html", "blogger/readability_blogger_source.html"),
    *("webflow/empty_states.html", "webflow/jetboost_script.html"),
    "webflow/item_page_embedded_list_paginated_fslist.html",
    "webflow/list_100_items_fs_cmsload_render_all_empty.html",
    *("pdf/genesis_post_linking_pdf.html", "pdf/pdf_query_string.html"),
]


@pytest.mark.parametrize("name", WITHOUT)
def test_pages_without_comments(name: str) -> None:
    assert shown(sample(name), URL) == []
    assert shown(masked(name), URL) == []
