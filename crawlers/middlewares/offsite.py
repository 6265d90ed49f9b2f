"""Stay on the source's site, and read the robots.txt of every host that a page is asked of."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached


class StayOnSite(OffsiteMiddleware):
    """Scrapy's filter, which lets robots.txt pass.

    Scrapy's own also drops the request for the robots.txt of another host, when a page there is
    allowed with `allow_offsite`, and a robots.txt that redirects to another host: either time the
    pages are then asked for as if nothing were forbidden (seen with Scrapy 2.19, 2026-11).
    """

    def should_follow(self, request: Request, spider: Spider) -> bool:
        # No page is asked for so: only Scrapy's reader of robots.txt has no callback.
        if request.callback is NO_CALLBACK and urlparse_cached(request).path == "/robots.txt":
            return True
        return super().should_follow(request, spider)
