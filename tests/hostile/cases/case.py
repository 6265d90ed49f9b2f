"""What a case is, and the pages that most of them need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

from tests.hostile.server import Answer, Exchange

STORY = " ".join(
    f"In the {n} year the people of the valley met in the hall, wrote down what they needed from"
    " the council, and planned with its officers how the money for it would be shared out."
    for n in ("first", "second", "third", "fourth")
)
"""Words enough that a page is taken for an article."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case is served, and which other addresses it may send a crawler to."""

    address: str
    secret: str
    """A server of this machine that no source lives at: what it is asked, was leaked."""


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of misbehaviour.

    `answers` are the paths that its server has. The source ends as `outcome`, with `reason`
    (a regular expression) somewhere in what it says; `quarantined` are reasons that must stand in
    the quarantine table, `documents` how many documents come out all the same. `clause` names what
    it is a case of.
    """

    name: str
    clause: str
    what: str
    answers: Callable[[Place], Mapping[str, Answer]]
    outcome: str
    reason: str = ""
    quarantined: tuple[str, ...] = ()
    documents: int = 0
    platform: str = "website"
    attributes: Mapping[str, object] = field(default_factory=dict)
    """Class attributes of its source."""
    look_ups: tuple[str, ...] = ()
    """The addresses that its name points to, in turn; without any, it lives at 127.0.0.1. Such a
    source is served from the first of them."""
    certificate: str | None = None
    """One of `tests.hostile.certificates`, for a server that speaks TLS."""


def always(body: bytes | str, content_type: str = "text/html; charset=utf-8") -> Answer:
    data = body.encode() if isinstance(body, str) else body
    return lambda exchange: exchange.respond(data, content_type)


def redirect(to: str) -> Answer:
    def answer(exchange: Exchange) -> None:
        exchange.respond(b"", status="302 Found", Location=to)

    return answer


def page(title: str = "A hall in the valley", body: str = "", head: str = "") -> str:
    """A whole page that holds one article; `body` and `head` are markup in it."""
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body>"
        f"<main><article><h1>{title}</h1><p>{STORY}</p>{body}</article></main></body></html>"
    )


def front(*paths: str) -> str:
    """A start page that links to `paths`, and is no article."""
    links = "".join(f"<li><a href='{escape(path)}'>{escape(path)}</a></li>" for path in paths)
    return f"<html><head><title>Front</title></head><body><ul>{links}</ul></body></html>"


def site(pages: Mapping[str, Answer], first: Iterable[str] = ()) -> dict[str, Answer]:
    """A start page that links to every page given."""
    return {"/": always(front(*pages, *first)), **pages}
