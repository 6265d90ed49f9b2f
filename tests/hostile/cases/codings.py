"""Compressed bodies that unpack to far more, or to nothing."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Mapping
from functools import cache

import brotli

from crawlers import reasons
from tests.hostile.cases.case import Case, Place
from tests.hostile.cases.transport import CUT, beside
from tests.hostile.server import Answer

BOMB = 1 << 28
"""Bytes that a bomb unpacks to: many times DOWNLOAD_MAXSIZE."""
ZEROS = b"<p>" + b"0" * (1 << 20)


@cache
def _gzip_bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(ZEROS) for _ in range(BOMB >> 20)) + packer.flush()


@cache
def _deflate_bomb() -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(ZEROS) for _ in range(BOMB >> 20)) + packer.flush()


@cache
def _brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=1)
    packed: bytes = b"".join(packer.process(ZEROS) for _ in range(BOMB >> 20)) + packer.finish()
    return packed


def _coded(body: Callable[[], bytes], coding: str) -> Callable[[Place], Mapping[str, Answer]]:
    def answers(place: Place) -> Mapping[str, Answer]:
        packed = body()
        return beside(lambda exchange: exchange.respond(packed, Content_Encoding=coding))(place)

    return answers


def _nested() -> bytes:
    return gzip.compress(gzip.compress(_gzip_bomb()))


CASES = (
    Case(
        "gzip_bomb",
        "gzip bomb",
        "some kilobytes of gzip that unpack to 256 megabytes",
        _coded(_gzip_bomb, "gzip"),
        "truncated",
        "1 × too large",
        quarantined=(reasons.TOO_LARGE,),
        documents=1,
    ),
    Case(
        "deflate_bomb",
        "gzip bomb",
        "the same as deflate",
        _coded(_deflate_bomb, "deflate"),
        "truncated",
        "1 × too large",
        quarantined=(reasons.TOO_LARGE,),
        documents=1,
    ),
    Case(
        "nested_bomb",
        "gzip bomb",
        "a bomb that is packed three times",
        _coded(_nested, "gzip, gzip, gzip"),
        "truncated",
        "1 × too large",
        quarantined=(reasons.TOO_LARGE,),
        documents=1,
    ),
    Case(
        "brotli_bomb",
        "brotli bomb",
        "a kilobyte of brotli that unpacks to 256 megabytes",
        _coded(_brotli_bomb, "br"),
        "truncated",
        "1 × too large",
        quarantined=(reasons.TOO_LARGE,),
        documents=1,
    ),
    Case(
        "broken_coding",
        "broken coding",
        "a page that says gzip and is none",
        beside(lambda exchange: exchange.respond(CUT, Content_Encoding="gzip")),
        "truncated",
        "1 × broken coding",
        quarantined=(reasons.BROKEN_CODING,),
        documents=1,
    ),
)
