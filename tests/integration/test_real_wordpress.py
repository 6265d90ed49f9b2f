"""A real WordPress, crawled by REST and without, and every field compared with what was put in."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from cleaning.identity import comment_id, document_id
from tests.integration import expected
from tests.integration.real_crawl import Crawl, one_line
from tests.wordpress.truth import Post

DOCUMENT_FIELDS = (
    "kind",
    "platform",
    "url",
    "canonical_url",
    "title",
    "authors",
    "published",
    "published_precision",
    "published_from",
    "modified",
    "categories",
    "tags",
    "language",
    "comments_captured",
    "comments_declared",
    "is_signpost",
    "target_url",
    "version",
    "gone_since",
)
COMMENT_FIELDS = (
    "kind",
    "author",
    "author_url",
    "parent",
    "published",
    "published_precision",
    "text",
    "is_by_document_author",
    "document",
)


def differences(wanted: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Where two values of the same name are not equal, in words."""
    return [
        f"{key}: {found[key]!r}, not {wanted[key]!r}" for key in wanted if wanted[key] != found[key]
    ]


def test_the_crawl_ends_well(real: Crawl) -> None:
    outcomes = [run["outcome"] for run in real.tables["runs"]]
    assert (real.exit_code, outcomes) == (0, ["exhausted"]), real.output


def test_documents_are_the_public_posts_and_pages(real: Crawl) -> None:
    assert sorted(real.documents) == sorted(post.id for post in real.public)
    assert len(real.tables["documents"]) == len(real.documents)


@pytest.mark.parametrize("field", DOCUMENT_FIELDS)
def test_a_field_of_every_document(real: Crawl, field: str) -> None:
    wanted = {post.key: expected.document(post, real)[field] for post in real.public}
    found = {p.key: expected.found_document(real.documents[p.id])[field] for p in real.public}
    assert differences(wanted, found) == []


def lost_phrases(post: Post, text: str, phrases: tuple[str, ...]) -> list[str]:
    """The phrases that do not stand in a text behind the ones before them."""
    lost, position, line = [], 0, one_line(text)
    for phrase in phrases:
        at = line.find(one_line(phrase), position)
        position = at if at >= 0 else position
        lost += [f"{post.key}: {phrase}"] if at < 0 else []
    return lost


@pytest.mark.parametrize("column", ["text", "markdown"])
def test_every_phrase_stands_in_the_body_in_reading_order(real: Crawl, column: str) -> None:
    posts = [post for post in real.public if post.key != expected.TWO_PAGES]
    # Markdown escapes signs and marks cells and links, so that only whole words can be looked for.
    lost = [
        phrase
        for post in posts
        for phrase in lost_phrases(
            post,
            real.documents[post.id][column],
            post.phrases if column == "text" else words_of(post.phrases),
        )
    ]
    assert lost == []


def words_of(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for phrase in phrases for word in phrase.split() if word.isalpha())


def test_a_post_on_several_pages_is_read_whole(real: Crawl, request: pytest.FixtureRequest) -> None:
    if real.case.is_classic:
        reason = "of a post on several pages only the first is read from HTML"
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    post = real.truth.post(expected.TWO_PAGES)
    assert lost_phrases(post, real.document(post.key)["text"], expected.phrases(post, real)) == []


def test_links_to_the_pages_of_a_post_are_no_text(real: Crawl) -> None:
    text = real.document(expected.TWO_PAGES)["text"]
    assert text.startswith("The first page ends here.")
    assert "Page 1" not in text


def test_a_manual_excerpt_is_kept_where_the_site_tells_it(real: Crawl) -> None:
    post = real.truth.post("manual-excerpt")
    assert post.excerpt
    entries = [e for e in real.tables["list_entries"] if e["url"] == post.url]
    # A theme of core shows it in its lists, and not on the post's own page.
    assert real.document(post.key)["excerpt"] == (post.excerpt if real.case.has_rest else None)
    assert [entry["excerpt"] for entry in entries] == [post.excerpt]


