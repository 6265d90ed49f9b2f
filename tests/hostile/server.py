"""A server that says what it wants, how it wants: bytes on a socket, no manners."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

CHUNK = b"<p>This never ends, and says nothing.</p>\n" * 400
HTML = "text/html; charset=utf-8"


@dataclass(slots=True)
class Exchange:
    """One request, and the socket on which anything may be answered."""

    socket: socket.socket
    path: str
    head: str
    stopped: threading.Event

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def pause(self, seconds: float) -> None:
        """Wait; raises ConnectionError when the server ends."""
        if self.stopped.wait(seconds):
            raise ConnectionAbortedError

    def head_only(self, status: str = "200 OK", **headers: str) -> None:
        lines = [f"HTTP/1.1 {status}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.send("\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape"))

    def respond(
        self, body: bytes, content_type: str = HTML, status: str = "200 OK", **headers: str
    ) -> None:
        """An answer as it should be."""
        length = {"Content_Type": content_type, "Content_Length": str(len(body))}
        self.head_only(status, **(length | {"Connection": "close"} | headers))
        self.send(body)


Answer = Callable[[Exchange], None]
ANY = "*"
"""The answer to paths that have none of their own."""


@dataclass(slots=True)
class HostileServer:
    """Gives each path its answer, and 404 to the rest; `asked` are the paths of all requests."""

    address: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    context: ssl.SSLContext | None = None
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    connections: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def listen(self, listener: socket.socket) -> None:
        while not self.stopped.is_set():
            with suppress(OSError):
                connection, _ = listener.accept()
                with self.lock:
                    self.connections += 1
                threading.Thread(target=self.handle, args=(connection,), daemon=True).start()

    def handle(self, connection: socket.socket) -> None:
        # Whatever the other side does, here it only ends this connection.
        with suppress(OSError), connection:
            connection.settimeout(30)
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            with connection:
                self.answer(connection)

    def answer(self, connection: socket.socket) -> None:
        received = b""
        while b"\r\n\r\n" not in received:
            data = connection.recv(65536)
            if not data:
                return
            received += data
        head = received.decode("latin-1")
        path = head.split(" ")[1]
        with self.lock:
            self.asked.append(path)
            self.heads.append(head)
        say = self.answers.get(path) or self.answers.get(ANY) or not_found
        if path == "/robots.txt" and path not in self.answers:
            say = not_found
        say(Exchange(connection, path, head, self.stopped))


def not_found(exchange: Exchange) -> None:
    exchange.respond(b"<html><body>Not found</body></html>", status="404 Not Found")


@contextmanager
def serving(
    answers: Mapping[str, Answer],
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    context: ssl.SSLContext | None = None,
) -> Iterator[HostileServer]:
    """Serve on a port of `host` while the context is open."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=64) as listener:
        shown = f"[{host}]" if ":" in host else host
        scheme = "https" if context else "http"
        address = f"{scheme}://{shown}:{listener.getsockname()[1]}"
        server = HostileServer(address, answers, context)
        listener.settimeout(0.05)
        thread = threading.Thread(target=server.listen, args=(listener,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            thread.join()
