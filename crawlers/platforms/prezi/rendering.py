"""Have a browser open a page: the optional extra `rendering` (scrapy-playwright).

Only a source that asks for it starts a browser, and only then is anything of the extra imported.
The browser opens the one page that was asked for. Its scripts and data come from its own host, as
far as the robots.txt of that host allows, and from the hosts that the source names in
`render_domains`; pictures, films, frames, other pages, windows and sockets are refused. All that is
loaded, also by redirects, comes from public addresses (`gateway.py`). What is archived is the page
as its scripts left it: such a capture has the flag `playwright`.

Settings of a deployment: PLAYWRIGHT_LAUNCH_OPTIONS (which browser, and how), as scrapy-playwright
documents them. Without them Debian's `chromium` is taken, or else the browser that Playwright
installed itself.
"""

from __future__ import annotations

import logging
import os
import shutil
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

HANDLER = "crawlers.platforms.prezi.browser.OpenInBrowser"
PAGE = "rendering_page"
"""The key of a request's `meta` that holds the browser's page while it is open."""
NAVIGATION_TIMEOUT = 30
"""Seconds until the page itself has to be there."""
SCRIPT_TIMEOUT = 15
"""Seconds that its scripts then have to write the transcript; what is there by then is archived."""
LOADED = {"document", "script", "stylesheet", "xhr", "fetch"}
"""What a page needs to write its text. Playwright's names for the kinds of requests."""
QUIET = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
PROXIED = ("--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--disable-quic")
"""So that no page sends packets past the proxy."""
HAS_TRANSCRIPT = """() => {
  const found = document.querySelector("#transcript-full-text, .transcript-full-text");
  return found !== null && found.textContent.trim() !== "";
}"""


def is_installed() -> bool:
    return find_spec("scrapy_playwright") is not None


def update_settings(settings: BaseSettings) -> None:
    """Give one source's crawl the browser; a deployment's own settings stay."""
    handlers = {**settings.getdict("DOWNLOAD_HANDLERS"), "http": HANDLER, "https": HANDLER}
    settings.set("DOWNLOAD_HANDLERS", handlers, priority="spider")
    own = {
        "PLAYWRIGHT_LAUNCH_OPTIONS": launch_options(),
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": NAVIGATION_TIMEOUT * 1000,
        "PLAYWRIGHT_MAX_CONTEXTS": 1,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
    }
    for name, value in own.items():
        if settings.get(name) is None:
            settings.set(name, value, priority="spider")


def launch_options() -> dict[str, Any]:
    """How the browser is started: with its sandbox, which Chromium gives to all but root."""
    options: dict[str, Any] = {"args": list(QUIET), "chromium_sandbox": os.geteuid() != 0}
    browser = shutil.which("chromium")
    return options | ({"executable_path": browser} if browser else {})


def behind(proxy: str, options: dict[str, Any]) -> None:
    """Have a browser with these launch options reach the network through a proxy and no other way.

    The loopback addresses, too, which browsers ask past any proxy unless they are told.
    """
    options.setdefault("proxy", {"server": proxy, "bypass": "<-loopback>"})
    options["args"] = [*options.get("args", ()), *PROXIED]


def meta(crawler: Crawler, domains: tuple[str, ...], *, has_transcript: bool) -> dict[str, Any]:
    """The `meta` of a request that a browser shall answer.

    `domains` may be loaded from besides the page's own host; `has_transcript` says whether to wait
    for one.
    """
    page_method = import_module("scrapy_playwright.page").PageMethod
    return {
        "playwright": True,
        "playwright_context_kwargs": {"accept_downloads": False, "service_workers": "block"},
        "playwright_page_init_callback": _Guard(crawler, domains),
        "playwright_page_methods": [page_method(_wait_for_transcript)] if has_transcript else [],
    }


async def _wait_for_transcript(page: Any) -> None:
    errors = import_module("playwright.async_api")
    try:
        await page.wait_for_function(HAS_TRANSCRIPT, timeout=SCRIPT_TIMEOUT * 1000)
    except errors.Error as error:
        logger.info("No transcript was written on %s: %s", page.url, str(error).split("\n")[0])


class _Guard:
    """Lets one page load what its text needs, and nothing else."""

    def __init__(self, crawler: Crawler, domains: tuple[str, ...]) -> None:
        self.crawler = crawler
        self.domains = domains

    async def __call__(self, page: Any, request: Request) -> None:
        request.meta[PAGE] = page
        visits = 0

        async def judge(route: Any) -> None:
            nonlocal visits
            wanted = route.request
            is_page = wanted.resource_type == "document" and wanted.frame.parent_frame is None
            visits += is_page
            if is_page and visits > 1:
                # "No content" leaves the page where it is; an error would take its place.
                await route.fulfill(status=204)
            elif await self._is_allowed(wanted, request):
                await route.fallback()
            else:
                await route.abort()

        await page.context.route("**", _refuse)  # for windows that the page opens
        await page.route_web_socket("**", _close)
        await page.route("**", judge)

    async def _is_allowed(self, wanted: Any, request: Request) -> bool:
        if wanted.resource_type not in LOADED or wanted.method not in {"GET", "HEAD", "OPTIONS"}:
            return False
        if wanted.frame.parent_frame is not None:
            return False
        there, here = urlsplit(wanted.url), urlsplit(request.url)
        if there[:2] == here[:2]:
            return await self._robots_allow(wanted.url)
        host = there.hostname or ""
        return there.scheme == here.scheme and any(
            host == known or host.endswith(f".{known}") for known in self.domains
        )

    async def _robots_allow(self, url: str) -> bool:
        """Whether the robots.txt of the page's host, read before the page itself, allows it."""
        robots = self.crawler.get_downloader_middleware(RobotsTxtMiddleware)
        try:
            if robots is not None:
                await robots.process_request(Request(url))
        except IgnoreRequest:
            return False
        return True


async def _refuse(route: Any) -> None:
    await route.abort()


async def _close(socket: Any) -> None:
    await socket.close()
