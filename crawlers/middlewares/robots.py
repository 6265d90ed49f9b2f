"""Obey robots.txt by RFC 9309: also while it is on its way, and when it cannot be had."""

from __future__ import annotations

import logging
import re
from asyncio import Lock
from collections import Counter, defaultdict

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler
from w3lib.encoding import read_bom

from crawlers.outcome import (
    PRIVATE,
    REDIRECTS,
    ROBOTS_REFUSED,
    ROBOTS_UNREACHABLE,
    STAY_AWAY,
    SWAMPED,
    UNAVAILABLE,
    Withheld,
    cause_of,
)
from crawlers.platforms.base import PlatformSpider

logger = logging.getLogger(__name__)

MOST_BYTES = 512 * 1024
"""Of a robots.txt, what lies behind is not read; RFC 9309, 2.5 asks for at least 500 KiB."""
MOST_REDIRECTS = 10
"""RFC 9309, 2.3.1.2 asks for at least 5; behind them a robots.txt counts as not there."""
TELLING = {"dns", "refused", "tls", PRIVATE, ROBOTS_REFUSED, STAY_AWAY, SWAMPED, UNAVAILABLE}
"""Causes that say more than that robots.txt cannot be had; most would keep any page from us."""
HTML = re.compile(
    # Nothing is given back: a row of comments can be read in one way only, or there are 2 ** n.
    r"(?>\s+|<\?xml[^>]*>|<!--.*?-->)*+<(?:!doctype\s++html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
AGENT = re.compile(r"\s*+user[- ]?agent\s*+[:\s]\s*+(?P<name>[^#]*)", re.IGNORECASE)
OTHERS = "User-agent: (others)"


class ObeyRobots(RobotsTxtMiddleware):
    """Scrapy's middleware, with these differences (Scrapy 2.19, seen 2026-11):

    - Of several requests that wait for the same robots.txt, Scrapy gives only the first its rules,
      and lets all others pass. Here they wait for it in a row.
    - Scrapy lets everything pass where robots.txt cannot be fetched, or is answered with a server
      error or 429. Here nothing is asked of that host in this run (RFC 9309, 2.3.1.4).
    - Scrapy reads rules in an error page. Here any other answer of 400 to 499 means no rules (RFC
      9309, 2.3.1.3), 401 and 403 too: a file store without a robots.txt answers 403, and a site
      that wants no crawler refuses its pages as well, which ends the run as blocked.
    - A robots.txt that redirects to another host is read, and holds for the host that was asked.
    - What is no robots.txt (a page in HTML), another encoding, and size are seen to.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._turns: defaultdict[str, Lock] = defaultdict(Lock)
        self._found: dict[str, RobotParser | str] = {}
        self._sizes: Counter[int] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ObeyRobots:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.headers_received, signal=signals.headers_received)
        crawler.signals.connect(middleware.bytes_received, signal=signals.bytes_received)
        return middleware

    async def robot_parser(self, request: Request) -> RobotParser:
        """The rules of the request's host. Raises Withheld where they cannot be had."""
        host = urlparse_cached(request).netloc
        async with self._turns[host]:
            if host not in self._found:
                self._found[host] = await self._ask(request, host)
        found = self._found[host]
        if isinstance(found, str):
            raise Withheld(found)
        return found

    async def _ask(self, request: Request, host: str) -> RobotParser | str:
        """The rules, or the cause for which there are none to go by."""
        self._stats.inc_value("robotstxt/request_count")
        robots = Request(
            f"{urlparse_cached(request).scheme}://{host}/robots.txt",
            priority=self.DOWNLOAD_PRIORITY,
            callback=NO_CALLBACK,
            meta={
                "dont_obey_robotstxt": True,
                "allow_offsite": True,
                "redirect_ttl": MOST_REDIRECTS,
                "robots_of": host,
            },
        )
        assert self.crawler.engine
        try:
            response = await self.crawler.engine.download_async(robots)
        except IgnoreRequest as error:
            cause = cause_of(error)
            if cause == REDIRECTS:
                return await self._parse(b"", request)
            return self._unreachable(host, cause)
        except Exception as error:  # noqa: BLE001 - whatever it was, there are no rules to go by
            self._stats.inc_value(f"robotstxt/exception_count/{type(error)}")
            return self._unreachable(host, cause_of(error))
        return await self._read(response, request, host)

    async def _read(self, response: Response, request: Request, host: str) -> RobotParser | str:
        status = response.status
        self._stats.inc_value("robotstxt/response_count")
        self._stats.inc_value(f"robotstxt/response_status_count/{status}")
        if status == 429:
            return self._unreachable(host, ROBOTS_REFUSED)
        if status >= 500 or status == 408:
            return self._unreachable(host, f"HTTP {status}")
        if not 200 <= status < 300:
            return await self._parse(b"", request)
        if "dataloss" in response.flags:
            return self._unreachable(host, "it is cut off")
        return await self._parse(response.body, request)

    async def _parse(self, body: bytes, request: Request) -> RobotParser:
        name = self._robotstxt_useragent or self.crawler.settings["USER_AGENT"]
        rules = rules_for(name, read_rules(body)).encode()
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, rules)
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=parser, request=request
        )
        return parser

    def _unreachable(self, host: str, why: str) -> str:
        logger.warning("robots.txt of %s cannot be had (%s): nothing is asked there", host, why)
        self._stats.inc_value("robotstxt/unreachable")
        if isinstance(self.crawler.spider, PlatformSpider):
            self.crawler.spider.note(f"robots.txt of {host}: {why}")
        return why if why in TELLING else ROBOTS_UNREACHABLE

    # --- no more of it than is read ---

    def headers_received(self, request: Request) -> None:
        if "robots_of" in request.meta:
            self._sizes[id(request)] = 0

    def bytes_received(self, data: bytes, request: Request) -> None:
        if "robots_of" not in request.meta:
            return
        self._sizes[id(request)] += len(data)
        if self._sizes[id(request)] > MOST_BYTES:
            raise StopDownload(fail=False)


