import pytest

from cleaning.bylines import Author
from cleaning.evidence import Evidence, find_evidence, of_selectors
from cleaning.page import read_page_model
from cleaning.reader import Heading, read_heading

URL = "https://site.example/page"
JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebSite", "name": "Example Site"},
{"@type": "Person", "@id": "#mair", "name": "Mair Example"},
{"@type": "BlogPosting", "headline": "Buses for all", "author": [{"@id": "#mair"},
 {"@type": "Person", "name": "Owen Sample"}], "datePublished": "2023-05-04T10:00:00+01:00",
 "dateModified": "2024-01-01", "publisher": {"@type": "Organization", "name": "Bus Forum"}}]}
</script>"""


def read(head: str, body: str = "", url: str = URL, names: tuple[str, ...] = ()) -> Heading:
    page = read_page_model(f"<html><head>{head}</head><body>{body}</body></html>", url)
    return read_heading(page, find_evidence(page), site_names=names)


def day(found: Heading) -> str | None:
    return found.published.day.isoformat() if found.published else None


def test_json_ld() -> None:
    found = read(JSON_LD)
    assert found.title == "Buses for all"
    assert found.authors == (Author("Mair Example", "person"), Author("Owen Sample", "person"))
    assert found.published is not None and found.modified is not None
    assert (found.published.raw, found.published.origin) == ("2023-05-04T10:00:00+01:00", "json-ld")
    assert found.published.value.isoformat() == "2023-05-04T09:00:00+00:00"
    assert (found.modified.raw, found.publisher) == ("2024-01-01", "Bus Forum")


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
        "as many as are marked",
        "",
        '<i itemprop="author">Mair Example</i><i itemprop="author">Owen Sample</i>',
        ("Mair Example", "Owen Sample"),
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
        "<title>All that we wrote</title>",
        "<h1>All that we wrote</h1><article><h2><a href='/b'>Buses for the whole valley</a></h2>"
        "<footer>"
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
    ("named line", "", '<p class="post-date">Posted on 3 May 2020</p>', "2020-05-03"),
    ("under the title", "", "<h1>Buses</h1><div><i>May 3, 2020 · 4 min</i></div>", "2020-05-03"),
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
        "2020-05-03",
    ),
    ("of another page", "", '<aside><time datetime="2020-05-03">3 May</time></aside>', None),
    ("in the text", "", "<p>We met on 3 May 2020 in Bangor and drew up a plan.</p>", None),
    (
        "in the text under a title",
        "",
        f"<h1>Buses</h1><p>{'We met on 3 May 2020 in Bangor. ' * 8}</p><p>3 May 2020</p>",
        None,
    ),
    ("without a class", "", "<h1>Buses</h1><p>12 March 2020</p><p>We met.</p>", "2020-03-12"),
    (
        "label on a line of its own",
        "",
        "<h1>Buses</h1><div>Published</div><div>3 May 2020</div>",
        "2020-05-03",
    ),
    (
        "a label and a date in elements of one line",
        "",
        "<h1>Buses</h1><p><span>By <a href='/m'>Mair</a></span><span>3 May 2020</span></p>",
        "2020-05-03",
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
        "2020-05-03",
    ),
    (
        "element of its own sort",
        "",
        "<time-ago ts='2020-05-03T10:00:00Z'>1 y</time-ago>",
        "2020-05-03",
    ),
    (
        "said to be published when last changed",
        f'<meta name="date" content="{TIME}"><meta name="last-modified" content="{TIME}">',
        "<h1>Buses</h1><p>1 March 2020</p>",
        "2020-03-01",
    ),
    (
        "published on the day of the last change",
        f'<meta name="date" content="{TIME}"><meta name="last-modified" content="{TIME}">',
        "<h1>Buses</h1><p>9 May 2020</p>",
        "2020-05-03",
    ),
    ("citation", '<meta name="citation_publication_date" content="2020/05/03">', "", "2020-05-03"),
    ("sailthru", '<meta name="sailthru.date" content="2020-05-03">', "", "2020-05-03"),
    ("a day without zeros", '<meta name="pubdate" content="2020-5-3">', "", "2020-05-03"),
    (
        "a question",
        "",
        f'<time itemprop="dateCreated" datetime="{TIME}">2 years ago</time>'
        '<time itemprop="datePublished" datetime="2020-05-04">1 year ago</time>',
        "2020-05-03",
    ),
    ("heading of the day", "", "<h2 class='date-header'>Sunday, 3 May 2020</h2>", "2020-05-03"),
]


@pytest.mark.parametrize(
    ("head", "body", "date"), [case[1:] for case in DATES], ids=[case[0] for case in DATES]
)
def test_published(head: str, body: str, date: str | None) -> None:
    assert day(read(head, body)) == date


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
    assert day(read("", "", f"https://site.example/{path}")) == date


def test_json_ld_in_words_is_not_taken() -> None:
    script = '{"@type": "Article", "headline": "Buses", "datePublished": "Jun 12, 2025"}'
    found = read(
        f'<script type="application/ld+json">{script}</script>', "<h1>Buses</h1><p>3 May 2020</p>"
    )
    assert day(found) == "2020-05-03"


CHANGES = [
    ("declared", '<meta property="article:modified_time" content="2020-05-03">', "", "2020-05-03"),
    ("shown", "", "<h1>Buses</h1><p>Last updated 3 May 2020</p>", "2020-05-03"),
    (
        "shown beside a declared publication",
        '<meta property="article:published_time" content="2019-05-03">',
        "<h1>Buses</h1><p>Last updated 3 May 2020</p>",
        "2020-05-03",
    ),
    ("none", "", "<h1>Buses</h1><p>3 May 2020</p>", None),
]


@pytest.mark.parametrize(
    ("head", "body", "date"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_modified(head: str, body: str, date: str | None) -> None:
    found = read(head, body).modified
    assert (found.day.isoformat() if found else None) == date


@pytest.mark.parametrize(
    ("other", "date"),
    [("5/25/2020", "2020-05-03"), ("25/5/2020", "2020-03-05"), ("5/4/2020", "2020-03-05")],
    ids=["month first", "day first", "neither"],
)
def test_other_dates_of_the_page_tell_the_order_of_numbers(other: str, date: str) -> None:
    body = f'<p class="date">5/3/2020</p><aside><p>Buses on {other}</p></aside>'
    assert day(read("", body)) == date


@pytest.mark.parametrize(
    ("language", "date"), [("en-US", "2020-05-03"), ("en-GB", "2020-03-05")], ids=["US", "GB"]
)
def test_a_date_in_numbers_is_read_as_the_page_writes(language: str, date: str) -> None:
    html = f'<html lang="{language}"><body><h1>Buses</h1><p class="date">5/3/2020</p></body></html>'
    page = read_page_model(html, URL)
    assert day(read_heading(page, find_evidence(page))) == date


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
    assert read(head, body, names=("Hall", "The Hall")).title == title


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


def authors(html: str, languages: tuple[str, ...] = (), **more: object) -> list[str]:
    page = read_page_model(html, URL)
    found = read_heading(page, find_evidence(page), languages=languages, **more)  # type: ignore[arg-type]
    return [author.name for author in found.authors]


TEXT = f"<p>{'We met and drew up a plan for the buses of the valley. ' * 6}</p>"

SHOWN = [
    (
        "elements that touch",
        "<p class='author'><span>Posted by</span><a>Mair Example</a></p>",
        ["Mair Example"],
    ),
    (
        "two links that touch",
        "<p class='authors'><a>Mair Example</a><a>Owen Sample</a></p>",
        ["Mair Example", "Owen Sample"],
    ),
    (
        "a role behind a break",
        "<p class='author'>Mair Example<br>Head of Buses</p>",
        ["Mair Example"],
    ),
    (
        "a role in a block",
        "<div class='byline'><div>Mair Example</div><div>Volunteer</div></div>",
        ["Mair Example"],
    ),
    (
        "a role in an element",
        "<p class='author'><b>Mair Example</b><small>Chair of it all</small></p>",
        ["Mair Example"],
    ),
    (
        "photographs",
        "<p class='byline'>By Mair Example, photographs by Owen Sample</p>",
        ["Mair Example"],
    ),
    ("a label above", "<div>Written by</div><div>Mair Example</div>", ["Mair Example"]),
    (
        "several rel=author",
        "<p><a rel='author'>Mair Example</a>, <a rel='author'>Owen Sample</a></p>",
        ["Mair Example", "Owen Sample"],
    ),
    (
        "names and joints",
        "<p class='byline'>Mair Example, Owen Sample and Bo Durand</p>",
        ["Mair Example", "Owen Sample", "Bo Durand"],
    ),
    ("a button", "<p class='author'><a>Email the author</a></p>", []),
    ("a form", "<form><p class='username'><label>Username</label><input></p></form>", []),
    ("a member's card", "<div class='author'>Joined: 3 May 2011</div>", []),
    ("a related box", "<div class='related-posts'><p class='byline'>By Owen Sample</p></div>", []),
    (
        "a comment",
        "<div class='comments'><div><span class='author'>Owen Sample</span> says: Yes</div></div>",
        [],
    ),
    ("a rank", "<div class='author'>Well-known member</div>", []),
    ("a name like a label", "<p class='byline'>Byrne Hobday</p>", ["Byrne Hobday"]),
]


@pytest.mark.parametrize(("html", "names"), [c[1:] for c in SHOWN], ids=[c[0] for c in SHOWN])
def test_authors_that_are_shown(html: str, names: list[str]) -> None:
    above = f"<title>Buses</title><h1>Buses</h1>{html}{TEXT}"
    assert authors(above) == names


DECLARED = [
    ("two in a meta", '<meta name="author" content="Mair Example and Owen Sample">', 2),
    ("three in a meta", '<meta name="author" content="Mair Example, Owen Sample, Bo Durand">', 3),
    ("by semicolons", '<meta name="citation_authors" content="Mair Example; Owen Sample">', 2),
    ("inverted", '<meta name="citation_author" content="Example, Mair">', 1),
    ("inverted with a particle", '<meta name="citation_author" content="van der Bus, Mair">', 1),
    (
        "two inverted",
        '<meta name="citation_author" content="Example, Mair">'
        '<meta name="citation_author" content="Sample, Owen">',
        2,
    ),
    (
        "a card",
        '<meta name="twitter:label1" content="Written by">'
        '<meta name="twitter:data1" content="Mair Example">',
        1,
    ),
    (
        "a department",
        '<meta name="author" content="Department of Housing, Health and Social Care">',
        1,
    ),
    ("with a slash", '<meta name="author" content="Mair Example / Owen Sample">', 2),
    ("an address", '<meta property="article:author" content="https://a.example/mair">', 0),
    ("an account", '<meta name="author" content="admin">', 0),
]


@pytest.mark.parametrize(
    ("head", "number"), [c[1:] for c in DECLARED], ids=[c[0] for c in DECLARED]
)
def test_authors_that_are_declared(head: str, number: int) -> None:
    found = authors(f"{head}<title>Buses</title><h1>Buses</h1>{TEXT}")
    assert len(found) == number
    assert all(name[0] in "MOBDv" and "Example," not in name for name in found)


def test_a_person_in_the_byline_wrote_what_the_site_declares_its_own() -> None:
    head = (
        '<meta name="author" content="Bus Hall"><meta property="og:site_name" content="Bus Hall">'
    )
    html = f"{head}<title>Buses</title><h1>Buses</h1><p class='byline'>By Mair Example</p>{TEXT}"
    assert authors(html) == ["Mair Example"]


def test_what_others_posted_is_not_the_pages() -> None:
    post = "<div><p class='author'>Owen Sample</p><p class='date'>3 May 2020</p></div>"
    html = f"<h1>Buses</h1>{TEXT}{post}"
    page = read_page_model(html, URL)
    found = read_heading(page, find_evidence(page), posts=[range(2, 4)])
    assert found.authors == () and found.published is None


FIRST = "https://site.example/2017/05/buses"
SIGNED = [
    (
        "placeholder in a meta",
        '<meta name="date" content="1970-01-01">',
        "9 April 2018",
        URL,
        "2018-04-09",
    ),
    (
        "local placeholder",
        '<meta name="date" content="1969-12-31T16:00:00-08:00">',
        "9 April 2018",
        URL,
        "2018-04-09",
    ),
    ("far end", '<meta name="pubdate" content="2099-12-31">', "9 April 2018", URL, "2018-04-09"),
    (
        "no day of a calendar",
        '<meta name="date" content="2018-02-30">',
        "28 February 2018",
        URL,
        "2018-02-28",
    ),
    (
        "no clock",
        '<meta name="date" content="2018-01-30 99:99">',
        "30 January 2018",
        URL,
        "2018-01-30",
    ),
    (
        "an unreadable one beside",
        '<meta name="date" content="N/A"><meta name="date" content="2017-11-02">',
        "",
        URL,
        "2017-11-02",
    ),
    (
        "midnight elsewhere",
        '<meta name="date" content="2018-04-09T00:00:00+10:00">',
        "9 April 2018",
        URL,
        "2018-04-09",
    ),
    ("address decides the order", "", "04/05/17", FIRST, "2017-05-04"),
    ("month alone", "", "March 2019", URL, "2019-03-01"),
    ("weekday", "", "Wed, 07/12/2023", URL, "2023-07-12"),
    ("Chinese", "", "发布时间：2020年11月03日 10:15", URL, "2020-11-03"),
    (
        "received and accepted",
        "",
        "Received 3 May 2019 | Accepted 4 May 2019 | Published 6 June 2019",
        URL,
        "2019-06-06",
    ),
    ("valid until", "", "Valid until 3 May 2029", URL, None),
    ("born", "", "Born 3 May 1951", URL, None),
    ("joined", "", "Member since 3 May 2011", URL, None),
    ("an event", "", "Saturday 3 May 2025, 10am to 2pm, Town Hall", URL, None),
]


@pytest.mark.parametrize(
    ("head", "line", "url", "expected"), [c[1:] for c in SIGNED], ids=[c[0] for c in SIGNED]
)
def test_the_day_that_counts(head: str, line: str, url: str, expected: str | None) -> None:
    body = f"<h1>Buses</h1><p class='date'>{line}</p>{TEXT}"
    assert day(read(head, body, url)) == expected


@pytest.mark.parametrize(
    "lines",
    [
        "<dl><dt>When</dt><dd>14 June 2025, 11:00</dd><dt>Where</dt><dd>Hall</dd></dl>",
        "<p>Date: 21 July 2025</p><p>Venue: Mill House</p><p>Cost: free</p>",
        "<p>21 July 2025</p><p>Ort: Rathaus</p>",
        "<p>21 juillet 2025</p><p>Lieu : mairie</p>",
        "<p>21 de julio de 2025</p><p>Lugar: plaza</p>",
        "<p>Dyddiad cau</p><p>21 Gorffennaf 2025</p>",
        "<p>Deadline</p><p>21 July 2025</p>",
        "<p>21 luglio 2025</p><p>Luogo: piazza</p>",
    ],
)
def test_the_day_of_an_event_is_not_the_pages(lines: str) -> None:
    assert day(read("<title>Bus day</title>", f"<h1>Bus day</h1>{lines}{TEXT}")) is None


WORDINGS = [
    ("a bar", "<title>Buses for all | Hall</title>", "", "Buses for all"),
    ("a dash", "<title>Buses for all – Hall</title>", "", "Buses for all"),
    ("an arrow", "<title>Buses for all » Hall</title>", "", "Buses for all"),
    ("a colon", "<title>Hall: Buses for all</title>", "", "Buses for all"),
    ("two colons", "<title>Buses for all :: Hall</title>", "", "Buses for all"),
    ("a dot", "<title>Buses for all · Hall</title>", "", "Buses for all"),
    (
        "the site as heading",
        "<title>Buses for all | Hall</title>",
        "<h1>Hall</h1>",
        "Buses for all",
    ),
    (
        "a section as heading",
        "<title>Buses for all | Hall</title>",
        "<h1>Our Blog</h1><h2>Buses for all</h2>",
        "Buses for all",
    ),
    (
        "a longer heading",
        "<title>Buses | Hall</title>",
        "<h1>Buses for all of us</h1>",
        "Buses for all of us",
    ),
    (
        "a teaser as heading",
        '<title>Buses for all | Hall</title><meta property="og:title" content="Buses for all">',
        "<h1><a href='/trams'>Trams return to town</a></h1><h2>Buses for all</h2>",
        "Buses for all",
    ),
    (
        "a dash of its own",
        "<title>Buses - a story of all | Hall</title>",
        "<h1>Buses - a story of all</h1>",
        "Buses - a story of all",
    ),
]


@pytest.mark.parametrize(
    ("head", "body", "title"), [c[1:] for c in WORDINGS], ids=[c[0] for c in WORDINGS]
)
def test_the_title_without_site_and_section(head: str, body: str, title: str) -> None:
    found = read(head, body + TEXT, "https://site.example/p/buses-for-all", ("Hall",))
    assert found.title == title


def test_candidates_say_why_they_lost() -> None:
    html = '<meta name="date" content="2020-05-03">'
    found = read(
        html, f"<h1>Buses</h1>{TEXT}<div class='related'><p class='date'>9 May 2021</p></div>"
    )
    lost = {one.value: one.lost for one in found.candidates["published"]}
    assert lost["2020-05-03"] == ""
    assert lost["2021-05-09"] == "of another page or person"


def test_blocks_of_title_and_byline_are_told() -> None:
    found = read(
        "",
        f"<h1>Buses</h1><p class='byline'>By Mair Example</p><p class='date'>3 May 2020</p>{TEXT}",
    )
    assert (found.title_blocks, found.byline_blocks) == ((0,), (1, 2))


@pytest.mark.parametrize("origin", ["feed", "list", "selector"])
def test_what_is_told_from_outside_counts(origin: str) -> None:
    page = read_page_model(f"<title>Buses</title><h1>Buses</h1>{TEXT}", URL)
    told = [
        Evidence("author", origin, 0.9, value="Mair Example"),
        Evidence("published", origin, 0.9, value="2020-05-03T10:00:00Z"),
    ]
    found = read_heading(page, [*find_evidence(page), *told])
    assert [author.name for author in found.authors] == ["Mair Example"]
    assert found.published is not None
    assert found.published.value.isoformat() == "2020-05-03T10:00:00+00:00"
    assert found.published.origin == origin


def test_a_selector_of_the_source_beats_what_the_page_shows() -> None:
    html = f"<h1>Buses</h1><p class='byline'>By Owen Sample</p><p id='w'>Mair Example</p>{TEXT}"
    page = read_page_model(html, URL)
    told = [*find_evidence(page), *of_selectors(page, {"author": "#w"})]
    assert [a.name for a in read_heading(page, told).authors] == ["Mair Example"]


RELATIVE = [
    ("Posted 3 days ago", "3 days ago"),
    ("3 weeks ago | 5 min read", "3 weeks ago"),
    ("By Owen Sample · vor 2 Monaten", "vor 2 Monaten"),
    ("<span>Mair Example</span><span>2 awr yn ôl</span>", "2 awr yn ôl"),
    ("hace 1 año y 2 meses", "hace 1 año y 2 meses"),
    ("Updated 3 days ago", None),
    ("What the town learned a year ago", None),
    ("3 May 2023, seen 3 days ago", None),
    ("", None),
]


@pytest.mark.parametrize(("line", "raw"), RELATIVE, ids=[line for line, _ in RELATIVE])
def test_a_time_that_is_told_to_a_visitor(line: str, raw: str | None) -> None:
    prose = "<p>" + "The bus to the next valley came late and left early, as ever. " * 4 + "</p>"
    found = read("<title>Buses</title>", f"<h1>Buses</h1><p>{line}</p>{prose}<p>1 year ago</p>")
    assert found.published_relative == raw
