"""What the head of a page says of it: metas by the last words of their names, links, the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cleaning.evidence.model import (
    AUTHOR,
    COMMENT_COUNT,
    LICENCE,
    MODIFIED,
    PUBLISHED,
    PUBLISHER,
    TITLE,
    Evidence,
)
from cleaning.lexicon import lexicon
from cleaning.page import Page

# Vocabularies have the same words with prefixes of their own ("article:published_time",
# "rnews:datePublished", "DC.date.issued"): the end of a name without its signs decides, the first
# row that fits. Nothing is said by a name that none fits.
_ENDINGS = (
    (
        "",
        0.0,
        "eventdate startdate enddate expirationtime expires expirydate validdate copyrightdate "
        "submitteddate acceptedate receiveddate birthdate deadline authorurl authorid authoremail "
        "authorimage twittercreator bookauthor dateaccepted datesubmitted datecopyrighted "
        "imagetitle titleseparator verification",
    ),
    (
        MODIFIED,
        0.9,
        "modifiedtime datemodified modifieddate dctermsmodified dcmodified dcdatemodified",
    ),
    (
        MODIFIED,
        0.7,
        "updatedtime lastmodified lastupdated lastmod updated revised modified dateupdated "
        "updatedat updateddate updatetime",
    ),
    (
        PUBLISHED,
        0.9,
        "publishedtime datepublished publisheddate publishdate publishtime pubdate publicationdate "
        "published publishedat publishedon parselypubdate articledate onlinedate dateissued issued "
        "sailthrudate datepublication firstpublished publicationtime displaydate originaldate "
        "articlepublished originalpublicationdate publish dateposted postdate pubtime releasedate",
    ),
    (PUBLISHED, 0.7, "citationdate datecreated createddate articlecreated creationdate"),
    (PUBLISHED, 0.6, "date created"),
    (
        AUTHOR,
        0.8,
        "author authors authorname byl byline citationauthor dccreator dctermscreator "
        "creatorpersonalname creator writer articleauthor authorsname",
    ),
    (TITLE, 0.8, "ogtitle citationtitle headline"),
    (TITLE, 0.6, "twittertitle dctitle dctermstitle parselytitle sailthrutitle cxenseparsetitle"),
    (PUBLISHER, 0.9, "ogsitename"),
    (PUBLISHER, 0.6, "applicationname dcpublisher citationpublisher dctermspublisher"),
    (LICENCE, 0.6, "dcrightslicense dctermslicense dcrights dctermsrights copyright license"),
    (COMMENT_COUNT, 0.5, "commentcount interactioncount"),
)
_ROWS = tuple((says, weight, tuple(names.split())) for says, weight, names in _ENDINGS)
_SIGNS = re.compile(r"[^a-z0-9]")
_WHOLE = frozenset({"date", "created", "license", "copyright", "publish", "modified", "updated"})
# Vocabularies of libraries put the family name first.
_CITED = re.compile(r"citation|dc[.:]|dcterms|bepress|eprints|prism", re.IGNORECASE)
_LICENCE = re.compile(r"licen[cs]e|\bCC\b|OGL", re.IGNORECASE)


@lru_cache(maxsize=4096)
def read_name(name: str) -> tuple[str, float]:
    """Return what a meta of this name says ("" for nothing), and the weight.

    >>> read_name("cXenseParse:recs:publishtime"), read_name("viewport")
    (('published', 0.9), ('', 0.0))
    """
    plain = _SIGNS.sub("", name.lower())
    parts = re.split(r"[^a-z0-9]+", name.lower())
    for says, weight, endings in _ROWS:
        for ending in endings:
            # A short word counts as the last part of a name, not as the end of any word.
            if plain == ending or (
                plain.endswith(ending) and (ending not in _WHOLE or parts[-1] == ending)
            ):
                return says, weight
    return "", 0.0


def of_head(page: Page) -> Iterator[Evidence]:
    """Yield what metas, links and the title of the page say."""
    if page.head.title:
        yield Evidence(TITLE, "title", 0.5, value=page.head.title)
    for meta in page.head.metas:
        content = meta.get("content", "").strip()
        for key in ("property", "name", "itemprop") if content else ():
            said = [read_name(name) for name in meta.get(key, "").split()]
            for says, weight in said:
                if says and (says != LICENCE or _LICENCE.search(content)):
                    detail = "citation" if says == AUTHOR and _CITED.match(meta[key]) else ""
                    yield Evidence(says, "meta", weight, value=content, detail=detail)
            if any(says for says, _ in said):
                break
    yield from _of_cards(page)
    for link in page.head.links:
        if "license" in link.get("rel", "").lower().split() and link.get("href"):
            yield Evidence(LICENCE, "link", 0.9, value=link["href"].strip())


def _of_cards(page: Page) -> Iterator[Evidence]:
    """Yield what the labels of a card say ("Written by"), which stand apart from their values."""
    for number in ("1", "2"):
        for label in page.head.meta(f"twitter:label{number}")[:1]:
            for value in page.head.meta(f"twitter:data{number}")[:1]:
                if lexicon().is_phrase(label, "by", "author"):
                    yield Evidence(AUTHOR, "meta", 0.8, value=value)
