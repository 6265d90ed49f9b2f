"""Commenters are private people: what the whole build lets out of them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from scrapy.settings import Settings

from pipelines.pseudonym_key import KEY_FILE
from tests.harvesting import rows
from tests.pipelines.archives import CaptureSpec, build_archive, data_of, write_run
from tests.pipelines.pages import page_capture, post_page, rest_capture, rest_post

NAMES = ["Zebedee Quillfeather", "Blodwen Marshbank", "Osric Fernyhough", "Tudful Pantglas"]
CONTACTS = [
    *("zebedee@quillfeather.example", "blodwen.m@marshbank.example", "lottery@winners.example"),
    *("tudful@pantglas.example", "07700 900123", "+44 20 7946 0018", "+353 1 234 5678"),
    *("07700900456", "07700 900789"),
]
ADDRESSES = ["zebedee-home.example", "blodwen-home.example"]
SECRETS = [*NAMES, *CONTACTS, *ADDRESSES]

TEXTS = {
    11: "<p>Write to zebedee@quillfeather.example or ring 07700 900123 about the bench.</p>",
    12: '<p>The plan is <a href="mailto:blodwen.m@marshbank.example">here at blodwen.m@marshbank'
    '.example</a>, or <a href="tel:07700900456">by telephone</a>, +44 20 7946 0018.</p>',
    13: "<p>Blank ATM card offer, guaranteed loan! For more info mail lottery@winners.example or "
    'WhatsApp +353 1 234 5678 <a href="https://card.example/?to=lottery@winners.example">'
    "lottery@winners.example</a> God bless you.</p>",
    14: '<p>My form: <a href="https://forms.example/?mail=tudful@pantglas.example">tudful@pantglas'
    '.example</a> and <a href="https://wa.me/07700900456">07700 900789</a>.</p>',
}
AUTHORS = dict(zip(TEXTS, NAMES, strict=True))


def rest_comment(number: int, post: int = 5) -> dict[str, Any]:
    return {
        "id": number,
        "post": post,
        "parent": 0,
        "author": 0,
        "author_name": AUTHORS[number],
        "author_url": "https://zebedee-home.example/",
        "date": f"2021-06-01T12:{number}:00",
        "date_gmt": f"2021-06-01T11:{number}:00",
        "type": "comment",
        "link": f"https://parish.example/post-{post}/#comment-{number}",
        "content": {"rendered": TEXTS[number]},
    }


def html_comment(number: int) -> str:
    return f"""<li id="comment-{number}" class="comment depth-1"><b class="fn"><a class="url"
href="https://blodwen-home.example/">{AUTHORS[number]}</a></b> <time
datetime="2021-06-01T12:{number}:00+00:00">1 June 2021</time>
<div class="comment-content">{TEXTS[number]}</div></li>"""


def unnumbered_comment(number: int) -> str:
    """In a theme that nobody has seen, without ids."""
    return f"""<div class="v3"><b>{AUTHORS[number]}</b> <i>{number} June 2021 at 10:30</i>
