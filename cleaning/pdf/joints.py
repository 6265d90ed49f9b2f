"""How the end of a line and the beginning of the next become one text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from cleaning.pdf.lines import Segment
from cleaning.pdf.words import Word

BROKEN = re.compile(r"^(?P<before>[\W_]*+(?:[^\W\d_]|[-'’])*[^\W\d_])-$")
CONTINUED = re.compile(r"^[^\W\d_]+")
LETTERS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
HYPHENATED = frozenset(
    {"all", "anti", "co", "cross", "ex", "half", "high", "inter", "long", "low", "mid", "multi"}
    | {"non", "one", "post", "pre", "pro", "re", "self", "semi", "short", "two", "well", "cyd"}
)
"""First parts whose hyphen is their own, as in "co-production", where the text does not tell."""
OPEN_URL = re.compile(r"^\(?(?:https?://|www\.)\S*[^\s.,;:)\]!?\"'”’]$", re.IGNORECASE)
REST_OF_URL = re.compile(r"^(?=\S*$)[\w%~.-]*[/?=&#_]|^[\w-]+\.(?:html?|pdf|php|aspx?)$")


class Vocabulary:
    """The words of a PDF as they stand inside its lines, by which broken ones are mended."""

    def __init__(self, lines: Iterable[Segment]) -> None:
        self.words: set[str] = set()
        for line in lines:
            # The last word may be the one that is broken, the first one its other half.
            inner = " ".join(w.text for w in line.words[1:-1]) or ""
            self.words.update(w.casefold() for w in LETTERS.findall(inner))

    def joint(self, last: Word, text: str, first: Word) -> tuple[str, str]:
        """(what `text`, the end of a line, becomes, what stands between it and `first`).

        `last` is the word whose look the end has.
        """
        if _is_one_address(last, text, first):
            return text, ""
        broken = BROKEN.match(text)
        rest = CONTINUED.match(first.text)
        if not broken or not rest:
            return text, " "
        return (text if self._keeps_hyphen(broken["before"], rest[0]) else text[:-1]), ""

    def _keeps_hyphen(self, before: str, after: str) -> bool:
        if after[0].isupper():
            return True
        begin, end = before.strip("\"'“‘([").casefold(), after.casefold()
        if f"{begin}-{end}" in self.words:
            return True
        if begin + end in self.words:
            return False
        return begin.split("-")[-1] in HYPHENATED and len(end) > 3


def _is_one_address(last: Word, text: str, first: Word) -> bool:
    """Whether the line broke inside an address, which then goes on without a blank."""
    both = (text + first.text).rstrip(".,;)")
    if last.link and last.link == first.link:
        return _bare(both) in _bare(last.link)
    if last.link or first.link:
        return False
    return bool(OPEN_URL.match(text) and REST_OF_URL.match(first.text))


def _bare(url: str) -> str:
    return unquote(url).casefold().removeprefix("mailto:").strip("()<>")
