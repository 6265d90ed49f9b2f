"""Tell a body that is whole from one that was cut, where its end was announced wrongly.

Scripts that count characters for bytes, or compress what they have counted already, announce more
than they send; others never send the last, empty chunk. Browsers show what came. Such a body is
whole if it says so itself: by its last tag, by the end of its JSON, PDF or gzip. Where it cannot
say so, and the same bytes come when it is asked for again, they are what the server has; whether
that can be read is for its reader to tell.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
import zlib

from scrapy.http import Request, Response

CUT = "dataloss"
"""Scrapy's flag of a body that ended before its announced end."""
MISANNOUNCED = "misannounced"
"""Our flag of one that did so and is kept as it is."""
ROOT = re.compile(rb"<([A-Za-z_][A-Za-z0-9._:-]{0,60})")
GZIP, PDF, PDF_END = b"\x1f\x8b", b"%PDF-", b"%%EOF"
EDGE = 4096
"""Bytes at a body's beginning and end in which its marks stand."""
JSON_MOST = 8 * 1024 * 1024
"""Bytes of JSON that are read to see that they are whole; all crawls wait meanwhile."""
UNPACKED_MOST = 64 * 1024 * 1024
BLOCK = 1024 * 1024


def settle(request: Request, response: Response) -> Response:
    """The response, with the flag MISANNOUNCED instead of CUT where nothing of it is missing.

    The digest of a cut body is kept in `request.meta`, by which a second try is compared. Rules for
    robots are never taken from a cut body: half of them may permit what all of them forbid.
    """
    if CUT not in response.flags or "robots_of" in request.meta:
        return response
    digest = hashlib.sha256(response.body).hexdigest()
    is_same_again = request.meta.get("cut_digest") == digest and response.body.strip() != b""
    request.meta["cut_digest"] = digest
    if not (is_same_again or is_whole(response.body)):
        return response
    flags = [MISANNOUNCED if flag == CUT else flag for flag in response.flags]
    return response.replace(flags=flags)


def is_whole(body: bytes) -> bool:
    """Whether a body ends as its beginning lets one expect."""
    body = body.removeprefix(codecs.BOM_UTF8).strip()
    if body.startswith(GZIP):
        return _is_whole_gzip(body)
    if body.startswith((b"{", b"[")):
        return _is_json(body)
    if body.startswith(b"<"):
        return _has_last_tag(body)
    return PDF in body[:EDGE] and PDF_END in body[-EDGE:]


def _has_last_tag(body: bytes) -> bool:
    """Whether HTML or XML ends with the tag of its first element, or that of a page's body."""
    tail = body[-EDGE:].lower()
    while tail.endswith(b"-->") and b"<!--" in tail:
        tail = tail[: tail.rindex(b"<!--")].rstrip()
    name, _, rest = tail.rpartition(b"</")[2].partition(b">")
    root = ROOT.search(body[:EDGE])
    expected = {b"html", b"body"} | ({root[1].lower()} if root else set())
    return b"</" in tail and not rest and name.strip() in expected


def _is_json(body: bytes) -> bool:
    if len(body) > JSON_MOST:
        return False
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _is_whole_gzip(body: bytes) -> bool:
    """Whether gzip ends with its own checksum; what it unpacks to is not kept."""
    unpacker = zlib.decompressobj(wbits=31)
    size, rest = 0, body
    try:
        while rest and not unpacker.eof and size <= UNPACKED_MOST:
            size += len(unpacker.decompress(rest, BLOCK))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof
