"""Serves the demo sites on loopback, each on a port of its own, in one process."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from demo.web.blogger import Blogger
from demo.web.messages import Request, Response, SiteApp
from demo.web.model import Site, load_site, resolve, site_names
from demo.web.prezi import Prezi
from demo.web.webflow import Webflow
from demo.web.website import Website
from demo.web.wordpress import WordPress

LOOPBACK = "127.0.0.1"
APPS: dict[str, Callable[[Site, str], SiteApp]] = {
    "blogger": Blogger,
    "prezi": Prezi,
    "webflow": Webflow,
    "website": Website,
}
"""The platforms that are not WordPress."""


class RequestLog:
    """Every exchange as a line of JSON: site, path with query, status, bytes, user agent, time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        path.touch()

    def write(self, **entry: object) -> None:
        with self._lock, self._path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(entry) + "\n")


def read_log(path: Path) -> list[dict[str, Any]]:
    """The entries of a log that `serve` wrote, in the order of the requests."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A crawler opens several connections at once; the default backlog of five refuses some.
    request_queue_size = 64

    def __init__(self, name: str, port: int, log: RequestLog | None) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.site_name = name
        self.log = log
        self.app: SiteApp | None = None

    @property
    def base(self) -> str:
        return f"http://{LOOPBACK}:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "DemoWeb/1"
    # Headers and body leave in one packet, or keep-alive clients wait for a delayed ACK.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base's name)
        """Nothing on stderr: `--log` is the log."""

    def _answer(self, *, with_body: bool) -> None:
        server = self.server
        if not isinstance(server, _Server) or server.app is None:
            self.send_error(503)
            return
        headers = {key.lower(): value for key, value in self.headers.items()}
        request = Request.of(self.path, headers)
        response = server.app.answer(request)
        validators = response.validators()
        if response.is_known_to(request):
            response = replace(response, status=304, body=b"")
        self._send(response, validators, response.body if with_body else b"")
        self._log(server, response)

    def _send(
        self, response: Response, validators: tuple[tuple[str, str], ...], body: bytes
    ) -> None:
        self.send_response(response.status)
        for key, value in (*response.headers, *validators):
            self.send_header(key, value)
        if response.status != 304:
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def _log(self, server: _Server, response: Response) -> None:
        if server.log is not None:
            server.log.write(
                site=server.site_name,
                method=self.command,
                path=self.path,
                status=response.status,
                bytes=len(response.body),
                user_agent=self.headers.get("User-Agent"),
                time=time.time(),
            )


def _app(site: Site, addresses: Mapping[str, str]) -> SiteApp:
    base, resolved = addresses[site.name], resolve(site, addresses)
    return APPS.get(site.platform, WordPress)(resolved, base)


@contextmanager
def serve(
    sites: Iterable[str | Site] | None = None,
    log: Path | None = None,
    *,
    port: int = 0,
    settings: Mapping[str, Mapping[str, Any]] | None = None,
) -> Iterator[dict[str, str]]:
    """Serve `sites` (names or `Site`s; None: all of `demo/content`) while the context is open.

    Args:
        sites: what to serve. A changed `Site` (`dataclasses.replace`) stands in for a site that
            its owners have edited.
        log: a file that gets a line of JSON for each exchange; read it with `read_log`.
        port: the first of consecutive ports, or 0 for any free ones.
        settings: fields of `Site` to change by site name, such as
            `{"valley_knowledge": {"rest": "closed_401"}}`.

    Yields:
        The base address of each site, without a slash at the end. Links in pages use it.

    Raises:
        OSError: a port is taken.
    """
    chosen = [load_site(one) if isinstance(one, str) else one for one in sites or site_names()]
    changed = [replace(site, **(settings or {}).get(site.name, {})) for site in chosen]
    writer = RequestLog(log) if log else None
    with ExitStack() as stack:
        servers = []
        for index, site in enumerate(changed):
            server = _Server(site.name, port + index if port else 0, writer)
            servers.append(stack.enter_context(server))
        addresses = {server.site_name: server.base for server in servers}
        for site, server in zip(changed, servers, strict=True):
            server.app = _app(site, addresses)
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
        yield addresses
