"""Retry what failed, and bodies that ended early."""

from __future__ import annotations

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Request, Response


class RetryPolitely(RetryMiddleware):
    """Scrapy's retries, and one more cause: a body that is shorter than announced.

    How long to wait before a retry is the business of `crawlers.extensions.manners`.
    """

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        if "dataloss" in response.flags and not request.meta.get("dont_retry", False):
            return self._retry(request, "body cut off") or response
        result: Request | Response = super().process_response(request, response)
        return result
