"""What a page says of itself: JSON-LD however broken, metas by any name, marks, platforms."""

import pytest

from cleaning.evidence import Evidence, find_evidence, of_selectors
from cleaning.evidence.head import read_name
from cleaning.evidence.jsonld import load_json
from cleaning.evidence.model import SAYS
from cleaning.evidence.platforms import all_names, compiled, known_platforms, platforms
from cleaning.page import read_page_model

ARTICLE = '{"@type": "Article", "author": "Mair Example", "datePublished": "2020-05-03"}'


def said(html: str, says: str, url: str = "") -> list[tuple[str, str | None]]:
    page = read_page_model(html, url)
    return [(one.origin, one.value) for one in find_evidence(page) if one.says == says]


def best(html: str, says: str, url: str = "") -> list[str | None]:
    """Return the values that are said the strongest."""
    found = [one for one in find_evidence(read_page_model(html, url)) if one.says == says]
    most = max((one.weight for one in found), default=0)
    return [one.value for one in found if one.weight == most]


SCRIPTS = [
    ("plain", '{"a": 1}', [{"a": 1}]),
    ("in CDATA", '//<![CDATA[\n{"a": 1}\n//]]>', [{"a": 1}]),
    ("in CDATA in a comment", '/*<![CDATA[*/{"a": 1}/*]]>*/', [{"a": 1}]),
    ("in an HTML comment", '<!-- {"a": 1} -->', [{"a": 1}]),
    ("a comma before the end", '{"a": [1, 2,], "b": 3,}', [{"a": [1, 2], "b": 3}]),
    ("two objects", '{"a": 1}\n{"b": 2}', [{"a": 1}, {"b": 2}]),
    ("two objects with a comma", '{"a": 1}, {"b": 2};', [{"a": 1}, {"b": 2}]),
    ("a line end in a string", '{"a": "x\ny"}', [{"a": "x y"}]),
    ("cut in a string", '{"a": "x", "b": {"c": "lon', [{"a": "x", "b": {"c": "lon"}}]),
    ("cut behind a colon", '{"a": 1, "b":', [{"a": 1}]),
    ("cut in a list", '[{"a": 1}, {"b": 2', [[{"a": 1}, {"b": 2}]]),
    ("encoded", "{&quot;a&quot;: 1}", [{"a": 1}]),
    ("a fault behind the first", '{"a": 1} {b: 2}', [{"a": 1}]),
    ("no JSON", "{not json", []),
    ("very deep", "[" * 50_000, []),
]


@pytest.mark.parametrize(
    ("source", "values"), [c[1:] for c in SCRIPTS], ids=[c[0] for c in SCRIPTS]
)
def test_json_ld_is_mended(source: str, values: list[object]) -> None:
    assert list(load_json(source)) == values


THINGS = [
    ("a name", ARTICLE, ["Mair Example"]),
    ("a person", '{"@type": "Article", "author": {"name": "Mair Example"}}', ["Mair Example"]),
    (
        "given and family name",
        '{"@type": "Article", "author": {"givenName": "Mair", "familyName": "Example"}}',
        ["Mair Example"],
    ),
    (
        "two persons",
        '{"@type": "Article", "author": [{"name": "Mair Example"}, {"name": "Owen Sample"}]}',
        ["Mair Example", "Owen Sample"],
    ),
    (
        "a list of names",
        '{"@type": "Article", "author": {"name": ["Mair Example", "Owen Sample"]}}',
        ["Mair Example", "Owen Sample"],
    ),
    (
        "by reference in a graph",
        '{"@graph": [{"@type": "Article", "author": {"@id": "#m"}},'
        ' {"@type": "Person", "@id": "#m", "name": "Mair Example"}]}',
        ["Mair Example"],
    ),
    (
        "types in a list",
        '{"@type": ["Thing", "NewsArticle"], "creator": "Mair Example"}',
        ["Mair Example"],
    ),
    (
        "a type with its address",
        '{"@type": "https://schema.org/Article", "author": "Mair Example"}',
        ["Mair Example"],
    ),
    (
        "inside a page",
        f'{{"@type": "WebPage", "mainEntity": {ARTICLE}}}',
        ["Mair Example"],
    ),
    (
        "of a list of others",
        f'{{"@type": "ItemList", "itemListElement": [{ARTICLE}]}}',
        ["Mair Example"],
    ),
    ("of a product", '{"@type": "Product", "author": "Mair Example"}', []),
    ("a number", '{"@type": "Article", "author": 7}', []),
]


@pytest.mark.parametrize(("script", "names"), [c[1:] for c in THINGS], ids=[c[0] for c in THINGS])
def test_authors_in_json_ld(script: str, names: list[str]) -> None:
    html = f'<script type="application/ld+json">{script}</script><p>Text</p>'
    assert best(html, "author") == names


def test_of_two_articles_the_one_headed_as_the_page_counts() -> None:
    other = '{"@type": "Article", "headline": "Trams", "author": "Owen Sample"}'
    own = '{"@type": "Article", "headline": "Buses", "author": "Mair Example"}'
    html = (
        f'<title>Buses | Hall</title><script type="application/ld+json">[{other}, {own}]</script>'
    )
    assert best(html, "author") == ["Mair Example"]


def test_an_article_at_another_address_is_none_of_the_page() -> None:
    thing = '{"@type": "Article", "url": "https://a.example/trams", "author": "Owen Sample"}'
    html = f'<script type="application/ld+json">{thing}</script>'
    page = read_page_model(html, "https://a.example/buses")
    assert {one.weight for one in find_evidence(page) if one.says == "author"} == {0.15}


