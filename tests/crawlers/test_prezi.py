"""Presentations: what stands on the slides, and not a line of the player."""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse
from scrapy.settings import Settings

from crawlers import reasons
from crawlers.archive import Capture, scan, warc_files
from crawlers.items import Document, ListEntry, Unreadable
from crawlers.platforms.prezi import PreziSpider, links, page, rendering
from crawlers.platforms.prezi.interface import is_interface
from demo.web import expected, serve
from demo.web.server import read_log
from pipelines.read_body import read_body
from tests.crawlers.server import Answer, scripted
from tests.harvesting import harvest_demo, rows, scrapy

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
ADDRESS = "https://slides.example/abc123def456/tide-tables/"
PLAYER = (
    "Loading presentation...",
    "Present Remotely",
    "Send the link below via email or IM",
    "Present to your audience",
    "Start remote presentation",
    "Invited audience members will follow you as you navigate and present",
    "People invited to a presentation do not need a Prezi account",
    "This link expires 10 minutes after you close the presentation",
    "A maximum of 30 users can follow your presentation",
    "Learn more about this feature in our knowledge base article",
    "Do you really want to delete this prezi?",
    "Neither you, nor the coeditors you shared it with will be able to recover it again.",
    "DeleteCancel",
    "Comments (3)",
    "Please log in to add your comment.",
    "Report abuse",
    "Full transcript",
)
"""Lines of Prezi's own. "No description" and "Transcript of …" are judged where they stand."""


class TidesSpider(PreziSpider):
    name = "tides"
    title = "Tides"
    start_urls = [ADDRESS]
    expected_documents = (1, 2)


def read(body: str, url: str = ADDRESS, flags: list[str] | None = None) -> list[Any]:
    """What the spider reads of a page; documents with their text."""
    html = f"<!DOCTYPE html><html><head></head><body>{body}</body></html>"
    if body.startswith("<head>"):
        html = f"<!DOCTYPE html><html>{body}</html>"
    response = HtmlResponse(url, body=html.encode(), encoding="utf-8", flags=flags)
    found = list(TidesSpider().read_page(response))
    for item in found:
        if isinstance(item, Document):
            read_body(item)
    return found


def read_one(body: str) -> Document:
    (document,) = read(body)
    assert isinstance(document, Document)
    return document


# --- addresses ---


@pytest.mark.parametrize(
    ("url", "native_id"),
    [
        ("https://prezi.com/abc123def456/tide-tables/", "abc123def456"),
        ("https://prezi.com/abc123def456/tide-tables/?utm_source=x#1", "abc123def456"),
        ("https://prezi.com/-abc_23def45/t/", "-abc_23def45"),
        ("https://prezi.com/p/abc1-3def456/tide-tables/", "abc1-3def456"),
        ("https://prezi.com/p/abc1-3def456/", "abc1-3def456"),
        ("https://prezi.com/p/embed/abc1-3def456/", "abc1-3def456"),
        ("https://prezi.com/v/abc1-3def456/tide-tables/", "abc1-3def456"),
        ("https://prezi.com/view/AbC1xYz9QwErTyUiOpAs/", "AbC1xYz9QwErTyUiOpAs"),
        ("https://prezi.com/", None),
        ("https://prezi.com/user/ferrylane/", None),
        ("https://prezi.com/presentation/maker/", None),
        ("https://prezi.com/p/", None),
        ("https://prezi.com/ABC123DEF456/tide-tables/", None),
    ],
)
def test_addresses(url: str, native_id: str | None) -> None:
    assert links.native_id(url) == native_id


# --- transcripts ---