def read_rules(body: bytes) -> str:
    """The lines of a robots.txt: of its first `MOST_BYTES`, whole lines only; none of a page.

    RFC 9309 has UTF-8. A byte order mark is obeyed, and what is not UTF-8 is read as Windows-1252.
    """
    if len(body) > MOST_BYTES:
        # Half a rule may forbid far more than the whole one: "/" instead of "/private".
        body = body[:MOST_BYTES]
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]
    text = _decode(body).replace("\0", "")
    return "" if HTML.match(text) else text


def rules_for(name: str, text: str) -> str:
    """The same lines, but all groups of rules that are not for the crawler `name` have one head.

    A group may name thousands of crawlers and hold thousands of rules, and Protego keeps each rule
    once for each name.

    >>> rules_for("hall-crawler", "User-agent: Hall*\\nUser-agent: b\\nDisallow: /").splitlines()
    ['User-agent: Hall*', 'User-agent: (others)', 'Disallow: /']
    """
    lines = text.splitlines()
    found = ((number, AGENT.match(line)) for number, line in enumerate(lines))
    heads = {number: match["name"].strip().lower() for number, match in found if match}
    ours = [head for head in map(_bare, heads.values()) if _stands_in(head, name.lower())]
    closest = max(ours, key=len, default="")
    for number, head in heads.items():
        if head != "*" and _bare(head) != closest:
            lines[number] = OTHERS
    return "\n".join(lines)


def _bare(head: str) -> str:
    return head.replace("*", "")


def _stands_in(head: str, name: str) -> bool:
    """Whether a head is in a name, and there begins a word, as Protego has it."""
    if not head or head not in name:
        return False
    before = (name[place - 1 : place] for place in range(len(name)) if name.startswith(head, place))
    return not all(letter.isalnum() or letter in set("-_") for letter in before)


def _decode(body: bytes) -> str:
    encoding, mark = read_bom(body)
    if encoding and mark:
        return body[len(mark) :].decode(encoding, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")
