"""A site of the little web that takes its time, and notes what it gave out."""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from demo.web.messages import Request
from demo.web.model import Site, load_site, resolve
from demo.web.wordpress import WordPress
from tests.crawlers.server import Answer, ScriptedServer

SOURCE = "valley_knowledge"
LATENCY = 0.04
"""Seconds until it answers: a kill then falls into a request, as it does with sites far away."""


@dataclass(frozen=True, slots=True)
class Served:
    """An answer: the request's path with query, and the bytes of the body."""

    path: str
    status: int
    body_bytes: int


class NotingSite(ScriptedServer):
    """Serves one WordPress site of the little web; `served` is in the order of the requests."""

    def __init__(self) -> None:
        super().__init__({})
        self.served: list[Served] = []
        self.has_validators = True
        """Whether pages have ETag and Last-Modified, and are answered with 304."""
        self.at_request: Callable[[int], object] | None = None
        """Called with the number of requests so far, before each is answered."""
        # With its API closed it is read page by page, which makes some forty requests.
        self.show(replace(load_site(SOURCE), rest="closed_404"))

    @property
    def addresses(self) -> dict[str, str]:
        return {SOURCE: self.address}

    def show(self, site: Site) -> None:
        """From now on be this site."""
        self.site = site
        self.app = WordPress(resolve(site, self.addresses), self.address)

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing on stderr for a client that died."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        request = Request.of(path, {name.lower(): value for name, value in headers.items()})
        response = self.app.answer(request)
        validators = response.validators() if self.has_validators else ()
        if self.has_validators and response.is_known_to(request):
            response = replace(response, status=304, body=b"")
        with self.lock:
            self.served.append(Served(path, response.status, len(response.body)))
            number = len(self.served)
        if self.at_request:
            self.at_request(number)
        told = {"Content-Type": response.content_type} | dict((*response.headers, *validators))
        return Answer(response.body, response.status, told, after=LATENCY)


@contextmanager
def noting_site() -> Iterator[NotingSite]:
    """Serve the site on loopback while the context is open."""
    server = NotingSite()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def bodies(served: Sequence[Served]) -> Counter[str]:
    """How often each page's body was given out; robots.txt is asked for by each run anew."""
    return Counter(s.path for s in served if s.body_bytes and s.path != "/robots.txt")


def environment(site: NotingSite, **more: str) -> dict[str, str]:
    """What the demo's settings and the source need to know."""
    return {
        "SCRAPY_PROJECT": "demo",
        "DEMO_WEB": json.dumps(site.addresses),
        "HARVEST_KEEP_NAMES": "1",
    } | more
