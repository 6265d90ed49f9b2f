import lxml.html
import pytest

from cleaning.bylines import Author
from cleaning.metadata import PageMetadata, read_metadata

URL = "https://site.example/page"
JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebSite", "name": "Example Site"},
{"@type": "Person", "@id": "#mair", "name": "Mair Example"},
{"@type": "BlogPosting", "headline": "Buses for all", "author": [{"@id": "#mair"},
 {"@type": "Person", "name": "Owen Sample"}], "datePublished": "2023-05-04T10:00:00+01:00",
 "dateModified": "2024-01-01", "publisher": {"@type": "Organization", "name": "Bus Forum"}}]}
</script>"""


def read(head: str, body: str = "", url: str = URL) -> PageMetadata:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_metadata(lxml.html.document_fromstring(page), url)


def test_json_ld() -> None:
    found = read(JSON_LD)
    assert found.title == "Buses for all"
    assert found.authors == (Author("Mair Example", "person"), Author("Owen Sample", "person"))
    assert (found.published, found.published_from) == ("2023-05-04T10:00:00+01:00", "json-ld")
    assert (found.modified, found.publisher) == ("2024-01-01", "Bus Forum")


@pytest.mark.parametrize(
    "script",
    ["{not json", '{"@type": "Article", "author": 7}', "[" * 5000, '"only a text"', "[[[null]]]"],
    ids=["no JSON", "a number for an author", "very deep", "a text", "nothing"],
)
def test_broken_json_ld_is_passed_over(script: str) -> None:
    found = read(f'<script type="application/ld+json">{script}</script><title>Buses</title>')
    assert (found.title, found.authors, found.published) == ("Buses", (), None)


TITLES = [
    ("heading wins over the title", "<title>Buses - Example</title>", "<h1>Buses</h1>", "Buses"),
    (
        "of two headings the one like the title",
        "<title>Later buses | Example Site</title>",
        "<h1>Example Site</h1><h1>Later buses</h1>",
        "Later buses",
    ),
    (
        "site cut from the title",
        '<title>Later buses | Example</title><meta property="og:site_name" content="Example">',
        "",
        "Later buses",
    ),
    ("a dash inside stays", "<title>Buses - a story</title>", "", "Buses - a story"),
    ("sign of a link cut", "<title>Setup</title>", "<h1>Setup<a>¶</a></h1>", "Setup"),
    (
        "names of signs and buttons",
        "<title>Setup</title>",
        "<h1><svg><title>Arrow</title></svg>Setup <button>Copy</button></h1>",
        "Setup",
    ),
    ("empty heading", "<title>Buses</title>", "<h1> </h1>", "Buses"),
    ("entities", "<title>Tea &amp;amp; buses</title>", "", "Tea & buses"),
    ("none", "", "<p>Text</p>", None),
]


@pytest.mark.parametrize(
    ("head", "body", "title"), [case[1:] for case in TITLES], ids=[case[0] for case in TITLES]
)
def test_title(head: str, body: str, title: str | None) -> None:
    assert read(head, body).title == title


AUTHORS = [
    ("meta", '<meta name="author" content="By Mair Example">', "", ("Mair Example",)),
    (
        "an address is no name",
        '<meta name="author" content="https://social.example/mair">',
        '<a rel="author" href="/mair">Mair Example</a>',
        ("Mair Example",),
    ),
    (
        "microdata",
        "",
        '<div itemprop="author"><span itemprop="name">Mair Example</span> Member</div>',
        ("Mair Example",),
    ),
    ("byline", "", '<p class="byline">By Mair Example | 3 May 2020</p>', ("Mair Example",)),
    (
        "byline of two",
        "",
        '<p class="byline">By Mair Example and Owen Sample</p>',
        ("Mair Example", "Owen Sample"),
    ),
    (
        "as many metas as authors",
        '<meta name="citation_author" content="Mair Example">'
        '<meta name="citation_author" content="Owen Sample">',
        "",
        ("Mair Example", "Owen Sample"),
    ),
    (
        "of two that are shown the first",
        "",
        '<i itemprop="author">Mair Example</i><i itemprop="author">Owen Sample</i>',
        ("Mair Example",),
    ),
    (
        "at the end of the text",
        "",
        "<article><h1>Buses</h1><p>We met.</p><footer><i class='x'></i>"
        "<span class='author'>Mair Example</span></footer></article>",
        ("Mair Example",),
    ),
    (
        "at the end of an entry",
        "",
        "<article><h2>Buses</h2><footer>"
        "<span class='author'>Mair Example</span></footer></article>",
        (),
    ),
    ("link to others", "", '<a rel="author">View all posts by Mair Example</a>', ("Mair Example",)),
    ("a date", "", '<p class="author">May 3, 2020</p>', ()),
    ("a link", "", '<a rel="author" href="/m">View more posts</a>', ()),
    ("account", "", '<span class="author">admin</span>', ()),
    ("name with a number", "", '<span class="username">mair45 3 posts</span>', ("mair45",)),
    ("of another page", "", '<aside><p class="byline">By Owen Sample</p></aside>', ()),
    ("in the text", "", "<p>A letter by Owen Sample was read out.</p>", ()),
]


@pytest.mark.parametrize(
    ("head", "body", "authors"), [case[1:] for case in AUTHORS], ids=[case[0] for case in AUTHORS]
)
def test_authors(head: str, body: str, authors: tuple[str, ...]) -> None:
    assert tuple(author.name for author in read(head, body).authors) == authors


TIME = "2020-05-03T10:00:00Z"
DATES = [
    ("meta", '<meta property="article:published_time" content="2020-05-03">', "", "2020-05-03"),
    ("time", "", '<time datetime="2020-05-03">last week</time>', "2020-05-03"),
    ("named line", "", '<p class="post-date">Posted on 3 May 2020</p>', "3 May 2020"),
    ("under the title", "", "<h1>Buses</h1><div><i>May 3, 2020 · 4 min</i></div>", "May 3, 2020"),
    (
        "the first message of a thread",
        "",
        '<i itemprop="datePublished">2020-06-01</i><i itemprop="datePublished">2020-05-03</i>',
        "2020-05-03",
    ),
    (
        "published rather than updated",
        "",
        '<p class="date">Updated 9 June 2021</p><p class="date">Published 3 May 2020</p>',
        "3 May 2020",
    ),
    ("of another page", "", '<aside><time datetime="2020-05-03">3 May</time></aside>', None),
    ("in the text", "", "<p>We met on 3 May 2020 in Bangor and drew up a plan.</p>", None),
    (
        "in the text under a title",
        "",
        f"<h1>Buses</h1><p>{'We met on 3 May 2020 in Bangor. ' * 8}</p><p>3 May 2020</p>",
        None,
    ),
    ("without a class", "", "<h1>Buses</h1><p>12 March 2020</p><p>We met.</p>", "12 March 2020"),
    (
        "label on a line of its own",
        "",
        "<h1>Buses</h1><div>Published</div><div>3 May 2020</div>",
        "3 May 2020",
    ),
    (
        "a label and a date in elements of one line",
        "",
        "<h1>Buses</h1><p><span>By <a href='/m'>Mair</a></span><span>3 May 2020</span></p>",
        "3 May 2020",
    ),
    ("only updated", "", "<h1>Buses</h1><p>Last updated: 3 May 2020</p>", None),
    ("updated on two lines", "", "<h1>Buses</h1><p>Page updated:</p><p>3 May 2020</p>", None),
    ("time of a change", "", "<p>Updated <time datetime='2020-05-03'>3 May</time></p>", None),
    (
        "time in a sentence",
        "",
        "<p>We met on <time datetime='2020-05-03'>3 May</time> in Bangor.</p>",
        None,
    ),
    (
        "element in a sentence under the title",
        "",
        "<h1>Buses</h1><p>We met on <b>3 May 2020</b> in Bangor.</p>",
        None,
    ),
    (
        "named element in a sentence",
        "",
        "<h1>Buses</h1><p>The town hall said on <span class='date'>3 May 2020</span> that from now "
        "on all buses of the valley would stop at the pump as well.</p>",
        None,
    ),
    ("of an event", "", "<h1>Bus day</h1><p>Saturday 3 May 2020, 7pm to 9pm</p>", None),
    (
        "of an event by its name",
        "",
        "<h1>Bus day</h1><p class='event-date'><time datetime='2020-05-03'>3 May 2020</time></p>"
        "<i class='date' id='deadline'>1 May 2020</i><time itemprop='startDate'"
        " datetime='2020-05-03'>3 May</time>",
        None,
    ),
    (
        "of the teaser of another page",
        "",
        "<h1>Buses</h1><div><h3><a href='/later'>Later buses for the whole valley</a></h3>"
        "<time datetime='2020-05-03'>3 May</time></div>",
        None,
    ),
    (
        "of a post that is headed by a link to itself",
        "",
        "<div><h3><a href='#p1'>Re: Which buses for the valley?</a></h3>"
        "<time datetime='2020-05-03'>3 May</time></div>",
        "2020-05-03",
    ),
    (
        "the title's, not the clock's above",
        "",
        "<div><time datetime='2022-09-09'>now</time></div><div><p>1</p><p>2</p><p>3</p><p>4</p>"
        "<p>5</p><p>6</p></div><h1>Buses</h1><p>Started by Owen, May 3, 2020</p>",
        "May 3, 2020",
    ),
    ("element of its own sort", "", "<time-ago ts='2020-05-03T10:00:00Z'>1 y</time-ago>", TIME),
    (
        "said to be published when last changed",
        f'<meta name="date" content="{TIME}"><meta name="last-modified" content="{TIME}">',
        "<h1>Buses</h1><p>1 March 2020</p>",
        "1 March 2020",
    ),
    (
        "published on the day of the last change",
        f'<meta name="date" content="{TIME}"><meta name="last-modified" content="{TIME}">',
        "<h1>Buses</h1><p>9 May 2020</p>",
        TIME,
    ),
    ("citation", '<meta name="citation_publication_date" content="2020/05/03">', "", "2020/05/03"),
    ("sailthru", '<meta name="sailthru.date" content="2020-05-03">', "", "2020-05-03"),
    ("a day without zeros", '<meta name="pubdate" content="2020-5-3">', "", "2020-5-3"),
    (
        "a question",
        "",
        f'<time itemprop="dateCreated" datetime="{TIME}">2 years ago</time>'
        '<time itemprop="datePublished" datetime="2020-05-04">1 year ago</time>',
        TIME,
    ),
    ("heading of the day", "", "<h2 class='date-header'>Sunday, 3 May 2020</h2>", "3 May 2020"),
    ("only a year", "", '<p class="date">2020</p>', "2020"),
]


@pytest.mark.parametrize(
    ("head", "body", "date"), [case[1:] for case in DATES], ids=[case[0] for case in DATES]
)
def test_published(head: str, body: str, date: str | None) -> None:
    assert read(head, body).published == date


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("2020/5/3/buses/", "2020-05-03"),
        ("2020/05/03/", "2020-05-03"),
        ("news/2020-05-03-buses", "2020-05-03"),
        ("news/2020-05-03+buses", "2020-05-03"),
        ("20200503/buses", "2020-05-03"),
        ("2020/05/buses", None),
        ("2020/13/03/buses", None),
        ("item/2020510355/", None),
        ("1.2020.5.30/", None),
    ],
)
def test_date_in_the_address(path: str, date: str | None) -> None:
    found = read("", "", f"https://site.example/{path}")
    assert (found.published, found.published_from) == (date, date and "url")


def test_json_ld_in_words_is_not_taken() -> None:
    script = '{"@type": "Article", "headline": "Buses", "datePublished": "Jun 12, 2025"}'
    found = read(
        f'<script type="application/ld+json">{script}</script>', "<h1>Buses</h1><p>3 May 2020</p>"
    )
    assert (found.published, found.published_from) == ("3 May 2020", "text")


CHANGES = [
    ("declared", '<meta property="article:modified_time" content="2020-05-03">', "", "2020-05-03"),
    ("shown", "", "<h1>Buses</h1><p>Last updated 3 May 2020</p>", "3 May 2020"),
    (
        "shown beside a declared publication",
        '<meta property="article:published_time" content="2019-05-03">',
        "<h1>Buses</h1><p>Last updated 3 May 2020</p>",
        "3 May 2020",
    ),
    ("none", "", "<h1>Buses</h1><p>3 May 2020</p>", None),
]


@pytest.mark.parametrize(
    ("head", "body", "date"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_modified(head: str, body: str, date: str | None) -> None:
    assert read(head, body).modified == date


@pytest.mark.parametrize(
    ("other", "date"),
    [("5/25/2020", "2020-05-03"), ("25/5/2020", "5/3/2020"), ("5/4/2020", "5/3/2020")],
    ids=["month first", "day first", "neither"],
)
def test_other_dates_of_the_page_tell_the_order_of_numbers(other: str, date: str) -> None:
    body = f'<p class="date">5/3/2020</p><aside><p>Buses on {other}</p></aside>'
    assert read("", body).published == date


@pytest.mark.parametrize(
    ("language", "date"), [("en-US", "2020-05-03"), ("en-GB", "5/3/2020")], ids=["US", "GB"]
)
def test_a_date_in_numbers_is_read_as_the_page_writes(language: str, date: str) -> None:
    page = f'<html lang="{language}"><body><p class="date">5/3/2020</p></body></html>'
    assert read_metadata(lxml.html.document_fromstring(page), URL).published == date


SITES = [
    ("the source's name is no heading", "<title>Buses – Hall</title>", "<h1>Hall</h1>", "Buses"),
    ("nor the page's own", '<meta property="og:site_name" content="Stop">', "<h1>Stop</h1>", None),
    ("cut from the begin", "<title>The Hall » Buses</title>", "", "Buses"),
    ("cut from the end", "<title>Buses - a story - The Hall</title>", "", "Buses - a story"),
    ("the name alone stays", "<title>The Hall</title>", "<h1>The Hall</h1>", "The Hall"),
]


@pytest.mark.parametrize(
    ("head", "body", "title"), [case[1:] for case in SITES], ids=[case[0] for case in SITES]
)
def test_the_name_of_the_site(head: str, body: str, title: str | None) -> None:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    found = read_metadata(lxml.html.document_fromstring(page), URL, ("Hall", "The Hall"))
    assert found.title == title


CC = "https://creativecommons.org/licenses/by/4.0/"
OWN = "https://site.example/licence"
LICENCES = [
    ("a known address", "", f'<a href="{CC}">CC BY</a>', CC),
    ("marked as one", "", f'<a href="{CC}">CC</a><a rel="nofollow license" href="{OWN}">', OWN),
    (
        "json-ld",
        f'<script type="application/ld+json">{{"@type": "Article", "license": "{OWN}"}}</script>',
        "",
        OWN,
    ),
    ("meta", '<meta name="dcterms.license" content="CC BY 4.0">', "", "CC BY 4.0"),
    ("of a figure", "", f'<figure><img src="/a"><a href="{CC}">CC BY</a></figure>', None),
    ("of a photo", "", f'<p>Photo: Mair Example, <a href="{CC}">CC BY</a></p>', None),
    ("none", "", "<a href='/about'>About</a>", None),
]


@pytest.mark.parametrize(
    ("head", "body", "licence"), [case[1:] for case in LICENCES], ids=[c[0] for c in LICENCES]
)
def test_licence(head: str, body: str, licence: str | None) -> None:
    assert read(head, body).licence == licence