<div class="v4">{TEXTS[number]}</div><a href="#" rel="nofollow">Reply</a></div>"""


def _page(number: int, comments: str) -> CaptureSpec:
    body = f"<div id='comments' class='comments-area'><h2>4 comments</h2>{comments}</div>"
    page = post_page(number).replace("</main>", f"{body}</main>")
    return page_capture(number, body=page)


ARCHIVES = {
    "rest": [
        rest_capture("posts", [rest_post(5)]),
        rest_capture("comments", [rest_comment(n) for n in TEXTS]),
    ],
    "orphans": [
        rest_capture("posts", [rest_post(5)]),
        rest_capture("comments", [rest_comment(n, post=99) for n in TEXTS]),
    ],
    "html": [_page(5, f"<ol>{''.join(map(html_comment, TEXTS))}</ol>")],
    "unseen theme": [_page(5, f"<div>{''.join(map(unnumbered_comment, TEXTS))}</div>")],
}


def strings(release: Path) -> Iterator[tuple[str, str]]:
    """Every string of every table, with the name of its table."""
    for file in sorted(release.rglob("*.parquet")):
        for row in pq.ParquetFile(file).read().to_pylist():
            yield from ((file.parts[-3], text) for text in _strings(row))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inside in value.values():
            yield from _strings(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _strings(inside)


def _found(release: Path) -> dict[str, set[str]]:
    """The secrets that stand in a release, each with the tables in which it does."""
    found: dict[str, set[str]] = {}
    for table, text in strings(release):
        for secret in SECRETS:
            if secret.casefold() in text.casefold():
                found.setdefault(secret, set()).add(table)
    return found


def _release(settings: Settings) -> Path:
    return (data_of(settings) / "latest").resolve()


@pytest.mark.parametrize("archive", ARCHIVES)
def test_nothing_of_a_commenter_is_in_the_release(archive: str, settings: Settings) -> None:
    settings.set("HARVEST_KEEP_NAMES", False, priority="cmdline")
    write_run(settings, "parish_notes", ARCHIVES[archive])

    build_archive(settings)

    kept, taken = rows(data_of(settings), "comments"), rows(data_of(settings), "quarantine")
    assert len(kept) + len(taken) == len(TEXTS)
    assert taken, "the spam, or the orphans, must be in quarantine"
    assert _found(_release(settings)) == {}
    texts = [text for _, text in strings(_release(settings))]
    assert any("[email]" in text for text in texts) and any("[phone]" in text for text in texts)


@pytest.mark.parametrize("archive", ["rest", "html", "unseen theme"])
def test_names_and_contacts_stay_where_they_are_asked_for(archive: str, settings: Settings) -> None:
    write_run(settings, "parish_notes", ARCHIVES[archive])

    build_archive(settings)

    found = _found(_release(settings))
    assert found.keys() >= {*NAMES, "zebedee@quillfeather.example", "07700 900123"}
    assert "quarantine" in found["lottery@winners.example"]
    assert not any("[email]" in text for _, text in strings(_release(settings)))


def test_the_key_stays_on_the_machine(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """It is in its own file, which only the owner reads; not in release, archive, cache or log."""
    settings.set("HARVEST_KEEP_NAMES", False, priority="cmdline")
    caplog.set_level("DEBUG")
    write_run(settings, "parish_notes", ARCHIVES["rest"])

    build_archive(settings)

    data = data_of(settings)
    key = (data / KEY_FILE).read_bytes()
    assert (data / KEY_FILE).stat().st_mode & 0o077 == 0
    others = [file for file in data.rglob("*") if file.is_file() and file.name != KEY_FILE]
    assert {"archive", "releases"} <= {file.relative_to(data).parts[0] for file in others}
    spellings = (key, key.hex().encode(), base64.b64encode(key), repr(key).encode())
    told = {str(file): file.read_bytes() for file in others} | {"log": caplog.text.encode()}
    assert [name for name, text in told.items() if any(one in text for one in spellings)] == []


def test_a_person_is_the_same_one_in_a_source_in_every_build(settings: Settings) -> None:
    settings.set("HARVEST_KEEP_NAMES", False, priority="cmdline")
    twice = [rest_comment(11), rest_comment(12) | {"author_name": " zebedee QUILLFEATHER "}]
    write_run(
        settings,
        "parish_notes",
        [rest_capture("posts", [rest_post(5)]), rest_capture("comments", twice)],
    )

    build_archive(settings)
    first = {c["native_id"]: c["author"] for c in rows(data_of(settings), "comments")}
    build_archive(settings)
    again = {c["native_id"]: c["author"] for c in rows(data_of(settings), "comments")}

    assert first["11"] == first["12"] == again["11"]
    assert first["11"].startswith("commenter-")