TRANSCRIPTS: dict[str, tuple[str, str, str]] = {
    "line breaks": (
        '<div id="transcript-full-text"><p>High water<br>Low water<br><br>Slack</p></div>',
        "High water\nLow water\n\nSlack",
        "High water  \nLow water\n\nSlack",
    ),
    "paragraphs": (
        '<div id="transcript-full-text"><p>High water</p><p>Low water</p></div>',
        "High water\n\nLow water",
        "High water\n\nLow water",
    ),
    "list": (
        '<ol id="transcript-full-text"><li>High water</li><li>Low <b>water</b></li></ol>',
        "High water\nLow water",
        "1. High water\n2. Low **water**",
    ),
    "line ends in the markup": (
        '<div id="transcript-full-text">\n  High water\n  Low water\n\n  Slack\n</div>',
        "High water\nLow water\n\nSlack",
        "High water  \nLow water\n\nSlack",
    ),
    "line ends beside tags are the template's": (
        '<p id="transcript-full-text">\n<a href="/x">1</a>\nHigh <i>water</i>\nand\nlow</p>',
        "1 High water and\nlow",
        "[1](https://slides.example/x) High *water* and  \nlow",
    ),
    "its own heading and button": (
        '<div class="transcript-content"><h2>Transcript of Tide tables</h2>'
        '<p>High water</p><a href="#">Full transcript</a><button>Copy</button></div>',
        "High water",
        "High water",
    ),
    "the words of the player as lines": (
        '<div id="transcript-full-text">High water\nFull transcript\nCopy\nReport abuse</div>',
        "High water\nCopy",
        "High water  \nCopy",
    ),
    "an element that says transcript is empty": (
        '<div id="transcript"></div><h2>Transcript of Tide tables</h2>'
        "<div>High water<br>Low &lt; water</div><a>Full transcript</a><p>Report abuse</p>",
        "High water\nLow < water",
        "High water  \nLow < water",
    ),
    "only the words around it": (
        "<div>Loading presentation...</div><p>Transcript of Tide tables</p>"
        "<ul><li>High water</li><li>Transcript of the radio</li></ul><script>x</script>"
        "<p>Slack</p><p>Full transcript</p>",
        "High water\nTranscript of the radio\n\nSlack",
        "High water  \nTranscript of the radio\n\nSlack",
    ),
}


@pytest.mark.parametrize(("body", "text", "markdown"), TRANSCRIPTS.values(), ids=TRANSCRIPTS)
def test_lines_in_order(body: str, text: str, markdown: str) -> None:
    document = read_one(body)
    assert document.text == text
    assert document.markdown == markdown


@pytest.mark.parametrize(
    "body",
    [
        '<h1>Tide tables</h1><div id="transcript-full-text"></div><script>write()</script>',
        '<h1>Tide tables</h1><div id="transcript-full-text"> <a>Full transcript</a></div>',
        '<h1>Tide tables</h1><p>Transcript of Tide tables</p><p>Full transcript</p><div id="app">',
        '<h1>Tide tables</h1><div id="root"></div>',
    ],
    ids=["empty", "only a button", "nothing between the words", "an application"],
)
@pytest.mark.parametrize(
    ("flags", "reason"),
    [([], reasons.NEEDS_RENDERING), ([page.RENDERED], reasons.NO_CONTENT_FOUND)],
    ids=["as sent", "rendered"],
)
def test_without_transcript(body: str, flags: list[str], reason: str) -> None:
    (unread,) = read(body, flags=flags)
    assert isinstance(unread, Unreadable)
    assert (unread.reason, unread.details) == (reason, "Tide tables")
    assert (unread.native_id, unread.site) == ("abc123def456", "slides.example")
    assert reasons.MEANING[reason]


# --- what stands above it ---

SLIDES = '<div id="transcript-full-text">High water</div>'
HEADS: dict[str, tuple[str, dict[str, Any]]] = {
    "three lines": (
        "<h1>Tide tables</h1><p>No description</p><div>by</div><h2>Harbour Trust</h2>"
        "<p>on 9 May 2013</p><p>Comments (12)</p>",
        {
            "title": "Tide tables",
            "excerpt": None,
            "author": "Harbour Trust",
            "date": "9 May 2013",
            "comments": 12,
        },
    ),
    "one line and a description": (
        "<h1>Tide tables</h1><p>How to <i>read</i> them.</p>"
        "<p>by <a>Harbour Trust</a> on <span>May 9, 2013</span></p><p>Comments (0)</p>",
        {
            "title": "Tide tables",
            "excerpt": "How to read them.",
            "author": "Harbour Trust",
            "date": "May 9, 2013",
            "comments": 0,
        },
    ),
    "no headings": (
        "<p>Loading presentation...</p><p>DeleteCancel</p><p>Tide tables</p>"
        "<p>by</p><p>Harbour Trust</p><p>on 9 May 2013</p><p>Transcript of Tide tables</p>",
        {
            "title": "Tide tables",
            "excerpt": None,
            "author": "Harbour Trust",
            "date": "9 May 2013",
            "comments": None,
        },
    ),
    "only the head": (
        "<head><title>Tide tables by Harbour Trust on Prezi</title>"
        '<meta name="author" content="Harbour Trust">'
        '<meta property="og:description" content="How to read them.">'
        '<meta property="article:published_time" content="2013-05-09"></head><body>',
        {
            "title": "Tide tables",
            "excerpt": "How to read them.",
            "author": "Harbour Trust",
            "date": "2013-05-09",
            "comments": None,
        },
    ),
    "json-ld": (
        '<script type="application/ld+json">{"@type": "PresentationDigitalDocument", '
        '"name": "Tide tables", "author": {"@type": "Organization", "name": "Harbour Trust"}, '
        '"datePublished": "2013-05-09", "description": "No description"}</script>',
        {
            "title": "Tide tables",
            "excerpt": None,
            "author": "Harbour Trust",
            "date": "2013-05-09",
            "comments": None,
        },
    ),
    "nothing is known": (
        "<p>Present Remotely</p>",
        {"title": None, "excerpt": None, "author": None, "date": None, "comments": None},
    ),
}


