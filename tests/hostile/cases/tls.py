"""Certificates that nobody should trust, and one that is well, to show the difference."""

from __future__ import annotations

from tests.hostile import certificates
from tests.hostile.cases.case import Case, Place, always, page, site
from tests.hostile.server import Answer

ANSWERS = site({"/good": always(page("A good page"))})


def _answers(place: Place) -> dict[str, Answer]:
    return ANSWERS


def _bad(kind: str, what: str) -> Case:
    return Case(
        f"tls_{kind}",
        "invalid TLS",
        what,
        _answers,
        "failed",
        "tls",
        certificate=kind,
    )


CASES = (
    Case(
        "tls_good",
        "invalid TLS",
        "a certificate by an authority that is trusted",
        _answers,
        "exhausted",
        documents=1,
        certificate=certificates.GOOD,
    ),
    _bad(certificates.EXPIRED, "a certificate that has expired"),
    _bad(certificates.OTHER_HOST, "a certificate for another host"),
    _bad(certificates.UNTRUSTED, "a certificate by an authority that nobody trusts"),
    _bad(certificates.SELF_SIGNED, "a certificate that signed itself"),
)
