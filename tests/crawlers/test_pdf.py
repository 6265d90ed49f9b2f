"""PDFs as spiders meet them: which links lead to one, what comes back, and what a build makes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import HtmlResponse, Request, Response, TextResponse
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

import cleaning.pdf
from crawlers import reasons
from crawlers.items import Document, Unreadable
from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.blogger import BloggerSpider
from crawlers.platforms.pdf import FollowsPdfs, PdfLink, is_pdf, pdf_links
from crawlers.platforms.webflow import WebflowSpider
from crawlers.platforms.website import WebsiteSpider
from crawlers.platforms.wordpress import WordPressSpider
from demo.web.pdf_file import PdfPage, pdf
from output.read import read_rows
from pipelines.read_pdf import ReadPdf
from tests.crawlers.server import Answer, ScriptedServer, scripted
from tests.harvesting import scrapy
from tests.pipelines.archives import build_archive, settings_for, write_run

PAGE = "https://rivers.example/2020/01/a-post/"
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "pdf"
FILE = "https://rivers.example/files/a.pdf"
TEXT = ["Neighbours walk the bank each month and write down what they find there."] * 3
GOOD = pdf([PdfPage().text(72, 780, "Water for all", 24).lines(72, 700, TEXT)])


class RiversSpider(WordPressSpider):
    name = "rivers"
    title = "Rivers"
    start_urls = ["https://rivers.example/"]
    languages = ("en", "cy")
    licence = "CC BY 4.0"


class RiverBlogSpider(BloggerSpider):
    name = "river_blog"
    title = "River blog"
    start_urls = ["https://rivers.example/"]


def make(cls: type[PlatformSpider], role: str = "both") -> Any:
    return cls.from_crawler(get_crawler(cls, {"SPIDER_ROLE": role}))


# --- links ---


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param('<a href="/files/a.pdf">A</a>', [FILE], id="suffix"),
        pytest.param('<a href="/files/a.PDF#page=3">A</a>', [FILE[:-3] + "PDF"], id="fragment"),
        pytest.param('<a href="/files/a.pdf?v=2&amp;b=x">A</a>', [FILE + "?v=2&b=x"], id="query"),
        pytest.param('<a href="/files/a.pdf?utm_source=mail">A</a>', [FILE], id="visit"),
        pytest.param(
            '<a href="/api/6520" download="release.pdf">A</a>',
            ["https://rivers.example/api/6520"],
            id="download-without-suffix",
        ),
        pytest.param(
            '<a href="/get?id=7" type="application/pdf">A</a>',
            ["https://rivers.example/get?id=7"],
            id="type",
        ),
        pytest.param(
            '<div class="wp-block-file"><object data="/files/a.pdf" type="application/pdf">'
            '</object><a href="/files/a.pdf">Plan</a>'
            '<a href="/files/a.pdf" class="wp-block-file__button" download>Download</a></div>',
            [FILE],
            id="file-block-once",
        ),
        pytest.param(
            '<iframe src="//docs.google.com/viewer?embedded=true&amp;url='
            'https%3A%2F%2Frivers.example%2Ffiles%2Fa.pdf"></iframe>',
            [FILE],
            id="google-viewer",
        ),
        pytest.param(
            '<iframe src="/pdfjs/web/viewer.html?file=/files/a.pdf"></iframe>', [FILE], id="pdf.js"
        ),
        pytest.param('<embed src="/files/a.pdf">', [FILE], id="embed"),
        pytest.param('<a href="/a-pdf-guide/">about a.pdf</a>', [], id="only-in-words"),
        pytest.param('<a href="mailto:a@b.pdf">A</a>', [], id="mail"),
        pytest.param('<a href="http://[broken/a.pdf">A</a>', [], id="broken"),
        pytest.param("<p>nothing</p>", [], id="none"),
    ],
)
def test_links_to_pdfs(body: str, expected: list[str]) -> None:
    assert [link.url for link in pdf_links(body, PAGE)] == expected


def test_a_link_has_the_first_words_that_lead_to_it() -> None:
    body = '<a href="/files/a.pdf"><img></a><a href="/files/a.pdf">The <b>plan</b></a>'
    assert pdf_links(body, PAGE) == [PdfLink(FILE, "The plan")]


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("download_attr_no_pdf_ext.html", 2),
        ("gdocs_viewer_iframe.html", 1),
        ("genesis_post_linking_pdf.html", 1),
        ("pdf_query_string.html", 4),
        ("wp_block_file_pdf.html", 1),
    ],
)
def test_links_of_real_pages(name: str, least: int) -> None:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"no {path}")
    found = [link.url for link in pdf_links(path.read_text(errors="replace"), PAGE)]
    assert len(found) >= least
    assert len(set(found)) == len(found)
    assert not any("#" in url or "viewer" in url for url in found)


# --- following ---


class RiverHallSpider(WebsiteSpider):
    name = "river_hall"
    title = "River Hall"
    start_urls = ["https://rivers.example/"]
    expected_documents = (1, 10)


class RiverShelfSpider(WebflowSpider):
    name = "river_shelf"
    title = "River Shelf"
    start_urls = ["https://rivers.example/shelf"]
    expected_documents = (1, 10)


def followed(cls: type[FollowsPdfs], body: str, **attributes: Any) -> list[str]:
    variant = type("Variant", (cls,), attributes)
    return [request.url for request in make(variant).follow_pdfs_in(body, PAGE)]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({}, ["https://rivers.example/own.pdf"]),
        ({"follow_pdfs": False}, []),
        (
            {"pdf_hosts": ("files.example",)},
            ["https://rivers.example/own.pdf", "https://files.example/other.pdf"],
        ),
    ],
    ids=["own-host", "none", "other-host"],
)
def test_which_hosts_are_followed(attributes: dict[str, Any], expected: list[str]) -> None:
    body = (
        # One file, in two forms of the site's address.
        '<a href="http://www.rivers.example/own.pdf">Own</a>'
        '<a href="https://files.example/other.pdf">Other</a>'
        '<a href="https://elsewhere.example/third.pdf">Third</a>'
    )
    assert followed(RiversSpider, body, **attributes) == expected


def test_other_hosts_are_no_offsite_requests() -> None:
    variant = type("Variant", (RiversSpider,), {"pdf_hosts": ("files.example",)})
    assert "files.example" in make(variant).allowed_domains
    assert "rivers.example" in make(variant).allowed_domains


def urls(results: Any) -> list[str]:
    return [r.url for r in results if isinstance(r, Request) and r.url.endswith(".pdf")]


def test_wordpress_follows_those_in_its_api() -> None:
    entry = {"id": 1, "link": PAGE, "content": {"rendered": '<a href="/files/a.pdf">A</a>'}}
    response = TextResponse("https://rivers.example/wp-json/", body=json.dumps([entry]).encode())
    spider = make(RiversSpider, "follow")
    spider.api = "https://rivers.example/wp-json/wp/v2/"
    assert urls(spider.parse_api(response, "posts", 1)) == [FILE]


def test_wordpress_com_follows_those_in_its_api() -> None:
    value = {"found": 1, "posts": [{"ID": 1, "URL": PAGE, "content": '<a href="/files/a.pdf">A'}]}
    response = TextResponse("https://rivers.example/rest/", body=json.dumps(value).encode())
    spider = make(RiversSpider, "follow")
    assert urls(spider.parse_wordpress_com(response, "posts", 1)) == [FILE]


def test_wordpress_follows_those_in_the_body_of_a_page() -> None:
    page = (
        b'<html><body class="single single-post postid-7"><article id="post-7"><div '
        b'class="entry-content"><a href="/files/a.pdf">A</a></div></article>'
        b'<aside><a href="/files/advert.pdf">B</a></aside></body></html>'
    )
    response = HtmlResponse(PAGE, body=page)
    assert urls(make(RiversSpider, "follow").parse_page(response)) == [FILE]


def test_any_website_follows_those_of_its_pages_and_reads_a_page_that_is_one() -> None:
    page = HtmlResponse(PAGE, body=b"<html><body><main><a href='/files/a.pdf'>A</a></main></body>")
    assert urls(make(RiverHallSpider, "follow").parse_page(page)) == [FILE]
    answer = Response(PAGE, body=pdf([PdfPage()]))
    [item] = make(RiverHallSpider, "read").parse_page(answer)
    assert isinstance(item, Document)
    assert item.kind == "pdf"


def test_webflow_follows_those_of_an_items_own_page() -> None:
    body = b"<html data-wf-collection='9' data-wf-item-slug='a'><a href='/files/a.pdf'>A</a></html>"
    response = HtmlResponse("https://rivers.example/shelf/a", body=body)
    assert urls(make(RiverShelfSpider, "follow").parse_page(response)) == [FILE]


def test_blogger_follows_those_in_its_feed_and_its_pages() -> None:
    content = "&lt;a href='/files/a.pdf'&gt;A&lt;/a&gt;"
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>tag:blogger.com,1999:blog-1.post-2"
        f"</id><content type='html'>{content}</content><link rel='alternate' "
        "href='https://rivers.example/2020/01/a.html'/></entry></feed>"
    )
    response = TextResponse("https://rivers.example/feeds/posts/default", body=feed.encode())
    assert urls(make(RiverBlogSpider, "follow").parse_feed(response, "posts")) == [FILE]
    page = b'<html><body><div class="post"><div class="post-body" id="post-body-2">'
    page += b"<a href='/files/a.pdf'>A</a></div></div></body></html>"
    response = HtmlResponse("https://rivers.example/2020/01/a.html", body=page)
    assert urls(make(RiverBlogSpider, "follow").parse_page(response)) == [FILE]


# --- what comes back ---


@pytest.mark.parametrize(
    ("body", "kind"),
    [(GOOD, "application/pdf"), (GOOD, "text/html"), (b"\n\n" + GOOD, ""), (GOOD, "")],
    ids=["as-pdf", "as-html", "after-blanks", "as-nothing"],
)
def test_the_bytes_say_that_it_is_a_pdf(body: bytes, kind: str) -> None:
    response = Response(
        "https://rivers.example/get?id=7", body=body, headers={"Content-Type": kind}
    )
    assert is_pdf(response)
    (item,) = make(RiversSpider, "read").parse_pdf(response, link_text="The plan")
    assert isinstance(item, Document)
    assert (item.kind, item.native_id, item.title, item.pdf) == ("pdf", None, "The plan", body)
    assert item.licence == "CC BY 4.0"


@pytest.mark.parametrize(
    ("body", "flags", "reason"),
    [
        (b"<html><body>Please log in</body></html>", [], reasons.NOT_A_PDF),
        (b"", [], reasons.EMPTY_PAGE),
        (GOOD[:500], ["dataloss"], reasons.CUT_OFF),
    ],
    ids=["a-page", "nothing", "cut"],
)
def test_what_is_no_pdf_says_why(body: bytes, flags: list[str], reason: str) -> None:
    headers = {"Content-Type": "application/pdf"}
    response = Response(FILE, body=body, flags=flags, headers=headers)
    (item,) = make(RiversSpider, "read").parse_pdf(response)
    assert isinstance(item, Unreadable)
    assert item.reason == reason


def test_a_page_that_turns_out_a_pdf_is_read_as_one() -> None:
    (item,) = make(RiversSpider, "read").parse_page(Response(PAGE, body=GOOD))
    assert (item.kind, item.pdf) == ("pdf", GOOD)


def test_a_harvest_does_not_read() -> None:
    assert list(make(RiversSpider, "follow").parse_pdf(Response(FILE, body=GOOD))) == []


# --- the item pipeline ---


def document(data: bytes, title: str | None = None) -> Document:
    return Document("pdf", "rivers.example", "pdf", FILE, "html", title=title, pdf=data)


def test_the_pipeline_lets_go_of_the_bytes() -> None:
    item = ReadPdf().process_item(document(GOOD, "here"))
    assert isinstance(item, Document)
    assert item.title == "Water for all"
    assert item.text and "Neighbours walk the bank" in item.text
    assert not any(isinstance(value, bytes) for value in dataclasses.asdict(item).values())


def test_the_words_of_the_link_are_the_title_where_there_is_no_other() -> None:
    data = pdf([PdfPage().lines(72, 700, TEXT)])
    item = ReadPdf().process_item(document(data, "Our river review"))
    assert isinstance(item, Document)
    assert item.title == "Our river review"


def test_reasons_are_the_same_words_everywhere() -> None:
    for name in ("ENCRYPTED", "NO_TEXT", "DAMAGED", "TOO_LARGE"):
        reason = getattr(cleaning.pdf, name)
        assert getattr(reasons, f"PDF_{name}") == reason
        assert reason in reasons.MEANING


def rows_of(release: Path, table: str) -> list[dict[str, Any]]:
    return list(read_rows(release, table))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path)


def test_a_build_makes_documents_and_quarantine(settings: Settings) -> None:
    information = {"Author": "Dilys Marrow; Tom Ford", "CreationDate": "D:20190703101500+01'00'"}
    page = PdfPage().text(72, 780, "Water for all", 24).lines(72, 700, TEXT)
    page.links.append(("https://rivers.example/guide", 70, 696, 200, 712))
    bodies = {
        "good": pdf([page], information=information),
        "scan": pdf([PdfPage(picture=True)]),
        "locked": pdf([page], encrypted=True),
        "broken": GOOD[:300],
    }
    captures = [
        {
            "url": f"https://parish.example/files/{name}.pdf",
            "body": body,
            "callback": "parse_pdf",
            "cb_kwargs": {"link_text": "here"},
            "headers": [("Content-Type", "application/pdf")],
        }
        for name, body in bodies.items()
    ]
    write_run(settings, "parish_notes", captures)
    release = build_archive(settings).release
    assert release is not None
    (row,) = rows_of(release, "documents")
    assert (row["kind"], row["title"]) == ("pdf", "Water for all")
    assert [author["name"] for author in row["authors"]] == ["Dilys Marrow", "Tom Ford"]
    assert (row["published"].isoformat(), row["published_from"]) == (
        "2019-07-03T09:15:00+00:00",
        "pdf",
    )
    assert row["quality"]["method"] == "pdf"
    assert '<a id="page-1"></a>' in row["markdown"]
    (link,) = rows_of(release, "links")
    assert link["url"] == "https://rivers.example/guide"
    found = {Path(json.loads(r["row"])["url"]).stem: r for r in rows_of(release, "quarantine")}
    assert {name: row["reason"] for name, row in found.items()} == {
        "scan": reasons.PDF_NO_TEXT,
        "locked": reasons.PDF_ENCRYPTED,
        "broken": reasons.PDF_DAMAGED,
    }
    assert all(row["table"] == "documents" and row["warc_file"] for row in found.values())


# --- a whole harvest ---


@pytest.fixture
def site() -> Iterator[ScriptedServer]:
    """A site with one post, which links a PDF twice, a scan, a page, and one elsewhere."""
    body = (
        '<p>See <a href="/files/a.pdf">the plan</a>, <a href="/files/a.pdf#page=2">again</a>, '
        '<a href="/files/scan.pdf">the letter</a>, <a href="/files/gone.pdf">the list</a> '
        'or <a href="https://elsewhere.example/b.pdf">theirs</a>.</p>'
    )
    post = {
        "id": 1,
        "type": "post",
        "link": "/a-post/",
        "date_gmt": "2020-01-02T03:04:05",
        "title": {"rendered": "A post"},
        "content": {"rendered": body},
    }
    as_json = {"Content-Type": "application/json", "X-WP-Total": "1", "X-WP-TotalPages": "1"}
    as_pdf = {"Content-Type": "application/pdf"}
    page = b"<html><body class='home blog'><p>The rivers that we share.</p></body></html>"
    as_html = {"Content-Type": "text/html"}
    answers = {
        "/": [Answer(page, headers=as_html)],
        "/files/a.pdf": [Answer(GOOD, headers=as_pdf)],
        "/files/scan.pdf": [Answer(pdf([PdfPage(picture=True)]), headers=as_pdf)],
        "/files/gone.pdf": [Answer(page, headers=as_html)],
    }
    with scripted(answers) as server:
        post["link"] = f"{server.address}/a-post/"
        for what in ("posts", "pages", "comments"):
            embed = "" if what == "comments" else "&_embed=author,wp:term"
            path = f"/wp-json/wp/v2/{what}?per_page=100&page=1{embed}"
            found = [post] if what == "posts" else []
            server.answers[path] = [Answer(json.dumps(found).encode(), headers=as_json)]
        yield server


def test_a_harvest_follows_what_its_posts_link(site: ScriptedServer, tmp_path: Path) -> None:
    done = scrapy(
        "harvest",
        "--workers=1",
        "-s",
        "SPIDER_MODULES=tests.crawlers.pdf_sources",
        "river_files",
        data=tmp_path,
        project="mirrors",
        RIVER_FILES=site.address,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(site.visits_to("/files/a.pdf")) == 1
    release = (tmp_path / "latest").resolve()
    found = {row["kind"]: row["title"] for row in rows_of(release, "documents")}
    assert found == {"article": "A post", "pdf": "Water for all"}
    reasons_of = {row["reason"] for row in rows_of(release, "quarantine")}
    assert reasons_of == {reasons.PDF_NO_TEXT, reasons.NOT_A_PDF}


def test_crawl_writes_no_bytes(site: ScriptedServer, tmp_path: Path) -> None:
    items = tmp_path / "items.jsonl"
    done = scrapy(
        "crawl",
        "-s",
        "SPIDER_MODULES=tests.crawlers.pdf_sources",
        "river_files",
        "-O",
        str(items),
        data=tmp_path,
        project="mirrors",
        RIVER_FILES=site.address,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = [json.loads(line) for line in items.read_text(encoding="utf-8").splitlines()]
    (item,) = [entry for entry in found if entry.get("kind") == "pdf"]
    assert item["pdf"] is None
    assert item["text"].startswith("Water for all")
    assert "%PDF-" not in items.read_text(encoding="utf-8")
