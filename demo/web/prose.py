"""HTML and plain text: what the platforms do to a text before they show it."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from string import Template

_TEMPLATES = Path(__file__).parent / "templates"

# Tags that do not end a word: `<b>a</b>b` is one word, `<p>a</p><p>b</p>` is two.
_INLINE = frozenset({"a", "abbr", "b", "cite", "code", "em", "i", "span", "strong", "sub", "sup"})

# WordPress's wptexturize sends these as numeric entities in every form (page, REST, feed).
_TEXTURISED = str.maketrans(
    {
        "’": "&#8217;",
        "‘": "&#8216;",
        "“": "&#8220;",
        "”": "&#8221;",
        "–": "&#8211;",
        "…": "&#8230;",
    }
)

# The default length of an automatic excerpt in WordPress.
EXCERPT_WORDS = 55


@cache
def _template(name: str) -> Template:
    return Template((_TEMPLATES / f"{name}.html").read_text(encoding="utf-8"))


def render(name: str, **values: object) -> str:
    """Fill `templates/<name>.html`. Values are HTML already.

    Raises:
        KeyError: the template asks for a value that is not given.
    """
    return _template(name).substitute(values)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain_text(html: str) -> str:
    """The text of an HTML fragment on one line, single spaces, entities decoded."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())


def cut_excerpt(html: str) -> tuple[str, bool]:
    """The automatic excerpt (plain text) and whether it had to be cut."""
    words = plain_text(html).split()
    return " ".join(words[:EXCERPT_WORDS]), len(words) > EXCERPT_WORDS


def texturise(html: str) -> str:
    """Typographic characters as numeric entities, as WordPress sends them."""
    return html.translate(_TEXTURISED)


def texturise_line(text: str) -> str:
    """A plain line (title, term) as WordPress sends it: `&` becomes `&#038;`."""
    line = escape(text, quote=False).replace("&amp;", "&#038;")
    return texturise(line)


def paragraphs(text: str) -> str:
    """A comment as WordPress's wpautop shows it: paragraphs and `<br />`."""
    parts = (part.strip().replace("\n", "<br />\n") for part in re.split(r"\n\s*\n", text))
    return "".join(f"<p>{part}</p>\n" for part in parts if part)


def broken_lines(text: str) -> str:
    """A comment as Blogger stores it: one block, `<br />` for each end of a line."""
    return text.strip().replace("\n", "<br />")


def attribute(text: str) -> str:
    """A plain text as the value of an attribute; entities in it are decoded first."""
    return escape(unescape(text), quote=True)
