"""Labelled comments: a gzipped file of JSON lines, read for training and for measuring.

A line has ``text`` (links written as ``words <URL>``), ``author``, ``url`` (the author's link),
``label`` (``ham`` or ``spam``), ``source``, ``page``, ``language``, ``stratum`` and ``kind``
(``comment`` or ``pingback``).
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from .guards import is_citing
from .view import SeenComment, look_at

_ANCHOR = re.compile(r"""\s?<"?(https?://[^<>\s"]++)"?[^<>\s]*>""")


@dataclass(frozen=True, slots=True)
class LabelledComment:
    """A comment as the judge is asked about it, and what is known of it. ``site`` is one for all
    comments that belong to one owner, so that no site stands on both sides of a split."""

    text: str
    author: str | None
    author_url: str | None
    links: tuple[str, ...]
    page_host: str
    is_spam: bool
    is_pingback: bool
    source: str
    language: str
    stratum: str
    site: str
    raw: str

    @property
    def seen(self) -> SeenComment:
        """As `judge_comment` looks at it."""
        url = None if is_citing(self.text, self.is_pingback) else self.author_url
        return look_at(self.text, self.author, url, self.links, self.page_host.lower())


def read_labelled(path: Path) -> list[LabelledComment]:
    """Every comment of the file; KeyError where a line lacks a field."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [_read(row, site) for row, site in zip(rows, _sites(rows), strict=True)]


def _read(row: dict[str, str], site: str) -> LabelledComment:
    return LabelledComment(
        text=_ANCHOR.sub("", row["text"]),
        author=row["author"] or None,
        author_url=row["url"] or None,
        links=tuple(_ANCHOR.findall(row["text"])),
        page_host=_page_host(row) or _host_of_source(row["source"]),
        is_spam=row["label"] == "spam",
        is_pingback=row["kind"] == "pingback",
        source=row["source"],
        language=row["language"],
        stratum=row["stratum"],
        site=site,
        raw=f"{row['text']} {row['author']} {row['url']}",
    )


def _page_host(row: dict[str, str]) -> str | None:
    return urlsplit(row["page"]).hostname if row["page"].startswith("http") else None


def _host_of_source(source: str) -> str:
    name = source.rsplit("/", 1)[-1].lower()
    return name if "." in name else ""


def _sites(rows: Sequence[dict[str, str]]) -> list[str]:
    """Sources that share a host are one site, however many sources and hosts lie between."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for row in rows:
        host = _page_host(row)
        if host:
            parent[root(f"host {host}")] = root(f"source {row['source']}")
    return [root(f"source {row['source']}") for row in rows]