def test_links_of_a_body(real: Crawl) -> None:
    own = real.document("where-to-read-more")["document_id"]
    rows = [row for row in real.tables["links"] if row["document_id"] == own]
    assert [(row["url"], row["text"], row["is_internal"]) for row in rows] == [
        (f"{real.base_url}/starting-a-steering-group/", "our own guide", True),
        (
            "https://library.example.org/commons?page=2&sort=new",
            "the commons handbook",
            False,
        ),
        ("mailto:office@example.org", "the office", False),
    ]


def test_lists_name_every_published_post_once(real: Crawl) -> None:
    entries = real.tables["list_entries"]
    first = [e for e in entries if e["list_url"] == f"{real.base_url}/" and e["position"] == 0]
    known = {row["document_id"]: i for i, row in real.documents.items()}
    named = [known[e["document_id"]] for e in entries if e["document_id"]]
    unknown = [e["url"] for e in entries if not e["document_id"]]
    assert sorted(named) == sorted(post.id for post in real.truth.public_posts)
    assert unknown == [real.truth.post("protected").url]
    assert [e["url"] for e in first] == [real.truth.post("sticky").url]


def test_the_protected_post_is_in_quarantine_without_its_text(real: Crawl) -> None:
    post = real.truth.post("protected")
    rows = [row for row in real.tables["quarantine"] if row["table"] == "documents"]
    assert {(row["reason"], json.loads(row["row"])["url"]) for row in rows} == {
        ("password_protected", post.url)
    }
    # One row a capture: REST and the page both say that it is protected.
    assert len(rows) == (2 if real.case.has_rest else 1)


def test_what_nobody_may_see_is_in_no_table(real: Crawl) -> None:
    everything = json.dumps(real.tables, default=str, ensure_ascii=False)
    assert len(real.truth.hidden_phrases) >= 8
    assert [p for p in real.truth.hidden_phrases if p in everything] == []
    assert real.truth.post("sticky").phrases[0] in everything


def test_comments_are_the_public_ones(real: Crawl) -> None:
    wanted = sorted(comment.id for comment in real.truth.public_comments)
    assert sorted(real.comments) == wanted
    assert len(real.tables["comments"]) == len(wanted)
    assert [r for r in real.tables["quarantine"] if r["table"] == "comments"] == []


@pytest.mark.parametrize("field", COMMENT_FIELDS)
def test_a_field_of_every_comment(real: Crawl, field: str) -> None:
    comments = real.truth.public_comments
    wanted = {c.key: expected.comment(c, real)[field] for c in comments}
    found = {c.key: expected.found_comment(real.comments[c.id], real)[field] for c in comments}
    assert differences(wanted, found) == []


@pytest.mark.parametrize("key", ["conversation", "much-discussed", "about"])
def test_comments_are_in_the_order_of_time(real: Crawl, key: str) -> None:
    post = real.truth.post(key)
    rows = real.comments_below(post)
    # A pingback without a time, as classic themes show it, comes last; here it also is the newest.
    assert [int(row["native_id"]) for row in rows] == [c.id for c in real.truth.comments_of(key)]
    assert [row["position"] for row in rows] == list(range(len(rows)))


def test_both_pages_of_a_long_discussion_are_read(real: Crawl) -> None:
    rows = real.comments_below(real.truth.post("much-discussed"))
    fetched = {row["url"] for row in real.tables["fetches"] if row["status"] == 200}
    url = real.truth.post("much-discussed").url
    assert len(rows) == 58
    assert {f"{url}comment-page-1/"} <= fetched


def test_ids_are_the_same_by_every_interface(real: Crawl) -> None:
    site = urlsplit(real.base_url).hostname or ""
    ids = {i: document_id("wordpress", site, str(i), "") for i in real.documents}
    assert {i: row["document_id"] for i, row in real.documents.items()} == ids
    assert {c.id: real.comments[c.id]["comment_id"] for c in real.truth.public_comments} == {
        c.id: comment_id(ids[c.post_id], str(c.id)) for c in real.truth.public_comments
    }


def test_rest_is_asked_where_it_answers_only(real: Crawl) -> None:
    answers = {
        row["status"] for row in real.tables["fetches"] if "/wp-json/wp/v2/posts" in row["url"]
    }
    assert answers == ({200} if real.case.has_rest else {401})
