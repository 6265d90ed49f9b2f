"""All hostile cases; see `case.py` for what one says."""

from __future__ import annotations

from tests.hostile.cases import codings, content, feeds, pdfs, redirects, tls, transport
from tests.hostile.cases.case import Case, Place

CASES: tuple[Case, ...] = (
    *transport.CASES,
    *codings.CASES,
    *redirects.CASES,
    *tls.CASES,
    *content.CASES,
    *feeds.CASES,
    *pdfs.CASES,
)

__all__ = ["CASES", "Case", "Place"]
