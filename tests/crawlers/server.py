"""A small server on loopback that says what a test wants, and notes when it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Answer:
    """`announced` is the Content-Length, where it shall differ from the body's; `after` are the
    seconds that the server thinks before it answers; with the status 0 it hangs up instead. `raw`
    is sent in place of all that, after which it hangs up. `with_cookie` is what a request gets that
    has a cookie."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    announced: int | None = None
    after: float = 0.0
    raw: bytes | None = None
    with_cookie: bytes | None = None


@dataclass(slots=True)
class Visit:
    """A request: its path with query, when it came (monotonic seconds), and its headers."""

    path: str
    at: float
    headers: dict[str, str]


class ScriptedServer(ThreadingHTTPServer):
    """Gives each path its answers in turn, the last one again and again; 404 for the rest.

    A path that ends in "*" stands for all that begin so.
    """

    daemon_threads = True

    def __init__(self, answers: Mapping[str, list[Answer]], host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), _Handler)
        self.answers = {path: list(given) for path, given in answers.items()}
        self.visits: list[Visit] = []
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://{self.server_address[0]!s}:{self.server_address[1]}"

    def visits_to(self, path: str) -> list[Visit]:
        return [visit for visit in self.visits if visit.path == path]

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        with self.lock:
            self.visits.append(Visit(path, time.monotonic(), headers))
            given = self.answers.get(path) or self._given_to_all_like(path)
            if not given:
                return Answer(b"<html><body>Not found</body></html>", 404)
            return given.pop(0) if len(given) > 1 else given[0]

    def _given_to_all_like(self, path: str) -> list[Answer] | None:
        starts = (key for key in self.answers if key.endswith("*") and path.startswith(key[:-1]))
        return self.answers.get(max(starts, key=len, default=""))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        assert isinstance(self.server, ScriptedServer)
        answer = self.server.answer(self.path, dict(self.headers.items()))
        time.sleep(answer.after)
        if not answer.status:
            self.close_connection = True
            return
        if answer.raw is not None:
            self.wfile.write(answer.raw)
            self.close_connection = True
            return
        if answer.with_cookie is not None and "Cookie" in self.headers:
            answer = Answer(answer.with_cookie)
        self.send_response(answer.status)
        for name, value in (
            {"Content-Type": "text/html; charset=utf-8"} | dict(answer.headers)
        ).items():
            self.send_header(name, value)
        length = len(answer.body) if answer.announced is None else answer.announced
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(answer.body)
        if answer.announced is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Nothing on stderr."""


@contextmanager
def scripted(
    answers: Mapping[str, list[Answer]], host: str = "127.0.0.1"
) -> Iterator[ScriptedServer]:
    """Serve `answers` while the context is open, on an address of this machine."""
    server = ScriptedServer(answers, host)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
