"""What a page says may be done with it."""

from __future__ import annotations

import re

from scrapy.http import Response, TextResponse

from cleaning.page import Head

ROBOTS = ("robots", "co-production-pipeline")


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
    said = header.decode("latin-1") if header else next(iter(head.meta("tdm-reservation")), None)
    return None if said is None else said.strip() == "1"
