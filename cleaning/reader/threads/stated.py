"""What the markup itself calls a comment: ids with a number, microdata, microformats, evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaning.evidence import Evidence
from cleaning.evidence.model import COMMENT
from cleaning.page import Page
from cleaning.reader.threads.groups import Group, boxes_of

_TYPES = frozenset({"Comment", "UserComments", "Answer"})
_PROPERTIES = frozenset({"comment", "suggestedanswer", "acceptedanswer"})
_NUMBERED = re.compile(
    r"(?:[a-z]+[-_])*(?:comment|kommentar|reply|message|msg)[-_]?(\d+)", re.IGNORECASE
)
_CITES = frozenset({"h-cite", "h-entry"})
_REACTIONS = re.compile(r"u-(?:like|repost|bookmark|tag)-of|p-(?:like|repost)|u-like\b|u-repost\b")
# What is read here more exactly than as evidence.
_READ_HERE = frozenset({"microdata", "microformats", "json-ld"})
_FIELDS = frozenset({"form", "input", "label", "select", "textarea", "a"})


def stated_groups(page: Page, evidence: Sequence[Evidence]) -> list[Group]:
    """Return a group for each way of stating it, the surest first."""
    told: dict[str, set[int]] = {}
    for one in evidence:
        if one.says == COMMENT and one.element is not None and one.origin not in _READ_HERE:
            told.setdefault(one.origin, set()).add(one.element)
    ways = [*map(list, told.values()), _microdata(page), _cites(page), _numbered(page)]
    return [
        Group(boxes_of(page, sorted(found)), len(found), is_stated=True) for found in ways if found
    ]


def _microdata(page: Page) -> list[int]:
    found = []
    for element in page.having("itemscope"):
        attributes = page.attributes[element]
        kind = attributes.get("itemtype", "").rstrip("/").rpartition("/")[2]
        if kind in _TYPES or attributes.get("itemprop", "").lower() in _PROPERTIES:
            found.append(element)
    return found


def _cites(page: Page) -> list[int]:
    """Replies in microformats; a like or a repost says nothing."""
    found = []
    for element in page.having("class"):
        names = page.attributes[element]["class"]
        if "h-cite" in names or "comment" in names:
            tokens = set(names.split())
            is_reply = "u-comment" in tokens or "p-comment" in tokens
            if is_reply and tokens & _CITES and not _REACTIONS.search(names):
                found.append(element)
    return found


def _numbered(page: Page) -> list[int]:
    """What has the id of a comment; of several elements with one number the outermost."""
    found: dict[str, int] = {}
    for element in page.having("id"):
        name = page.attributes[element]["id"]
        if not name or page.tags[element] in _FIELDS:
            continue
        match = _NUMBERED.fullmatch(name)
        if match and match[1] not in found and page.last[element] > page.first[element]:
            found[match[1]] = element
    return list(found.values())