@pytest.mark.parametrize(("body", "wanted"), HEADS.values(), ids=HEADS)
def test_head(body: str, wanted: dict[str, Any]) -> None:
    document = read_one(body + SLIDES)
    found = {
        "title": document.title,
        "excerpt": document.excerpt,
        "author": next((author.name for author in document.authors), None),
        "date": next((seen.raw for seen in document.published_seen), None),
        "comments": document.comments_declared,
    }
    assert found == wanted
    assert document.publisher == wanted["author"]
    assert document.kind == "presentation"


@pytest.mark.parametrize("line", PLAYER)
def test_lines_of_the_player(line: str) -> None:
    assert is_interface(line)
    assert is_interface(f"  • {line}  ")


@pytest.mark.parametrize("line", ["Copy", "Comments", "Present", "Transcript of an interview", ""])
def test_lines_that_a_slide_may_have(line: str) -> None:
    assert not is_interface(line)


def test_a_list_of_presentations() -> None:
    body = (
        '<a href="/abc123def456/tide-tables/"><img alt=""></a>'
        '<a href="/abc123def456/tide-tables/?from=list">Tide tables</a><a href="/about/">About</a>'
        '<a href="https://elsewhere.example/abc123def457/x/">Other</a><a href="http://[">x</a>'
    )
    found = read(body, "https://slides.example/user/trust/")
    assert [(type(e), e.url, e.title, e.document_native_id) for e in found] == [
        (ListEntry, ADDRESS, "Tide tables", "abc123def456")
    ]


# --- the shape of the reference source, from its text ---


def seed_lines() -> list[str]:
    file = SEEDS / "3_prezi_transcript.txt"
    if not file.exists():
        pytest.skip(f"the seed texts are not beside the project: {file.name}")
    return file.read_text(encoding="utf-8").splitlines()


def as_classic_page(lines: list[str]) -> str:
    """The text as the page shows it: its chrome in boxes, the transcript in its element."""
    start = next(n for n, line in enumerate(lines) if line.startswith("Transcript of "))
    shown = "".join(f"<p>{line}</p>" for line in lines[:start])
    inside = "\n".join(lines[start + 1 :]).removesuffix("Full transcript")
    return (
        f"<div>{shown}</div><h2>{lines[start]}</h2>"
        f'<div id="transcript-full-text">{inside}</div><a>Full transcript</a>'
    )


def as_bare_lines(lines: list[str]) -> str:
    """The same without any markup but line breaks."""
    return "<br>".join(lines)


@pytest.mark.parametrize("shape", [as_classic_page, as_bare_lines])
def test_the_reference_presentation(shape: Any) -> None:
    lines = seed_lines()
    document = read_one(shape(lines))
    assert document.title == "Co-production: theory and practice"
    assert [author.name for author in document.authors] == ["New Economics Foundation"]
    assert document.publisher == "New Economics Foundation"
    assert [seen.raw for seen in document.published_seen] == ["29 September 2014"]
    assert (document.comments_declared, document.excerpt) == (0, None)
    start = next(n for n, line in enumerate(lines) if line.startswith("Transcript of "))
    wanted = [" ".join(line.split()) for line in lines[start + 1 :] if line.strip()]
    found = [line for line in (document.text or "").split("\n") if line]
    assert found == wanted[: wanted.index("Full transcript")]
    assert_no_interface(document.text, document.title, document.excerpt, document.markdown)


def assert_no_interface(*texts: str | None) -> None:
    for text in texts:
        assert [line for line in (text or "").split("\n") if is_interface(line)] == []
        assert not [line for line in PLAYER if line in (text or "")]


# --- on the little web ---


