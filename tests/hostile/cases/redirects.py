"""Redirects that lead nowhere, or to where nobody should be led."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count

from tests.hostile.cases.case import Case, Place, always, front, page, redirect, site
from tests.hostile.server import ANY, Answer, Exchange, not_found

PRIVATE = "1 × private address"
INSIDE = "inside.hostile.example"
"""A name that points to 127.0.0.1."""
ANY_ADDRESS = "0.0.0.0"  # noqa: S104 - nobody binds to it here
FRIENDS = (INSIDE, "localhost", "127.1", "2130706433", "0x7f.1", ANY_ADDRESS, "::1", "10.0.0.1")
METADATA = "169.254.169.254"
FOLLOWING = {"extra_domains": lambda _: [*FRIENDS, METADATA, "::ffff:127.0.0.1"]}
"""Hosts that the source takes for its own, so that not the name keeps it from them."""


def _to(make: Callable[[Place], str]) -> Callable[[Place], Mapping[str, Answer]]:
    """A site with a good page and one that redirects."""
    return lambda place: site({"/good": always(page("A good page")), "/bad": redirect(make(place))})


def _new_addresses(numbers: Iterator[int]) -> Answer:
    def answer(exchange: Exchange) -> None:
        is_next = exchange.path.startswith("/next/")
        (redirect(f"/next/{next(numbers)}") if is_next else not_found)(exchange)

    return answer


def _endless(place: Place) -> Mapping[str, Answer]:
    return {
        "/": always(front("/good", "/next/start")),
        "/good": always(page("A good page")),
        ANY: _new_addresses(count()),
    }


def _secret(host: str) -> Callable[[Place], str]:
    return lambda place: f"http://{host}:{place.secret.rpartition(':')[2]}/private"


def _private(name: str, what: str, to: Callable[[Place], str]) -> Case:
    return Case(
        name,
        "redirect to a private address",
        what,
        _to(to),
        "truncated",
        PRIVATE,
        documents=1,
        attributes=FOLLOWING,
    )


def _meta_refresh(place: Place) -> Mapping[str, Answer]:
    to = _secret(INSIDE)(place)
    head = f"<meta http-equiv='refresh' content='0; url={to}'>"
    return site({"/good": always(page("A good page")), "/bad": always(page("Gone", head=head))})


def _base(place: Place) -> Mapping[str, Answer]:
    head = f"<base href='http://127.0.0.1:{place.secret.rpartition(':')[2]}/'>"
    body = "<a href='private'>More</a><a href='//localhost/private'>More</a>"
    return site({"/good": always(page("A good page", body, head))})


def _signpost(place: Place) -> Mapping[str, Answer]:
    link = (
        f"<p>This article continues <a href='{_secret(INSIDE)(place)}'>on the other site</a>.</p>"
    )
    body = "<body class='single-post'><article class='post-1'><h1 class='entry-title'>A</h1>"
    post = f"<html><head><title>A</title></head>{body}<div class='entry-content'>{link}</div>"
    sitemap = f"<urlset><url><loc>{place.address}/a/</loc></url></urlset>"
    return {
        "/": always("<html><body class='home blog'><main>Welcome</main></body></html>"),
        "/a/": always(f"{post}</article></body></html>"),
        "/wp-sitemap.xml": always(sitemap, "application/xml"),
    }


def _changing(place: Place) -> Mapping[str, Answer]:
    return site({f"/{n}": always(page(f"Page {n}")) for n in range(4)})


CASES = (
    Case(
        "endless_redirects",
        "endless redirects",
        "each address redirects to a new one",
        _endless,
        "truncated",
        "1 × endless redirects",
        documents=1,
    ),
    Case(
        "redirect_loop",
        "endless redirects",
        "an address that redirects to itself",
        _to(lambda _: "/bad"),
        "truncated",
        documents=1,
    ),
    Case(
        "redirect_to_file",
        "redirect to file:",
        "a redirect to file:///etc/passwd",
        _to(lambda _: "file:///etc/passwd"),
        "exhausted",
        documents=1,
    ),
    Case(
        "redirect_to_data",
        "redirect to file:",
        "a redirect to a data: address",
        _to(lambda _: "data:text/html,<p>inside"),
        "exhausted",
        documents=1,
    ),
    _private("redirect_to_loopback", "another port of 127.0.0.1", _secret("127.0.0.1")),
    _private("redirect_to_localhost", "localhost by its name", _secret("localhost")),
    _private("redirect_to_short_form", "127.0.0.1 as 127.1", _secret("127.1")),
    _private("redirect_to_number", "127.0.0.1 as one number", _secret("2130706433")),
    _private("redirect_to_hexadecimal", "127.0.0.1 in base 16", _secret("0x7f.1")),
    _private("redirect_to_any", "0.0.0.0, which is this machine too", _secret(ANY_ADDRESS)),
    _private("redirect_to_metadata", "a cloud's metadata", lambda _: f"http://{METADATA}/latest"),
    _private("redirect_to_ipv6", "[::1]", _secret("[::1]")),
    _private("redirect_to_mapped", "127.0.0.1 inside IPv6", _secret("[::ffff:127.0.0.1]")),
    _private("redirect_to_network", "10.0.0.1", lambda _: "http://10.0.0.1/"),
    _private("redirect_to_name", "a name that points to 127.0.0.1", _secret(INSIDE)),
    Case(
        "refresh_to_name",
        "redirect to a private address",
        "a page that sends its reader to a name that points to 127.0.0.1",
        _meta_refresh,
        "truncated",
        PRIVATE,
        documents=2,
        attributes=FOLLOWING,
    ),
    Case(
        "base_elsewhere",
        "redirect to a private address",
        "a page whose <base> is on this machine",
        _base,
        "exhausted",
        documents=1,
        attributes=FOLLOWING,
    ),
    Case(
        "signpost_inside",
        "redirect to a private address",
        "a post that sends its reader to a name that points to 127.0.0.1",
        _signpost,
        "exhausted",
        documents=1,
        platform="wordpress",
        attributes={"follow_signposts": True},
    ),
    Case(
        "lives_inside",
        "a name that resolves to a private address",
        "a source whose own name points to 127.0.0.1",
        _changing,
        "failed",
        "private address",
        look_ups=("127.0.0.1",),
    ),
    Case(
        "rebinding",
        "a name that changes between look-ups",
        "a name that points to 127.0.0.1 after two look-ups",
        _changing,
        "truncated",
        "private address",
        look_ups=("127.0.0.2", "127.0.0.2", "127.0.0.1"),
    ),
)
