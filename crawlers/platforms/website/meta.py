"""What a page's head says: its metas, its JSON-LD, and what may be done with it.

Title, authors, dates and licence are read from the whole page in the item pipeline.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement
from scrapy.http import Response, TextResponse

from crawlers.platforms.jsonld import things

ROBOTS = ("robots", "co-production-pipeline")


class Head:
    """The metas and JSON-LD of a page, read once."""

    def __init__(self, tree: HtmlElement) -> None:
        self.metas: dict[str, list[str]] = {}
        for meta in tree.iter("meta"):
            name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
            content = (meta.get("content") or "").strip()
            if name and content:
                self.metas.setdefault(name, []).append(content)
        self.graph = list(things(tree))

    def first(self, *names: str) -> str | None:
        return next((self.metas[name][0] for name in names if name in self.metas), None)


def forbids(response: Response) -> set[str]:
    """The robots directives of a page, in its metas and its X-Robots-Tag headers."""
    said = [h.decode("latin-1") for h in response.headers.getlist("X-Robots-Tag")]
    if isinstance(response, TextResponse):
        metas = response.xpath("//meta[@name and @content]")
        said += [m.attrib["content"] for m in metas if m.attrib["name"].strip().lower() in ROBOTS]
    found = {word for line in said for word in re.findall(r"[a-z-]+", line.lower())}
    return found | ({"noindex", "nofollow"} if "none" in found else set())


def tdm_opt_out(response: Response, head: Head) -> bool | None:
    """Whether text and data mining is reserved (W3C TDM Reservation Protocol); None if unsaid."""
    header = response.headers.get("tdm-reservation")
    said = header.decode("latin-1") if header else head.first("tdm-reservation")
    return None if said is None else said.strip() == "1"
