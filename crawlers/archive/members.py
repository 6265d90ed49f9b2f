"""The gzip members that a WARC file consists of, one a record, and the way on behind damage.

Behind damage the next member cannot be known by its bytes alone: a page may be a gzip file that
holds a WARC record, and where the record of that page is cut, what the page says would stand there
as a capture. So each record names the `warcinfo` of its file (WARC-Warcinfo-ID; ISO 28500, 5.19),
whose id is random and no site can know: it is the mark that vouches for a record.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from crawlers.wholeness import GZIP

GZIP_MEMBER = GZIP + b"\x08"
READ_SIZE = 1 << 20
HEADER_SIZE = 1 << 16
"""Bytes of a record, packed and unpacked, that are read to find the mark in its header."""


def read_member(file: BinaryIO, offset: int) -> tuple[bytes, int]:
    """The unpacked bytes of the gzip member at `offset`, and the offset behind it.

    Raises zlib.error where the bytes are damaged (gzip's own checksum tells), EOFError where the
    file ends inside the member.
    """
    file.seek(offset)
    unpacker = zlib.decompressobj(wbits=31)
    parts = []
    while not unpacker.eof:
        block = file.read(READ_SIZE)
        if not block:
            raise EOFError("the file is cut inside a record")
        parts.append(unpacker.decompress(block))
    return b"".join(parts), file.tell() - len(unpacker.unused_data)


def next_marked(file: BinaryIO, start: int, mark: str | None) -> int | None:
    """The offset of the next record that has the mark; None if there is none, or no mark."""
    if mark is None:
        return None
    line = f"\r\nWARC-Warcinfo-ID: {mark}\r\n".encode()
    return next((at for at in _candidates(file, start) if _begins_marked(file, at, line)), None)


def _candidates(file: BinaryIO, start: int) -> Iterator[int]:
    """The offsets at which a gzip member may begin."""
    overlap = len(GZIP_MEMBER) - 1
    position, block = start, b""
    while True:
        file.seek(position + len(block))
        more = file.read(READ_SIZE)
        if not more:
            return
        block += more
        at = block.find(GZIP_MEMBER)
        while at >= 0:
            yield position + at
            at = block.find(GZIP_MEMBER, at + 1)
        # What begins at the end of one block goes on in the next.
        position += max(len(block) - overlap, 0)
        block = block[-overlap:]


def _begins_marked(file: BinaryIO, offset: int, line: bytes) -> bool:
    file.seek(offset)
    packed = file.read(HEADER_SIZE)
    try:
        # Most candidates are none, which a few bytes tell.
        if zlib.decompressobj(wbits=31).decompress(packed[:512], 5) != b"WARC/":
            return False
        header = zlib.decompressobj(wbits=31).decompress(packed, HEADER_SIZE)
    except zlib.error:
        return False
    return line in header.partition(b"\r\n\r\n")[0] + b"\r\n"