def test_the_little_web(tmp_path: Path) -> None:
    log = tmp_path / "requests.jsonl"
    with serve(["slide_room"], log) as addresses:
        done = harvest_demo(addresses, "slide_room", data=tmp_path / "data")
        written, scripted_one = expected("slide_room", addresses)["posts"]
    assert done.returncode == 0, done.stdout + done.stderr
    (document,) = rows(tmp_path / "data", "documents")
    assert_presentation(document, written)
    (unread,) = rows(tmp_path / "data", "quarantine")
    assert (unread["table"], unread["reason"]) == ("documents", "needs_rendering")
    assert unread["details"] == scripted_one["title"]
    assert json.loads(unread["row"])["native_id"] == scripted_one["id"]
    entries = rows(tmp_path / "data", "list_entries")
    assert [e["title"] for e in entries] == [scripted_one["title"], written["title"]]
    assert entries[1]["document_id"] == document["document_id"]
    # Neither a script nor what a presentation links to.
    paths = [entry["path"] for entry in read_log(log)]
    assert len(paths) == 4
    assert not [path for path in paths if "viewer" in path or "transcripts" in path]


def assert_presentation(document: dict[str, Any], truth: dict[str, Any]) -> None:
    assert (document["kind"], document["platform"]) == ("presentation", "prezi")
    assert (document["native_id"], document["url"]) == (truth["id"], truth["url"])
    assert document["title"] == truth["title"]
    assert [dict(author) for author in document["authors"]] == [
        {"name": "The Ferry Lane Workshop", "kind": "organisation"}
    ]
    assert document["publisher"] == "The Ferry Lane Workshop"
    assert document["published"] == truth["published"]
    assert (document["published_precision"], document["published_from"]) == ("day", "text")
    assert document["comments_declared"] == truth["comments_declared"]
    assert document["excerpt"] == truth["excerpt"]
    assert document["text"].split() == truth["words"]
    assert_no_interface(document["text"], document["markdown"], document["excerpt"])


# --- with a browser ---

SOURCE = '''"""Presentations of a test, which a browser opens."""

import os

from crawlers.platforms.prezi import PreziSpider


class OpenedSpider(PreziSpider):
    name = "opened"
    title = "Opened"
    start_urls = os.environ.get("OPENED", "http://127.0.0.1:9/").split()
    site = "slides.example"
    timezone = "Europe/London"
    expected_documents = (1, 10)
    needs_rendering = True
'''
CHROMIUM = shutil.which("chromium")
OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)

needs_browser = pytest.mark.skipif(
    CHROMIUM is None or not rendering.is_installed(),
    reason="needs Debian's chromium and the extra `rendering` (scrapy-playwright)",
)


