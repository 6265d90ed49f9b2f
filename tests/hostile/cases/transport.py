"""Bodies, codings, headers and times that no honest server sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from crawlers import reasons
from tests.hostile.cases.case import Case, Place, always, page, site
from tests.hostile.server import CHUNK, HTML, Answer, Exchange


def endless_body(exchange: Exchange) -> None:
    exchange.head_only(Content_Type=HTML)
    exchange.send(b"<html><body>")
    while True:
        exchange.send(CHUNK)


def endless_chunks(exchange: Exchange) -> None:
    exchange.head_only(Content_Type=HTML, Transfer_Encoding="chunked")
    while True:
        exchange.send(f"{len(CHUNK):x}\r\n".encode() + CHUNK + b"\r\n")


def announcing(length: int, body: bytes) -> Answer:
    def answer(exchange: Exchange) -> None:
        exchange.respond(body, Content_Length=str(length))

    return answer


def byte_a_second(exchange: Exchange) -> None:
    exchange.head_only(Content_Type=HTML)
    for number in range(10_000):
        exchange.send(b"<html><body>"[number % 12 :][:1])
        exchange.pause(1)


def slow_head(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        exchange.send(b"x")
        exchange.pause(1)


def never_answers(exchange: Exchange) -> None:
    exchange.pause(600)


def closes_at_once(exchange: Exchange) -> None:
    exchange.socket.close()


def endless_headers(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\n")
    number = 0
    while True:
        exchange.send(b"".join(b"X-Flood-%d: %s\r\n" % (number + n, b"x" * 900) for n in range(64)))
        number += 64


def one_long_header(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        exchange.send(b"x" * 65536)


def endless_interim_answers(exchange: Exchange) -> None:
    while True:
        exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500)


def strange_headers(exchange: Exchange) -> None:
    body = page("Strange headers").encode()
    lines = [
        b"HTTP/1.1 200 \xf0\x9f\x91\xbb \x1b[31mfine",
        b"Content-Type: text/html; charset=utf-8",
        b"Content-Length: %d" % len(body),
        b"X-No-Colon",
        b"X-Bytes: \xff\xfe\x00\x85\x0b\x0c\x1c",
        b"WARC-Type: response",
        b"Set-Cookie: track=1; Domain=.example",
        b"X-Folded: one\r\n two",
        b"Content-Disposition: attachment; filename=../../../../tmp/hostile",
    ]
    exchange.send(b"\r\n".join([*lines, b"", b""]) + body)


def impossible_header(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\n: nameless\r\nContent-Length: 2\r\n\r\nhi")


def not_http(exchange: Exchange) -> None:
    exchange.send(b"220 mail.example ESMTP\r\n" * 50)


def _start(answer: Answer) -> Callable[[Place], Mapping[str, Answer]]:
    """A site whose every page is answered so."""
    return lambda _: {"/": answer}


def beside(answer: Answer) -> Callable[[Place], Mapping[str, Answer]]:
    """A site with a page that is well, and one that is answered so."""
    return lambda _: site({"/good": always(page("A good page")), "/bad": answer})


CUT = page("A page that ends early").encode()
CASES = (
    Case(
        "endless_body",
        "endless body",
        "a page that never ends",
        beside(endless_body),
        "truncated",
        "1 × (too large|timeout)",
        documents=1,
    ),
    Case(
        "endless_chunks",
        "endless body",
        "a page of chunks that never ends",
        _start(endless_chunks),
        "failed",
        "too large|timeout",
    ),
    Case(
        "announced_too_large",
        "endless body",
        "a Content-Length of a terabyte",
        _start(announcing(1 << 40, b"<html>")),
        "failed",
        "too large",
    ),
    Case(
        "larger_than_announced",
        "body far larger than announced",
        "ten megabytes behind a Content-Length of 300",
        beside(announcing(300, CUT + CHUNK * 600)),
        "exhausted",
        quarantined=(reasons.CUT_OFF,),
        documents=1,
    ),
    Case(
        "shorter_than_announced",
        "body shorter than announced",
        "a page that ends before its Content-Length",
        beside(announcing(1 << 20, CUT)),
        # The same bytes on a second try are what the server has: they are read, and marked.
        "exhausted",
        documents=2,
    ),
    Case(
        "byte_a_second",
        "one byte a second",
        "a body of one byte a second",
        beside(byte_a_second),
        "truncated",
        "1 × timeout",
        documents=1,
    ),
    Case(
        "slow_head",
        "one byte a second",
        "a header of one byte a second",
        _start(slow_head),
        "failed",
        "timeout",
    ),
    Case(
        "never_answers",
        "no answer",
        "a connection on which nothing comes",
        _start(never_answers),
        "failed",
        "timeout",
    ),
    Case(
        "closes_at_once",
        "no answer",
        "a connection that is closed when the request has come",
        _start(closes_at_once),
        "failed",
        "connection lost",
    ),
    Case(
        "endless_headers",
        "header flood",
        "headers without end",
        beside(endless_headers),
        "truncated",
        "1 × too large",
        documents=1,
    ),
    Case(
        "one_long_header",
        "header flood",
        "one header without end",
        _start(one_long_header),
        "failed",
        "connection lost",
    ),
    Case(
        "endless_interim_answers",
        "header flood",
        "interim answers (103) without end",
        _start(endless_interim_answers),
        "failed",
        "too large",
    ),
    Case(
        "strange_headers",
        "header flood",
        "headers of bytes that belong in none",
        beside(strange_headers),
        "exhausted",
        documents=2,
    ),
    Case(
        "impossible_header",
        "header flood",
        "a header without a name",
        beside(impossible_header),
        "truncated",
        "1 × connection lost",
        documents=1,
    ),
    Case(
        "not_http",
        "no HTTP",
        "another protocol's greeting",
        _start(not_http),
        "failed",
        "connection lost",
    ),
)
