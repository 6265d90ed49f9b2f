from uuid import UUID

import pytest

from cleaning.identity import canonical_url, comment_id, document_id

SAME = [
    ("fragment", "https://a.example/p/#more", "https://a.example/p/"),
    ("utm", "https://a.example/p?utm_source=x&UTM_medium=y", "https://a.example/p"),
    ("click ids", "https://a.example/p?fbclid=1&gclid=2&id=3", "https://a.example/p?id=3"),
    ("reply form", "https://a.example/p/?replytocom=12#respond", "https://a.example/p/"),
    ("like button", "https://a.example/p/?like_comment=12", "https://a.example/p/"),
    ("Blogger comment", "https://a.example/p.html?showComment=1561", "https://a.example/p.html"),
    ("Blogger mobile", "https://a.example/p.html?m=1", "https://a.example/p.html"),
    ("month stays", "https://a.example/?m=201907", "https://a.example/?m=201907"),
    ("share button", "https://a.example/p/?share=twitter", "https://a.example/p/"),
    ("Webflow list page", "https://a.example/r?681beb97_page=3", "https://a.example/r"),
    ("page stays", "https://a.example/r?page=3", "https://a.example/r?page=3"),
    ("default port", "https://a.example:443/p", "https://a.example/p"),
    ("other port stays", "http://a.example:8080/p", "http://a.example:8080/p"),
    ("http port on https stays", "https://a.example:80/p", "https://a.example:80/p"),
    ("host case", "HTTPS://A.Example/P", "https://a.example/P"),
    ("query order", "https://a.example/?b=2&a=1", "https://a.example/?a=1&b=2"),
    ("no path", "https://a.example", "https://a.example/"),
    ("www stays", "http://www.a.example/", "http://www.a.example/"),
    ("trailing slash stays", "https://a.example/p/", "https://a.example/p/"),
    ("blanks", "  https://a.example/p \n", "https://a.example/p"),
    ("mail", "mailto:a@b.example", "mailto:a@b.example"),
    ("broken", "http://[broken", "http://[broken"),
    ("empty", "", ""),
]


@pytest.mark.parametrize(
    ("url", "expected"), [case[1:] for case in SAME], ids=[case[0] for case in SAME]
)
def test_canonical_url(url: str, expected: str) -> None:
    assert canonical_url(url) == expected
    assert canonical_url(expected) == expected


def test_document_id_is_pinned() -> None:
    # Published ids: a change here breaks every release that was loaded before.
    pinned = "4f68b91f-4faa-58c6-b115-3be89755f982"
    assert document_id("wordpress", "a.example", "17", "https://a.example/p/") == pinned


def test_document_id_follows_the_native_id_not_the_address() -> None:
    first = document_id("wordpress", "a.example", "17", "https://a.example/old/")
    assert first == document_id("wordpress", "a.example", "17", "https://a.example/new/")
    assert first != document_id("wordpress", "b.example", "17", "https://a.example/old/")
    assert first != document_id("blogger", "a.example", "17", "https://a.example/old/")


@pytest.mark.parametrize("native_id", [None, ""])
def test_document_id_without_native_id_follows_the_canonical_address(native_id: str | None) -> None:
    first = document_id("website", "a.example", native_id, "https://a.example/p?utm_source=x#y")
    assert first == document_id("website", "a.example", None, "https://a.example/p")
    assert UUID(first).version == 5


def test_comment_ids_differ_between_documents() -> None:
    first, second = (document_id("wordpress", "a.example", n, "") for n in ("1", "2"))
    assert comment_id(first, "5") == comment_id(first, "5")
    assert len({comment_id(first, "5"), comment_id(first, "6"), comment_id(second, "5")}) == 3
