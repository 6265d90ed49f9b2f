"""Captures as the responses that a spider saw."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from scrapy.http import Headers, Request, Response
from scrapy.responsetypes import responsetypes

from crawlers.archive.reader import read_response
from crawlers.archive.records import Reference


def as_response(
    folder: Path, refers: Reference, request: Request, flags: Iterable[str] = ()
) -> Response:
    """The archived answer to `request`, its content coding untouched.

    `folder` is that of the source's WARC files. Raises OSError or ValueError if there is no whole
    response record at the place that `refers` names.
    """
    status, lines, raw = read_response(folder / refers.file, refers.offset)
    headers = Headers()
    for name, value in lines:
        headers.appendlist(name, value)
    cls = responsetypes.from_args(headers=headers, url=request.url, body=raw)
    return cls(
        request.url, status=status, headers=headers, body=raw, flags=list(flags), request=request
    )