@pytest.mark.parametrize(
    ("says", "names"),
    [
        (
            "published",
            "article:published_time|og:article:published_time|datePublished|parsely-pub-date|sailthru.date"
            "|publish-date|pubdate|DC.date.issued|DC.issued|dcterms.created|citation_publication_date"
            "|citation_online_date|rnews:datePublished|cXenseParse:recs:publishtime|article.published"
            "|prism.publicationDate|date|dc:date|article:published|og:pubdate|publication_date",
        ),
        (
            "modified",
            "article:modified_time|og:updated_time|last-modified|DC.date.modified|lastmod",
        ),
        (
            "author",
            "author|authors|article:author|parsely-author|sailthru.author|byl|citation_author"
            "|citation_authors|DC.creator|dcterms.creator|DC.Creator.PersonalName|og:article:author",
        ),
        ("title", "og:title|twitter:title|citation_title|DC.title|parsely-title|sailthru.title"),
        ("publisher", "og:site_name|citation_publisher|DC.publisher|application-name"),
        (
            "",
            "viewport|description|event:start_date|expires|twitter:creator|validate|candidate"
            "|citation_author_institution|article:author:url|og:image|generator|unrelated",
        ),
    ],
)
def test_names_of_metas(says: str, names: str) -> None:
    assert [name for name in names.split("|") if read_name(name)[0] != says] == []


MARKS = [
    ("a name", '<i itemprop="author">Mair Example</i>', "author", ["Mair Example"]),
    (
        "a person with more",
        '<div itemprop="author"><b itemprop="name">Mair Example</b> Member</div>',
        "author",
        ["Mair Example"],
    ),
    (
        "a meta",
        '<div><meta itemprop="datePublished" content="2020-05-03"></div>',
        "published",
        ["2020-05-03"],
    ),
    (
        "a time",
        '<time itemprop="datePublished" datetime="2020-05-03">3 May</time>',
        "published",
        ["2020-05-03"],
    ),
    (
        "RDFa",
        '<span property="schema:datePublished" content="2020-05-03">3 May</span>',
        "published",
        ["2020-05-03"],
    ),
    (
        "two links",
        '<a rel="author">Mair Example</a><a rel="author">Owen Sample</a>',
        "author",
        ["Mair Example", "Owen Sample"],
    ),
    (
        "of the text, not of a comment",
        '<div itemscope itemtype="https://schema.org/Comment">'
        '<i itemprop="author">Owen Sample</i></div>'
        '<div itemscope itemtype="https://schema.org/Article">'
        '<i itemprop="author">Mair Example</i></div>',
        "author",
        ["Mair Example"],
    ),
    (
        "h-entry",
        '<div class="h-entry"><a class="p-author">Mair Example</a></div>',
        "author",
        ["Mair Example"],
    ),
]


@pytest.mark.parametrize(
    ("html", "says", "values"), [c[1:] for c in MARKS], ids=[c[0] for c in MARKS]
)
def test_marks(html: str, says: str, values: list[str]) -> None:
    assert best(html, says) == values


def test_every_row_of_every_platform_is_a_selector_that_says_something() -> None:
    for platform in platforms():
        assert platform.know, platform.name
        for row in platform.rows:
            assert row.says in SAYS and 0 < row.weight <= 1
            assert compiled(row.selector)(read_page_model("<p>x</p>").nodes[0]) == []


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("wordpress", '<meta name="generator" content="WordPress 6.5"><p>x</p>'),
        ("wordpress", '<script src="https://a.example/wp-includes/js/x.js"></script>'),
        ("blogger", '<meta name="generator" content="blogger"><p>x</p>'),
        ("webflow", '<html data-wf-site="1"><p>x</p>'),
        ("mediawiki", '<body class="mediawiki ns-0"><p>x</p>'),
        ("drupal", '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">'),
        ("joomla", '<meta name="generator" content="Joomla! - Open Source Content Management">'),
        ("squarespace", '<script src="https://static1.squarespace.com/static/x.js"></script>'),
        ("ghost", '<meta name="generator" content="Ghost 5.1"><p>x</p>'),
        ("xenforo", '<html data-app="public"><p>x</p>'),
        ("discourse", '<meta name="generator" content="Discourse 3.2"><p>x</p>'),
        ("typepad", '<meta name="generator" content="http://www.typepad.com/">'),
        ("microformats", '<div class="h-entry">x</div>'),
    ],
)
def test_platforms_are_known_by_their_signs(name: str, html: str) -> None:
    page = read_page_model(html)
    assert name in [platform.name for platform in known_platforms(page, all_names(page))]


def test_a_plain_page_is_of_no_platform() -> None:
    page = read_page_model("<title>Buses</title><body class='home'><h1>Buses</h1><p>Text</p>")
    assert known_platforms(page, all_names(page)) == []


def test_rows_give_elements_and_values() -> None:
    html = (
        '<meta name="generator" content="MediaWiki 1.39"><h1 id="firstHeading">Buses</h1>'
        '<div id="mw-content-text"><div class="mw-parser-output"><p>Text</p></div></div>'
    )
    page = read_page_model(html)
    found = {one.says: one for one in find_evidence(page) if one.origin == "mediawiki"}
    assert found["title"].value == "Buses"
    content = found["content"].element
    assert content is not None and page.text_of(content) == "Text"


def test_selectors_of_a_source_are_evidence_of_full_weight() -> None:
    page = read_page_model("<p class='who'>Mair Example</p><main>Text</main>")
    found = list(of_selectors(page, {"author": ".who", "content": "main"}))
    assert found[0] == Evidence("author", "selector", 1.0, found[0].element, "Mair Example")
    assert (found[1].says, found[1].value) == ("content", None)
