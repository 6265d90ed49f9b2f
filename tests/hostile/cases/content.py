"""Pages that say the wrong thing, too much of it, or one thing inside the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from itertools import count

from crawlers import reasons
from tests.hostile.cases.case import STORY, Case, Place, always, front, page, site
from tests.hostile.server import ANY, Answer, Exchange

MANY_LINKS = 200_000
PATIENT = {"custom_settings": {"DOWNLOAD_TIMEOUT": 60}}
"""For large pages, which a busy machine sends slowly."""
MEGABYTE = 1 << 20
SCRIPT = "<script>alert(document.cookie)</script>"
BIDI = "\u202egnp.exe\u202c \u2066inside\u2069 \u200fmark\u200e \ufeff"
STACKED = "Z" + "\u0301" * 5000
CONTROLS = "\x01\x02\x07\x08\x0b\x0c\x1b[31m\x1b]0;title\x07\x7f\x80\x9b31m"


def _bytes(body: bytes, content_type: str = "text/html; charset=utf-8") -> Answer:
    return always(body, content_type)


def _pages(**pages: Answer) -> Callable[[Place], Mapping[str, Answer]]:
    named = {f"/{name.replace('_', '-')}": answer for name, answer in pages.items()}
    return lambda _: site(named)


def _titled(title: str) -> bytes:
    return page("TITLE").replace("TITLE", title, 1).encode()


def _many_links(place: Place) -> Mapping[str, Answer]:
    links = "".join(f"<a href='/l/{n}'>{n}</a> " for n in range(MANY_LINKS))
    # Without a text of its own: whether it is read in time or not, it is no document.
    many = f"<!DOCTYPE html><html><head><title>Links</title></head><body>{links}</body></html>"
    return site({"/many": always(many), ANY: always(page("A leaf"))})


def _trap(numbers: Iterator[int]) -> Answer:
    def answer(exchange: Exchange) -> None:
        more = "".join(f"<a href='/maze/{next(numbers)}/x{next(numbers)}'>on</a>" for _ in range(9))
        calendar = "".join(
            f"<a href='/events/{y}/{m}/'>{y}</a>" for y in (1999, 2999) for m in (1, 2)
        )
        deeper = f"<a href='deeper/'>deeper</a><a href='?sid={next(numbers)}'>again</a>"
        filters = f"<a href='?sort=a&amp;filter={next(numbers)}'>sorted</a>"
        exchange.respond(page("A maze", more + calendar + deeper + filters).encode())

    return answer


def _maze(place: Place) -> Mapping[str, Answer]:
    return {"/": always(front("/maze/")), ANY: _trap(count())}


def _script_everywhere(place: Place) -> Mapping[str, Answer]:
    head = (
        f"<meta name='author' content='{escape(SCRIPT)}'>"
        f"<meta property='article:published_time' content='{escape(SCRIPT)}'>"
        f"<meta name='description' content='{escape(SCRIPT)}'>"
        f"<meta name='dcterms.rights' content='{escape(SCRIPT)}'>"
    )
    body = (
        f"<p>By {escape(SCRIPT)}</p><p>{SCRIPT}</p><p>{escape(SCRIPT)}</p>"
        "<a href='javascript:alert(1)'>run</a><a href='data:text/html,x'>data</a>"
        f"<a href='/x?q={escape(SCRIPT)}'>{escape(SCRIPT)}</a><img src=x onerror=alert(1)>"
        "<svg onload=alert(1)></svg><iframe src='javascript:alert(1)'></iframe>"
        f"<table><tr><td>{escape(SCRIPT)}</td></tr></table>"
    )
    return site({"/script": always(page(escape(SCRIPT), body, head))})


def _names_with_dots(place: Place) -> Mapping[str, Answer]:
    story = always(page("Names with dots"))
    return {
        "/": always(
            front("/a/../../../../etc/passwd", "/..%2f..%2f..%2ftmp%2fhostile", "/%2e%2e/%2e%2e/b",
                  "/files/..%5c..%5cwindows.pdf", "//etc/passwd", "/\u2025/\u2025/c", "/good")
        ),
        "/good": story,
        ANY: story,
    }  # fmt: skip


DEEP = 300_000
TABLES = 300


def _odd_characters() -> bytes:
    body = f"<p>{BIDI}</p><p>{CONTROLS}</p><p>{STACKED}</p>"
    return page(f"Title {BIDI}{CONTROLS}", body).encode()


CASES = (
    Case(
        "wrong_encodings",
        "wrong encodings",
        "pages in another encoding than they say, and in ones that do not exist",
        _pages(
            latin=_bytes(page("Caf\u00e9 " * 50).encode("latin-1")),
            utf16=_bytes(page("UTF-16").encode("utf-16")),
            unknown=always(page("Unknown"), "text/html; charset=../../klingon"),
            utf7=always(page("+ADw-script+AD4-"), "text/html; charset=utf-7"),
            rot13=always(page("Rot"), "text/html; charset=rot13"),
            idna=always(page("Idna"), "text/html; charset=idna"),
            empty_name=always(page("No name"), "text/html; charset="),
        ),
        "truncated",
        "UnicodeError",
        quarantined=(reasons.WRONG_ENCODING,),
        documents=4,
    ),
    Case(
        "mixed_encodings",
        "mixed encodings",
        "a page of three encodings",
        _pages(
            mixed=_bytes(
                page("Mixed", "SPLIT")
                .encode()
                .replace(
                    b"SPLIT",
                    "caf\u00e9 ".encode("latin-1") * 99 + "caf\u00e9 ".encode("utf-16-le") * 99,
                )
            )
        ),
        "held",
        "parser found nothing",
        quarantined=(reasons.WRONG_ENCODING,),
    ),
    Case(
        "nul_bytes",
        "NUL bytes",
        "NUL bytes in the markup, in the title and between the letters",
        _pages(
            nul=_bytes(
                page("A\0title", "<p>te\0xt</p><a href='/a\0b'>x</a>" + "\0" * 9999).encode()
            ),
            only=_bytes(b"\0" * MEGABYTE),
        ),
        "exhausted",
        quarantined=(reasons.NOT_HTML,),
        documents=1,
    ),
    Case(
        "odd_characters",
        "control and bidi characters",
        "characters that steer a terminal or turn the direction of reading",
        _pages(odd=_bytes(_odd_characters())),
        "exhausted",
        documents=1,
    ),
    Case(
        "many_links",
        "200,000 links on a page",
        "a page of 200,000 links",
        _many_links,
        "truncated",
        "too long to follow",
        documents=28,
        attributes={"max_pages": 30, **PATIENT},
    ),
    Case(
        "maze",
        "link traps",
        "pages that are made as one goes: new links, calendars, sessions, filters, deeper paths",
        _maze,
        "truncated",
        "page limit",
        documents=29,
        attributes={"max_pages": 30},
    ),
    Case(
        "long_title",
        "10 MB titles",
        "a title of ten megabytes, of letters, of blanks and of tags",
        _pages(
            letters=_bytes(_titled("Title " * (10 * MEGABYTE // 6))),
            blanks=_bytes(_titled(" " * (10 * MEGABYTE))),
            tags=_bytes(_titled("<b>" * (3 * MEGABYTE))),
        ),
        "exhausted",
        quarantined=(reasons.TOO_DEEP,),
        documents=2,
        attributes=PATIENT,
    ),
    Case(
        "script_everywhere",
        "<script> in every field",
        "a script in title, author, date, licence, text, links and tables",
        _script_everywhere,
        "exhausted",
        documents=1,
        attributes={"licence": SCRIPT, "title": SCRIPT, "terms": SCRIPT},
    ),
    Case(
        "names_with_dots",
        "file names with ../",
        "addresses that climb out of the folder",
        _names_with_dots,
        "exhausted",
        quarantined=(reasons.NOT_A_PDF,),
        documents=5,
    ),
    Case(
        "deep_markup",
        "a page that makes the HTML parser recurse",
        "300,000 elements inside each other",
        _pages(
            blocks=_bytes(page("Deep", "<div>" * DEEP + STORY).encode()),
            inline=_bytes(page("Deep", "<b><i>" * (DEEP // 2) + STORY).encode()),
            lists=_bytes(page("Deep", "<ul><li>" * (DEEP // 2) + STORY).encode()),
            tables=_bytes(page("Deep", "<table><tr><td>" * TABLES + STORY).encode()),
            quotes=_bytes(page("Deep", "<blockquote><p>" * 300 + STORY).encode()),
        ),
        "exhausted",
        quarantined=(reasons.TOO_DEEP,),
        documents=2,
        attributes=PATIENT,
    ),
    Case(
        "endless_attribute",
        "a page that makes the HTML parser recurse",
        "an attribute of megabytes, a comment and a tag that never close",
        _pages(
            attribute=_bytes(page("A", f"<a href='/{'a' * (5 * MEGABYTE)}'>x</a>").encode()),
            comment=_bytes((page("B") + "<!--" + "-" * (5 * MEGABYTE)).encode()),
            tag=_bytes(page("C", "<" * 50_000).encode()),
            entities=_bytes(page("D", "&amp;" * 50_000).encode()),
            classes=_bytes(page("E", f"<p class='{'a ' * MEGABYTE}'>x</p>").encode()),
            many=_bytes(page("F", "<p>x" * 2_000).encode()),
        ),
        "exhausted",
        quarantined=(reasons.CUT_OFF,),
        documents=5,
        attributes=PATIENT,
    ),
)
