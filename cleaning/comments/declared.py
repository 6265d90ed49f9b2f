"""Read how many comments a page says that it has, from the heading above them.

The heading is written by the theme in the blog's language: "3 comments:", "Comments (3)",
"One thought on “Ten ways …”", "12 Kommentare". Titles of posts hold numbers too, so a number
counts only at the start, beside the word for comments, or after that word and a bracket or colon.
"""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from .tree import class_tokens, read_lines

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLES = frozenset(
    {
        *("comments-title", "comment-title", "title-comments", "comments-h", "comments-header"),
        *("comments-heading", "comments-count", "wp-block-comments-title", "postcomment"),
    }
)
_WORD = (
    r"(?:comments?|comentarios?|comentários?|commentaires?|commenti|commento|kommentar(?:e|er)?"
    r"|responses?|repl(?:y|ies)|respuestas?|réponses?|risposte|reacties|antwort(?:en)?|thoughts?"
    r"|gedanken?|pensieri|sylw(?:adau)?|ymateb(?:ion)?|feedbacks?)"
)
_NUMBER = r"(\d{1,3}(?:[.,'\s]\d{3}){1,4}|\d{1,12})"
_AT_START = re.compile(rf"\W*{_NUMBER}\s+{_WORD}\b", re.IGNORECASE)
_BESIDE = re.compile(rf"(?<![\w.,]){_NUMBER}\s{{1,9}}{_WORD}\b", re.IGNORECASE)
_AFTER = re.compile(rf"\W*{_WORD}\s*[(\[:]\s*{_NUMBER}\s*[)\]]?\W*", re.IGNORECASE)
_ONE = re.compile(rf"\W*(?:one|ein|eine|un|una|uno|une|um|één)\s+{_WORD}\b", re.IGNORECASE)
_NONE = re.compile(
    rf"\W*(?:no|no hay|sin|keine|noch keine|aucun|nessun|nenhum|geen|dim)\s+{_WORD}\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"\W*(?:\w+ ){{0,2}}{_WORD}\W*(?:(?:on|to|zu|sur|en|auf|ar)\b.*)?", re.IGNORECASE
)
_BARE = re.compile(rf"\W*(?:{_NUMBER}\s+{_WORD}|{_WORD}\s*[(\[:]\s*{_NUMBER})\W*", re.IGNORECASE)
_QUOTE = re.compile(r"[“”„«»\"‟]")
_JSON_COUNT = re.compile(r'"commentCount"\s*:\s*"?(\d+)')


def read_declared(tree: HtmlElement, platform: str) -> int | None:
    """The number in the first heading of the comments that holds one, else None.

    Failing a heading, the page's own link to ``#comments`` ("17 Comments" beside the date), or a
    heading anywhere that is nothing but such a number.
    """
    for candidates in (_headings(tree), _links_to_comments(tree), _bare_headings(tree)):
        for element in candidates:
            number = read_count(" ".join(read_lines(element)))
            if number is not None:
                return number
    return None if platform == "blogger" else _structured(tree)


def read_count(heading: str) -> int | None:
    """Read the number of comments from a heading's text.

    >>> read_count("3 thoughts on “10 ways to listen”"), read_count("Comments on “10 ways”")
    (3, None)
    """
    text = _QUOTE.split(heading, maxsplit=1)[0]
    if _NONE.match(text):
        return 0
    if _ONE.match(text):
        return 1
    match = _AT_START.match(text) or _AFTER.fullmatch(text) or _BESIDE.search(text)
    return int(re.sub(r"\D", "", match.group(1))) if match else None


def is_comment_heading(line: str) -> bool:
    """Whether a line is the heading of comments without a number ("Comments", "Kommentare:")."""
    return _ALONE.fullmatch(line) is not None


def _headings(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.iter(etree.Element):
        if not _TITLES.isdisjoint(class_tokens(element)) or (
            element.tag in _HEADINGS and _is_of_comments(element)
        ):
            yield element


def _bare_headings(tree: HtmlElement) -> Iterator[HtmlElement]:
    for heading in tree.iter(*_HEADINGS - {"h1"}):
        if _BARE.fullmatch(" ".join(read_lines(heading))):
            yield heading


def _is_of_comments(heading: HtmlElement) -> bool:
    if heading.get("id") in {"comments", "comments-title"}:
        return True
    for above in heading.iterancestors():
        if above.get("id") == "comments" or "comments-area" in class_tokens(above):
            return True
    return False


def _links_to_comments(tree: HtmlElement) -> Iterator[HtmlElement]:
    # Only this page's own: a sidebar links to the comments of other posts.
    canonical = tree.xpath("string((descendant::link[@rel='canonical']/@href)[1])")
    own = {"#comments", f"{canonical}#comments"}
    return (link for link in tree.iter("a") if link.get("href") in own)


def _structured(tree: HtmlElement) -> int | None:
    """The one ``commentCount`` of the page's JSON-LD; several would be those of several posts."""
    found: set[str] = set()
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            found.update(_JSON_COUNT.findall(script.text or ""))
    return int(found.pop()) if len(found) == 1 else None
