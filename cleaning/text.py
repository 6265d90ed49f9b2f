"""Characters and blanks of plain text, the same for every source."""

import html
import re
import unicodedata

from cleaning.safe import SURROGATES

_SPACES = (
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
# Soft hyphen, zero-width space, marks of writing direction, word joiner, byte order mark.
_INVISIBLE = (
    "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_CONTROLS = "".join(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if code != 0x0A)

_CHARACTERS: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _CONTROLS)),
    **dict.fromkeys(map(ord, _INVISIBLE)),
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _LINE_ENDS), "\n"),
}

# A joiner shapes Persian and Indic words and holds emoji together; beside Latin it is debris.
_LATIN_JOINER = re.compile("(?<![^\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u024f])")
# All that is changed here but for composition: most text has none of it.
_UNUSUAL = re.compile(f"[{''.join(map(chr, _CHARACTERS))}\u200c\u200d\ud800-\udfff]")

# For text in which runs are one blank already: a run of blanks would be read from each of them.
_BLANKS_AT_LINE_END = re.compile(r" ?\n ?")
_BLANK_RUN = re.compile(r" {2,}")
_EMPTY_LINES = re.compile(r"\n{3,}")

_UNSEEN = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)
_ENDS = {
    "": re.compile(r"-->"),
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
}
_TAG = re.compile(r"""</?([a-zA-Z][a-zA-Z0-9:-]*+)(?:[^<>"']|"[^"]*"|'[^']*')*+>""")
# Elements that stand on lines of their own; all others, unknown ones too, run on in the line
# (HTML Standard, 15.3 "Non-replaced elements").
BLOCK_TAGS = frozenset(
    {
        *("html", "body", "address", "article", "aside", "blockquote", "center", "dialog", "div"),
        *("details", "summary", "dl", "dt", "dd", "dir", "menu", "ul", "ol", "li", "search"),
        *("fieldset", "legend", "form", "optgroup", "option", "figure", "figcaption", "footer"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "nav", "noscript"),
        *("p", "plaintext", "pre", "listing", "xmp", "section", "frameset", "noframes"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
    }
)
_CUT_MARK = re.compile(r"(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.)\s*$")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]+);")


def ends_cut(text: str) -> bool:
    """Tell whether a text ends in a mark that says that it goes on elsewhere.

    >>> ends_cut("The tide came in […]"), ends_cut("The tide came in.")
    (True, False)
    """
    return _CUT_MARK.search(text) is not None


def normalise_characters(text: str) -> str:
    """Return `text` in NFC with one kind of blank and line end, without invisible characters.

    Runs of blanks stay as they are (see `normalise_text`), so this is fit for code too.
    Letters, dashes and curly quotes stay: they are the author's.
    """
    if not _UNUSUAL.search(text) and unicodedata.is_normalized("NFC", text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _LATIN_JOINER.sub("", text.translate(_CHARACTERS))
    return unicodedata.normalize("NFC", SURROGATES.sub("", text))


def normalise_text(text: str) -> str:
    """Return `text` with normalised characters, single blanks and at most one empty line.

    >>> normalise_text("  Co\\u00adproduction\\u00a0 works \\r\\n\\n\\n\\nWell ")
    'Coproduction works\\n\\nWell'
    """
    text = _BLANK_RUN.sub(" ", normalise_characters(text))
    return _EMPTY_LINES.sub("\n\n", _BLANKS_AT_LINE_END.sub("\n", text)).strip()


def read_line(html_or_text: str | None) -> str | None:
    """Return a title or a name as one line of plain text, or None when nothing is left.

    Tags go before entities are decoded, so that "Using &lt;canvas&gt;" keeps its word. Entities
    are decoded twice more: plugins and feeds deliver "&amp;amp;#8217;" for an apostrophe.

    >>> read_line("What&amp;#8217;s <b>co</b>-production?")
    'What’s co-production?'
    """
    if html_or_text is None:
        return None
    text = strip_tags(html_or_text, gap=" ")
    text = html.unescape(text)
    for _ in range(2):
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return normalise_text(text).replace("\n\n", " ").replace("\n", " ") or None


def strip_tags(markup: str, gap: str) -> str:
    """Return `markup` without tags: `gap` where a block or a line ended, nothing inside a line.

    Entities stay as they are. This never fails and never recurses; where structure matters, and
    for all that a parser can read, `cleaning.writing` is better.
    """
    breaks = BLOCK_TAGS | {"br", "img"}
    return _TAG.sub(lambda tag: gap if tag[1].lower() in breaks else "", without_unseen(markup))


def without_unseen(markup: str) -> str:
    """Cut comments, scripts and styles; one that never ends is no such thing, and stays."""
    kept: list[str] = []
    endless: set[str] = set()
    place = 0
    for found in _UNSEEN.finditer(markup):
        kind = (found[1] or "").lower()
        if found.start() < place or kind in endless:
            continue
        end = _ENDS[kind].search(markup, found.end())
        if end is None:  # nor does any that begins later
            endless.add(kind)
            continue
        kept.append(markup[place : found.start()])
        place = end.end()
    return "".join([*kept, markup[place:]])
