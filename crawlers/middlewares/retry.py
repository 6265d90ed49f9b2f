"""Retry what failed, and bodies that ended early; ask nothing of a host that wants us away."""

from __future__ import annotations

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Request, Response

from crawlers.extensions.manners import KeepDistance
from crawlers.outcome import Withheld


class RetryPolitely(RetryMiddleware):
    """Scrapy's retries, and one more cause: a body that is shorter than announced.

    How long to wait before a retry, and when no more is asked, is the business of
    `crawlers.extensions.manners`.
    """

    def process_request(self, request: Request) -> None:
        manners = self.crawler.get_extension(KeepDistance)
        cause = manners.cause_to_withhold(request) if manners else None
        if cause:
            raise Withheld(cause)

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        if "dataloss" in response.flags and not request.meta.get("dont_retry", False):
            return self._retry(request, "body cut off") or response
        result: Request | Response = super().process_response(request, response)
        return result
