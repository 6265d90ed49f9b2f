"""What the files of a mirror say by themselves, read without any code of the project.

Regular expressions over the bytes and nothing else: a benchmark that asked the project's own
readers for the truth could not fail.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

COMMENT = re.compile(r'<(?:article|li|div)[^>]*\bid="comment-(\d+)"')
LANGUAGE = re.compile(r"<html\b[^>]*\blang=[\"']([a-z]{2})")
BYLINE = re.compile(r'class="entry-author-name">([^<]+)<')
BLOGGER_COMMENT = re.compile(r"""\b(?:id|name)=["']c(\d{6,})["']""")
BLOGGER_POST = re.compile(r"\bid=['\"]post-body-(\d+)['\"]")


@dataclass(frozen=True)
class MirrorFiles:
    """An unpacked mirror."""

    folder: Path

    @cached_property
    def posts(self) -> dict[str, Any]:
        """REST's objects of all posts, by their ids."""
        return self._objects("posts", "post")

    @cached_property
    def pages(self) -> dict[str, Any]:
        """REST's objects of all pages, by their ids."""
        return self._objects("pages", "page")

    @cached_property
    def comments(self) -> dict[str, Any]:
        """REST's objects of all comments, by their ids."""
        return self._objects("comments", "comment")

    def _objects(self, name: str, kind: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for file in (self.folder / "wp-json/wp/v2").glob(f"{name}*/**/index.html"):
            try:
                value = json.loads(file.read_bytes())
            except ValueError:
                continue
            for entry in value if isinstance(value, list) else [value]:
                if isinstance(entry, dict) and entry.get("type") == kind:
                    found[str(entry["id"])] = entry
        return found

    def page(self, url: str) -> str | None:
        """The page at an address of the site, None where the mirror has none."""
        file = self.folder / unquote(urlsplit(url).path).lstrip("/") / "index.html"
        return file.read_text("utf-8", "replace") if file.is_file() else None

    def language(self, url: str) -> str | None:
        """The language that the page at `url` declares; None where there is no page."""
        found = LANGUAGE.search(self.page(url) or "")
        return found[1] if found else None

    def byline(self, url: str) -> str | None:
        """The name that a page of Genesis shows as its author."""
        found = BYLINE.search(self.page(url) or "")
        return html.unescape(found[1]).strip() if found else None

    @cached_property
    def shown_comments(self) -> set[str]:
        """The ids of the comments that any page of a WordPress site shows."""
        pages = (file for file in self.folder.rglob("index.html") if "wp-json" not in file.parts)
        return {i for file in pages for i in COMMENT.findall(file.read_text("utf-8", "replace"))}

    @cached_property
    def blogger_posts(self) -> set[str]:
        """The ids of the posts that any page of a Blogger blog holds."""
        return {i for text in self._blogger_pages() for i in BLOGGER_POST.findall(text)}

    @cached_property
    def blogger_comments(self) -> set[str]:
        """The ids of the comments that any page of a Blogger blog shows."""
        return {i for text in self._blogger_pages() for i in BLOGGER_COMMENT.findall(text)}

    def _blogger_pages(self) -> list[str]:
        return [f.read_text("utf-8", "replace") for f in self.folder.glob("2*/*/*.html")]


def plain(markup: str) -> str:
    """A title of REST as plain text."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


def utc(moment: str) -> datetime:
    """A `date_gmt` of REST, which is UTC and does not say so."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)