def open_pages(folder: Path, *urls: str, project: str = "demo") -> str:
    """Harvest `urls` with a browser into `folder/data`; what the command printed."""
    package = folder / "opened_sources"
    package.mkdir()
    (package / "__init__.py").write_text('"""Sources of a test."""\n')
    (package / "opened.py").write_text(SOURCE)
    options = {"executable_path": CHROMIUM, "args": OPTIONS}
    done = scrapy(
        *("harvest", "--workers=1", "-s", "SPIDER_MODULES=opened_sources"),
        *("-s", f"PLAYWRIGHT_LAUNCH_OPTIONS={json.dumps(options)}", "opened"),
        data=folder / "data",
        project=project,
        PYTHONPATH=f"{folder}:{Path(__file__).parents[2]}",
        OPENED=" ".join(urls),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@needs_browser
def test_a_browser_writes_the_transcript(tmp_path: Path) -> None:
    log = tmp_path / "requests.jsonl"
    with serve(["slide_room"], log) as addresses:
        open_pages(tmp_path, f"{addresses['slide_room']}/")
        truth = {post["id"]: post for post in expected("slide_room", addresses)["posts"]}
    documents = {d["native_id"]: d for d in rows(tmp_path / "data", "documents")}
    assert set(documents) == set(truth)
    for native_id, document in documents.items():
        assert_presentation(document, truth[native_id])
    assert rows(tmp_path / "data", "quarantine") == []
    asked = read_log(log)
    assert {entry["user_agent"].partition("/")[0] for entry in asked} == {"co-production-pipeline"}
    paths = [entry["path"] for entry in asked]
    assert len(paths) == len(set(paths)), "no address is asked for twice"


def wild_page(script: str) -> bytes:
    """A page whose script writes its transcript, and then does `script`."""
    write = 'transcript.innerHTML = "<p>Caf\\u00e9<br>\\u6e2f</p>";'
    return (
        "<!DOCTYPE html><html><head><title>Wild</title></head><body><h1>Wild</h1>"
        '<div id="transcript-full-text"></div><script>'
        'const transcript = document.getElementById("transcript-full-text");'
        f"{write}{script}</script></body></html>"
    ).encode()


WILD = """
fetch("/allowed.json"); fetch("/private/secret.json"); fetch("/form", {method: "POST"});
fetch("http://localhost:" + location.port + "/other-host").catch(() => 0);
window.open("/opened"); new Image().src = "/picture.png"; new EventSource("/events");
new WebSocket("ws://" + location.host + "/socket"); navigator.sendBeacon("/beacon", "x");
const frame = document.createElement("iframe"); frame.src = "/frame"; document.body.append(frame);
addEventListener("load", () => { location.href = "/elsewhere"; });
"""


@needs_browser
def test_a_page_gets_no_further_than_itself(tmp_path: Path) -> None:
    paths = ("/abc123def456/wild/", "/private/ab/", "/abc123def457/latin/")
    robots = Answer(b"User-agent: *\nDisallow: /private/\n", headers={"Content-Type": "text/plain"})
    latin = {"Content-Type": "text/html; charset=iso-8859-1"}
    answers = {
        "/robots.txt": [robots],
        paths[0]: [Answer(wild_page(WILD))],
        paths[1]: [Answer(wild_page(""))],
        paths[2]: [Answer(wild_page(""), headers=latin)],
        "/allowed.json": [Answer(b"{}", headers={"Content-Type": "application/json"})],
    }
    with scripted(answers) as server:
        open_pages(tmp_path, *(server.address + path for path in paths))
        asked = sorted(visit.path for visit in server.visits)
    assert asked == sorted(["/robots.txt", paths[0], paths[2], "/allowed.json"])
    documents = rows(tmp_path / "data", "documents")
    # What a browser made of a page need not fit into the encoding that the page came in.
    assert {d["text"] for d in documents} == {"Café\n港"}
    captures = [
        entry
        for file in warc_files(tmp_path / "data" / "archive", "opened")
        for entry in scan(file)
        if isinstance(entry, Capture)
    ]
    rendered = {c.url.partition("/abc")[2] for c in captures if "playwright" in c.meta["flags"]}
    assert rendered == {"123def456/wild/", "123def457/latin/"}


REDIRECTED = """
const found = [];
for (const path of ["/to-secret", "/to-name", "/to-page"])
  fetch(path).then(answer => answer.text()).then(text => {
    found.push(text); transcript.innerHTML += "<p>" + text + "</p>"; });
"""


@needs_browser
def test_redirects_of_what_a_page_loads_lead_to_no_private_address(tmp_path: Path) -> None:
    path = "/abc123def456/wild/"
    told = {"Content-Type": "text/plain", "Access-Control-Allow-Origin": "*"}
    with scripted({"/secret": [Answer(b"a secret", headers=told)]}) as inside:
        name = inside.address.replace("127.0.0.1", "localhost")
        answers = {
            "/robots.txt": [Answer(b"", headers={"Content-Type": "text/plain"})],
            path: [Answer(wild_page(REDIRECTED))],
            "/to-secret": [Answer(status=302, headers={"Location": f"{inside.address}/secret"})],
            "/to-name": [Answer(status=302, headers={"Location": f"{name}/secret"})],
            "/to-page": [Answer(status=302, headers={"Location": "/page.txt"})],
            "/page.txt": [Answer(b"of its own", headers=told)],
        }
        with scripted(answers) as server:
            open_pages(tmp_path, server.address + path, project="default")
            asked = {visit.path for visit in server.visits}
    assert {"/to-secret", "/to-name", "/page.txt"} <= asked
    assert inside.visits == []


def settings_for(spidercls: type[PreziSpider]) -> Settings:
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    return Crawler(spidercls, settings).settings


class RenderedSpider(TidesSpider):
    needs_rendering = True


def test_only_who_asks_gets_a_browser() -> None:
    assert rendering.HANDLER not in settings_for(TidesSpider)["DOWNLOAD_HANDLERS"].values()
    handlers = settings_for(RenderedSpider)["DOWNLOAD_HANDLERS"]
    is_installed = find_spec("scrapy_playwright") is not None
    assert (handlers.get("https") == rendering.HANDLER) is is_installed
    assert handlers["file"] is None


def test_a_source_works_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "find_spec", lambda _: None)
    assert rendering.HANDLER not in settings_for(RenderedSpider)["DOWNLOAD_HANDLERS"].values()
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    crawler = Crawler(RenderedSpider, settings)
    spider = RenderedSpider()
    spider.crawler = crawler
    assert "playwright" not in spider.ask_page(ADDRESS).meta
