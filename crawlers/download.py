"""The download handler of http and https: Scrapy's own, held to public addresses and small headers.

Three checks of the address, each for what the one before cannot see: an IP address in the URL, what
a name resolved to (nothing is sent, not even a connection made), and the peer of the connection
once it stands. The last one needs no trust in any look-up, and comes before the request is sent, so
that a name which changes its address between two look-ups reaches nothing. Redirects are requests
of their own and pass here like any other.

Through a proxy the addresses are the proxy's to check; its own has to be public, or to stand in
PRIVATE_ADDRESSES_ALLOWED.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any

from OpenSSL import SSL
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Request, Response
from scrapy.resolver import CachingThreadedResolver
from service_identity import VerificationError
from twisted.internet.defer import Deferred, fail
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import (
    IAddress,
    IProtocol,
    IProtocolFactory,
    IStreamClientEndpoint,
)
from twisted.python.failure import Failure
from twisted.web.client import HTTPConnectionPool
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.addresses import AddressRule, PrivateAddressError, literal
from crawlers.wholeness import settle

HEADERS_MAX = 256 * 1024
"""Bytes of status line and headers; servers and browsers stop at 8 to 256 KiB. Twisted bounds a
line, and not how many there are."""


class HeadersTooLargeError(Exception):
    """A response began with more than HEADERS_MAX bytes of headers."""


class TlsError(Exception):
    """No connection by TLS came about: mostly, the certificate was not accepted."""


class PublicDownloadHandler(HTTP11DownloadHandler):
    """Downloads from public addresses only, and from those where the source lives itself.

    Setting: PRIVATE_ADDRESSES_ALLOWED, as `crawlers.addresses.AddressRule` reads it; what a source
    writes as an IP address in its `start_urls` is allowed to it.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool = _CheckedPool(self._pool, rule_of(crawler))

    async def download_request(self, request: Request) -> Response:
        try:
            return settle(request, await super().download_request(request))
        except DownloadFailedError as error:
            for reason in getattr(error.__cause__, "reasons", ()):
                if isinstance(reason.value, HeadersTooLargeError):
                    raise reason.value from error
                if isinstance(reason.value, (SSL.Error, VerificationError)):
                    # Scrapy would take it for a broken connection, and ask thrice more.
                    raise TlsError(str(reason.value)) from error
            raise


def rule_of(crawler: Crawler) -> AddressRule:
    """The rule of a crawl. Raises ValueError if PRIVATE_ADDRESSES_ALLOWED cannot be read."""
    homes: Sequence[str] = getattr(crawler.spider or crawler.spidercls, "start_urls", None) or ()
    return AddressRule(crawler.settings.getlist("PRIVATE_ADDRESSES_ALLOWED"), homes)


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, which keeps a name that points to a refused address from being asked."""

    def getHostByName(  # noqa: N802 - Twisted's name
        self, name: str, timeout: Sequence[int] = ()
    ) -> Deferred[str]:
        look_up = _look_up.get()
        found = super().getHostByName(name, timeout)
        return found.addCallback(look_up.judge) if look_up else found


class _LookUp:
    """The resolution of a name for one connection, and why it came to nothing."""

    def __init__(self, rule: AddressRule, name: str, port: int) -> None:
        self.rule, self.name, self.port = rule, name, port
        self.refused: str | None = None

    def judge(self, address: str) -> str:
        if not self.rule.permits(address, self.port):
            self.refused = address
            raise DNSLookupError(f"{self.name} points to {address}")
        return address

    def explain(self, failure: Failure) -> Failure:
        if self.refused and isinstance(failure.value, DNSLookupError):
            message = f"{self.name} points to {self.refused}, which is not a public address"
            raise PrivateAddressError(message) from failure.value
        return failure


_look_up: ContextVar[_LookUp | None] = ContextVar("look_up", default=None)


class _CheckedPool(HTTPConnectionPool):
    """The connections of one crawl, each to an address that its rule permits."""

    def __init__(self, replaced: HTTPConnectionPool, rule: AddressRule) -> None:
        super().__init__(replaced._reactor, persistent=replaced.persistent)  # type: ignore[no-untyped-call]
        self.maxPersistentPerHost = replaced.maxPersistentPerHost
        self.rule = rule

    def getConnection(  # noqa: N802 - Twisted's name
        self, key: Any, endpoint: IStreamClientEndpoint
    ) -> Deferred[Any]:
        _scheme, host, port, *_ = key
        name = host.decode("latin-1")
        checked: Any = _CheckedEndpoint(endpoint, self.rule, name, port)
        return super().getConnection(key, checked)

    def _factory(  # type: ignore[override]
        self, quiescent: Callable[[Any], None], metadata: str
    ) -> _CheckedFactory:
        return _CheckedFactory(quiescent, metadata, self.rule)


@implementer(IStreamClientEndpoint)
class _CheckedEndpoint:
    """An endpoint that resolves its host under a rule."""

    def __init__(self, endpoint: Any, rule: AddressRule, host: str, port: int) -> None:
        self.endpoint, self.rule, self.host, self.port = endpoint, rule, host, port

    def connect(self, factory: IProtocolFactory) -> Deferred[IProtocol]:
        address = literal(self.host)
        if address:
            try:
                self.rule.check(address, self.port)
            except PrivateAddressError:
                return fail()
        look_up = _LookUp(self.rule, self.host, self.port)
        # Seen by the resolver, which is called before `connect` returns.
        token = _look_up.set(look_up)
        try:
            connecting: Deferred[IProtocol] = self.endpoint.connect(factory)
        finally:
            _look_up.reset(token)
        return connecting.addErrback(look_up.explain)


class _CheckedFactory(_LenientHTTP11ClientFactory):
    """Speaks with no peer that the rule refuses: an exception here closes the connection."""

    def __init__(self, quiescent: Callable[[Any], None], metadata: str, rule: AddressRule) -> None:
        super().__init__(quiescent, metadata)  # type: ignore[no-untyped-call]
        self.rule = rule

    def buildProtocol(self, addr: IAddress | None) -> _BoundedProtocol:  # noqa: N802
        self.rule.check(getattr(addr, "host", ""), getattr(addr, "port", 0))
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Gives up on a response whose headers do not end."""

    _head: int | None = None
    """Bytes received before the headers' end; None while none are awaited."""

    def request(self, request: Any) -> Deferred[Any]:
        self._head = 0
        return super().request(request).addBoth(self._head_ended)

    def _head_ended(self, result: Any) -> Any:
        self._head = None
        return result

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        if self._head is not None:
            self._head += len(data)
            if self._head > HEADERS_MAX:
                self._give_up()
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]

    def _give_up(self) -> None:
        too_large = HeadersTooLargeError(f"more than {HEADERS_MAX} bytes")
        self._giveUp(Failure(too_large))  # type: ignore[no-untyped-call]
