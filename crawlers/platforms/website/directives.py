"""What a page says may be done with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scrapy.http import Response, TextResponse

from cleaning.page import Head, Page

ROBOTS = ("robots", "co-production-pipeline")


def forbids(response: Response, page: Page | None = None) -> set[str]:
    """The robots directives of a page, in its metas and its X-Robots-Tag headers.

    With the model of the page, the page is not parsed again.
    """
    said = [h.decode("latin-1") for h in response.headers.getlist("X-Robots-Tag")]
    metas: list[Mapping[str, str]] = []
    if page is not None:
        metas = [*page.head.metas, *(attributes for _, attributes in page.marks)]
    elif isinstance(response, TextResponse):
        metas = [meta.attrib for meta in response.xpath("//meta[@name and @content]")]
    said += [m.get("content", "") for m in metas if m.get("name", "").strip().lower() in ROBOTS]
    found = {word for line in said for word in re.findall(r"[a-z-]+", line.lower())}
    return found | ({"noindex", "nofollow"} if "none" in found else set())


def tdm_opt_out(response: Response, head: Head) -> bool | None:
    """Whether text and data mining is reserved (W3C TDM Reservation Protocol); None if unsaid."""
    header = response.headers.get("tdm-reservation")
    said = header.decode("latin-1") if header else next(iter(head.meta("tdm-reservation")), None)
    return None if said is None else said.strip() == "1"
