"""Find who wrote a page."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from lxml.html import HtmlElement

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
    r"^(?:(?:posted|written|published|words|reviewed|article|story|authored|created)\s+)?"
    r"(?:by|author|von|par|por|gan|started by|asked by)\b\s*:?\s*",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"\s*(?:[|•·–—]|\bon\b|\bin\b|\bat\b|\bupdated\b|\bpublished\b|\d).*$", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|[<>{}\[\]/\\=|]|^\W*$|^(?:admin\w*|author|editor|guest|unknown|anonymous|"
    r"home|about|more|follow|share|read more|all posts|webmaster|none|null|staff)$",
    re.IGNORECASE,
)
_NAMED_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:byline|author|authors|post-?author|entry-?author|author-?name|username|"
    r"user-?name|poster|creator)(?:$|[\s_-])|author(?:Name|-link|_name|_link)|userName",
)
_LONGEST_NAME = 100


def find_authors(
    tree: HtmlElement, metas: Mapping[str, str], main: Entity | None
) -> tuple[str, ...]:
    """Return the names of the authors as the page writes them: the best source that has any."""
    sources: tuple[Callable[[], Iterator[str]], ...] = (
        lambda: iter(main.authors if main else ()),
        lambda: (metas[name] for name in _AUTHOR_METAS if name in metas),
        lambda: microdata(tree, "author"),
        lambda: (text_of(link) for link in tree.iterfind(".//a[@rel='author']")),
        lambda: _named_authors(tree),
    )
    for names in sources:
        found = [name for name in map(_clean_name, names()) if name]
        if found:
            is_list = names is sources[0]
            return tuple(dict.fromkeys(found)) if is_list else (found[0],)
    return ()


def _clean_name(raw: str) -> str | None:
    name = read_line(raw)
    if name is None:
        return None
    name = _BYLINE_LABEL.sub("", name).strip(" ,;:•·-–—")
    return None if len(name) > _LONGEST_NAME or _NO_NAME.search(name) else name


@lru_cache(maxsize=20_000)  # the elements of a page share few names
def _is_author_name(names: str) -> bool:
    return bool(_NAMED_AUTHOR.search(names))


def _named_authors(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter(*LINE_TAGS, "cite", "address", "h4", "h5"):
        names = element.get("class")
        if names and _is_author_name(names) and not is_aside(element):
            text = text_of(element, _LONGEST_NAME)
            if 2 < len(text) <= _LONGEST_NAME:
                name = _AFTER_NAME.sub("", _BYLINE_LABEL.sub("", text))
                if name and len(name.split()) <= 6:
                    yield name
