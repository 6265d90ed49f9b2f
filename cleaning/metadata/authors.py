"""Find who wrote a page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice

from lxml.html import HtmlElement

from cleaning.bylines import Author, find_byline, read_byline
from cleaning.metadata.datelines import DAY
from cleaning.metadata.elements import LINE_TAGS, is_aside, microdata, text_of
from cleaning.metadata.jsonld import Entity
from cleaning.text import read_line

_AUTHOR_METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "dc.creator.personalname",
)
# A label in front of a byline or date; what follows is what it announces.
_BYLINE_LABEL = re.compile(
    r"^(?:(?:posted|written|published|words|reviewed|article|story|authored|created"
    r"|(?:view |see |more |read )*(?:all |other |more )?(?:posts|articles|stories)"
    r"|eingestellt|gepostet|verfasst|geschrieben|publicado|escrito|écrit|publié)\s+)?"
    r"(?:by|author|autor(?:in)?|auteure?|von|par|por|gan|started by|asked by)\b\s*:?\s*",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"\s{0,9}(?:[|•·–—]|\bon\b|\bin\b|\bat\b|\bupdated\b|\bpublished\b|\b\d)(?s:.*)", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|[<>{}\[\]/\\=|]|^\W*$|^(?:admin\w*|author|editor|guest|unknown|anonymous|"
    r"home|about|more|follow|share|read more|all posts|webmaster|web team|none|null|"
    r"(?:my )?account|cancel|log ?in|sign in|(?:view|see|read) (?:more|all)(?: posts)?|"
    r"staff|root|user)$",
    re.IGNORECASE,
)
_NAMED_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:byline|author|authors|post-?author|entry-?author|author-?name|username|"
    r"user-?name|poster|creator)(?:$|[\s_-])|author(?:Name|-link|_name|_link)|userName",
)
_LONGEST_NAME = 100
_MOST_WORDS = 6
_MOST_ELEMENTS = 500


def find_authors(
    tree: HtmlElement, metas: Mapping[str, Sequence[str]], main: Entity | None
) -> tuple[Author, ...]:
    """Return the authors, as the page writes their names: the best source that has any.

    What is declared may name several; of what is shown the first counts, which may be a byline.
    """
    declared: Iterator[Sequence[Author]] = chain(
        [main.authors if main else ()],
        ([Author(value, "unknown") for value in metas.get(name, ())] for name in _AUTHOR_METAS),
    )
    for authors in declared:
        cleaned = ((_clean_name(author.name), author.kind) for author in authors)
        named = {name.casefold(): Author(name, kind) for name, kind in cleaned if name}
        if named:
            return tuple(named.values())
    shown = chain(
        microdata(tree, "author"),
        (text_of(link) for link in tree.iterfind(".//a[@rel='author']")),
    )
    single = next((name for name in map(_clean_name, shown) if name), None)
    return (Author(single, "unknown"),) if single else next(_named_authors(tree), ())


def _clean_name(raw: str) -> str | None:
    name = read_line(raw)
    if name is None:
        return None
    name = _BYLINE_LABEL.sub("", name).strip(" ,;:&•·-–—")
    return None if len(name) > _LONGEST_NAME or _NO_NAME.search(name) else name


@lru_cache(maxsize=20_000)  # the elements of a page share few names
def _is_author_name(names: str) -> bool:
    return bool(_NAMED_AUTHOR.search(names))


def _named_authors(tree: HtmlElement) -> Iterator[tuple[Author, ...]]:
    places = tree.iter(*LINE_TAGS, "cite", "address", "h4", "h5")
    named = (element for element in places if _is_author_name(element.get("class") or ""))
    for element in islice(named, _MOST_ELEMENTS):
        if not is_aside(element):
            text = text_of(element, _LONGEST_NAME)
            if 2 < len(text) <= _LONGEST_NAME:
                authors = _read_shown(text)
                if authors:
                    yield authors


def _read_shown(text: str) -> tuple[Author, ...]:
    """Return whom the text of an element names that is named for the author."""
    if DAY.match(text):
        return ()
    byline = find_byline(text)
    if byline:
        return read_byline(byline)
    name = _clean_name(_AFTER_NAME.sub("", _BYLINE_LABEL.sub("", text)))
    return (Author(name, "unknown"),) if name and len(name.split()) <= _MOST_WORDS else ()
