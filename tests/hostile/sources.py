"""Each case as a source; HOSTILE_SITES in the environment says where it is served, as JSON."""

from __future__ import annotations

import json
import os
from typing import Any

from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.blogger import BloggerSpider
from crawlers.platforms.website import WebsiteSpider
from crawlers.platforms.wordpress import WordPressSpider
from tests.hostile.cases import CASES, Case

PLATFORMS: dict[str, type[PlatformSpider]] = {
    "website": WebsiteSpider,
    "wordpress": WordPressSpider,
    "blogger": BloggerSpider,
}
SITES: dict[str, str] = json.loads(os.environ.get("HOSTILE_SITES", "{}"))


def _source(case: Case, address: str) -> type[PlatformSpider]:
    attributes: dict[str, Any] = {
        "__module__": __name__,
        "name": case.name,
        "title": case.what,
        "start_urls": [f"{address}/"],
        "site": f"{case.name}.example",
        "languages": ("en",),
        "timezone": "Europe/London",
        "expected_documents": (1, 1000),
        "terms": "Invented.",
    }
    base = PLATFORMS[case.platform]
    return type(f"{case.name}_spider", (base,), attributes | dict(case.attributes))


# Scrapy's spider loader finds classes by the names of a module.
globals().update({f"{c.name}_spider": _source(c, SITES[c.name]) for c in CASES if c.name in SITES})
