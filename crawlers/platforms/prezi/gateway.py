"""The way from the browser to the network: a proxy on loopback that holds it to the address rule.

A browser looks names up and connects by itself, and follows the redirects of what its pages load
where nobody is asked. Behind this proxy it does neither: every connection that it wants is named
here, looked up here by the crawl's own resolver, and made to the very address that was judged.
What is refused is not answered, so that nothing can be taken for the site's word.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from crawlers.addresses import DEFAULT_PORT, AddressRule, PrivateAddressError, literal

HEAD_MAX = 64 * 1024
"""Bytes of a request's line and headers."""
PATIENCE = 30
"""Seconds for a request to arrive, and for a connection to be made."""
PIECE = 64 * 1024
OWN_HEADERS = (b"proxy-connection:", b"proxy-authorization:", b"connection:")
"""What concerns the connection to the proxy only."""

Resolve = Callable[[str], Awaitable[str]]
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def resolve(name: str) -> str:
    """The address of a name by the resolver of the crawl, which keeps what it was told."""
    from twisted.internet import reactor

    looking_up: Deferred[str] = reactor.resolve(name)  # type: ignore[arg-type]
    return await maybe_deferred_to_future(looking_up)


class Gateway:
    """A proxy for one browser. `allowance` are the bytes that it still passes on.

    `refused` are the hosts and ports that the browser wanted and must not reach.
    """

    def __init__(self, rule: AddressRule, resolve: Resolve = resolve) -> None:
        self.rule = rule
        self.resolve = resolve
        self.allowance = 0
        self.refused: set[tuple[str, int]] = set()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._server: asyncio.Server | None = None
        self._running: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    async def start(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(
                self._accept, sock=self._socket, limit=HEAD_MAX
            )

    async def close(self) -> None:
        for task in self._running:
            task.cancel()
        if self._server is not None:
            self._server.close()
        self._socket.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._running.add(task)
        try:
            await self._serve((reader, writer))
        except (OSError, ValueError, EOFError, asyncio.LimitOverrunError, PrivateAddressError):
            pass  # the browser sees that the connection ends
        finally:
            self._running.discard(task)
            writer.close()

    async def _serve(self, browser: Streams) -> None:
        head = await asyncio.wait_for(browser[0].readuntil(b"\r\n\r\n"), PATIENCE)
        method, target, _version = head.split(b"\r\n", 1)[0].split(b" ")
        if method == b"CONNECT":
            parts = urlsplit(f"//{target.decode('ascii')}")
            there = await self._connect(parts.hostname, parts.port)
            browser[1].write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            parts = urlsplit(target.decode("ascii"))
            there = await self._connect(
                parts.hostname, parts.port or DEFAULT_PORT.get(parts.scheme)
            )
            path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            there[1].write(_to_origin(method, path, head))
        await asyncio.gather(self._pass(browser[0], there[1]), self._pass(there[0], browser[1]))

    async def _connect(self, host: str | None, port: int | None) -> Streams:
        """A connection to a host, at the one address that was looked up and permitted."""
        if not host or not port:
            raise ValueError("no host or port")
        address = literal(host)
        if address is None:
            address = await asyncio.wait_for(self._look_up(host), PATIENCE)
        try:
            self.rule.check(address, port)
        except PrivateAddressError:
            self.refused.add((host, port))
            raise
        return await asyncio.wait_for(asyncio.open_connection(address, port), PATIENCE)

    async def _look_up(self, host: str) -> str:
        return await self.resolve(host)

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(PIECE):
                self.allowance -= len(data)
                if self.allowance < 0:
                    break
                sink.write(data)
                await sink.drain()
        finally:
            with suppress(OSError):
                sink.close()


def _to_origin(method: bytes, path: str, head: bytes) -> bytes:
    """The head of a request to a proxy as its server wants it; the connection ends with it."""
    lines = head.split(b"\r\n")[1:-2]
    kept = [line for line in lines if not line.lower().startswith(OWN_HEADERS)]
    first = b" ".join((method, path.encode("ascii"), b"HTTP/1.1"))
    return b"\r\n".join([first, *kept, b"Connection: close", b"", b""])
