"""Follow redirects without losing what they lead to, or where they lead."""

from __future__ import annotations

from urllib.parse import urldefrag, urlsplit

from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.http import Request, Response

from crawlers.challenge import is_challenge
from crawlers.outcome import REDIRECTS, Moved, Withheld

COOKIES = "redirect_cookies"
COOKIES_MOST = 4096
"""Bytes of the cookies that are given back."""


class FollowRedirects(RedirectMiddleware):
    """Scrapy's middleware, with these differences (Scrapy 2.19, seen 2026-11):

    - Scrapy drops a redirect to another site, and one to an address that was asked for already,
      without a word to whoever asked. Here the first is an error that says where it leads, and the
      second one if it leads back to where it came from.
    - A page that redirects to itself until its cookie comes back gets that cookie back: from the
      redirect that set it to the requests that follow, on the same host, and nowhere else.
    """

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        following = super().process_response(request, response)
        if isinstance(following, Request):
            _carry_cookies(request, response, following)
            if _leaves(self, following):
                raise Moved(following.url)
            if _is_circle(request, following):
                if following.meta.get(COOKIES) == request.meta.get(COOKIES):
                    raise Withheld(REDIRECTS)
                following.dont_filter = True
        return following


class FollowMetaRefresh(MetaRefreshMiddleware):
    """Scrapy's middleware, which would lose a page that reloads itself, tests its reader or sends
    him to another site: such a page is taken for what it is."""

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        following = super().process_response(request, response)
        if not isinstance(following, Request):
            return following
        if is_challenge(response) or _is_circle(request, following):
            return response
        if _leaves(self, following):
            note = getattr(self.crawler.spider, "note_move", None)
            if note:
                note(request, following.url)
            return response
        return following


def _leaves(middleware: RedirectMiddleware | MetaRefreshMiddleware, following: Request) -> bool:
    """Whether Scrapy would drop the request, because it leads to another site."""
    crawler = middleware.crawler
    offsite = crawler.get_downloader_middleware(OffsiteMiddleware)
    if offsite is None or crawler.spider is None:
        return False
    is_allowed = following.dont_filter or following.meta.get("allow_offsite")
    return not is_allowed and not offsite.should_follow(following, crawler.spider)


def _is_circle(request: Request, following: Request) -> bool:
    """Whether the request has been made on the way to where it is to be made again."""
    way = [*request.meta.get("redirect_urls", []), request.url]
    return urldefrag(following.url)[0] in {urldefrag(url)[0] for url in way}


def _carry_cookies(request: Request, response: Response, following: Request) -> None:
    """Give the cookies that were set on the way back to the host that set them."""
    if urlsplit(request.url).netloc != urlsplit(following.url).netloc:
        following.meta.pop(COOKIES, None)
        following.headers.pop("Cookie", None)
        return
    cookies = dict(request.meta.get(COOKIES, {}))
    for raw in response.headers.getlist("Set-Cookie"):
        name, is_pair, value = raw.partition(b";")[0].decode("latin-1").strip().partition("=")
        if is_pair and name:
            cookies[name] = value
    line = "; ".join(f"{name}={value}" for name, value in cookies.items())
    if cookies and len(line) <= COOKIES_MOST:
        following.meta[COOKIES] = cookies
        following.headers["Cookie"] = line
