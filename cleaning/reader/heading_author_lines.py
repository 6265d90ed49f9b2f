"""What lines and elements around names say: that they announce authors, or are no names at all."""

from __future__ import annotations

import re
from functools import lru_cache

from cleaning.bylines import Kind, is_person
from cleaning.bylines.phrases import strip_plain_lead, without_date_before
from cleaning.dates import find_written_dates
from cleaning.lexicon import lexicon
from cleaning.page import Block, Page
from cleaning.reader.heading_lines import first_words

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:by(?:-?line)?|authors?|post-?author|entry-?author|article-?author|author-?name"
    r"|user-?name|poster|creator|writer|contributor|autore?r?|auteur|awdur)(?:$|[\s_-])"
    r"|author(?:Name|-link|_name|_link)|userName|[Bb]yline|-author$"
)
_IN_NAMED = (  # parts of all of these, which are looked for faster than the whole
    *("line", "author", "aut", "user", "poster", "creator", "writer", "contributor", "awdur"),
)
_ABOUT = re.compile(
    r"(?:bio|box|card|role|title|rank|avatar|image|img|desc|about|social|info|status|badge|joined"
    r"|since|group|level|count|form|comment)(?:$|[\s_-])",
    re.IGNORECASE,
)


def listed(page: Page, block: Block, line: str) -> str:
    """Return the linked names of a byline as a list, where they are set apart by the layout."""
    links = {e: text for text, e in block.pieces if page.tags[e] == "a" and is_person(text.strip())}
    if len(links) < 2:
        return line
    return line.replace(" | ", ", ") if line.count(" | ") < len(links) + 2 else line


def upright(name: str) -> str:
    """Turn "Example, Beth" of a citation into "Beth Example"; lists of names stay as they are."""
    last, comma, first = name.partition(",")
    is_one = comma and ";" not in name and "," not in first and len(last.split()) <= 3
    are_two = is_person(first.strip()) and is_person(last) and last[0].isupper()
    return f"{first.strip()} {last.strip()}" if is_one and not are_two else name


def named_elements(page: Page) -> dict[int, str]:
    """Return the elements that are named for or about an author."""
    found: dict[int, str] = {}
    for element in page.having("class", "id"):
        attributes = page.attributes[element]
        kind = _name_kind(attributes.get("class", ""), attributes.get("id", ""))
        if kind:
            found[element] = kind
    return found


@lru_cache(maxsize=20_000)  # the elements of a page share few names
def _name_kind(classes: str, own: str) -> str:
    names = f"{classes} {own}"
    if not any(part in names for part in _IN_NAMED) or not _NAMED.search(names):
        return ""
    return "about" if _ABOUT.search(names) else "named"


def may_announce(block: Block) -> bool:
    return not first_words("by", "weak_by", "author").isdisjoint(block.words)


def announces(line: str) -> bool:
    """Tell whether a part of a line begins with a word that announces names."""
    pieces = re.split("[|•·⋅–—]", line)
    return any(strip_plain_lead(without_date_before(piece.strip()))[0] for piece in pieces)


def is_lead(line: str) -> bool:
    """Tell whether a line only announces names: "Written by", "Autor:"."""
    return len(line) <= 30 and lexicon().is_phrase(line, "by", "author")


def is_date(line: str) -> bool:
    dates = find_written_dates(line)
    return bool(dates) and dates[0].start <= 12 and dates[0].end - dates[0].start > len(line) / 2


def is_no_author(name: str, kind: Kind) -> bool:
    words = name.split()
    month = words[0].rstrip(".,").casefold() if words else ""
    if len(words) == 2 and words[1].isdigit() and month in lexicon().months:
        return True  # a day without its year
    if kind == "unknown" and len(words) > 1 and name[:1].islower():
        return True  # "by emailing us" says nothing of who wrote
    if is_lead(name) or lexicon().is_phrase(name, "weak_by", "and"):
        return True
    kinds = ("rank", "posts", "location", "comment", "related", "section_titles", "is_author")
    return lexicon().is_phrase(name, *kinds) or bool(find_written_dates(name))
