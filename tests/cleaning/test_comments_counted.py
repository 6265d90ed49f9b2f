"""A page that shows fewer comments than it says ends with both numbers right, through the build."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harvesting import rows
from tests.pipelines.archives import build_archive, data_of, settings_for, write_run
from tests.pipelines.pages import page_capture, post_page

BLOGGER_PAGE = """<!DOCTYPE html><html lang="en"><head><title>Beans</title>
<meta name="generator" content="blogger"></head><body><div class="post hentry"
itemtype="http://schema.org/BlogPosting"><meta itemprop="postId" content="77"><h3
class="post-title">Beans</h3><abbr class="published" title="2019-07-03T10:00:00+01:00">3 July</abbr>
<div class="post-body" id="post-body-77"><p>The neighbours met at the pump and dug.</p></div></div>
<div class="comments" id="comments"><h4>{heading}</h4>{comments}</div></body></html>"""
SAID = (
    "Broad beans do better there.",
    "Who has the long hose?",
    "We kept two rows for the school.",
)


def wordpress_comment(number: int, said: str) -> str:
    return f"""<li id="comment-{number}" class="comment depth-1">
<b class="fn">Neighbour {number}</b>
<time datetime="2021-06-01T12:{number}:00+00:00">1 June 2021</time>
<div class="comment-content"><p>{said}</p></div></li>"""


def blogger_comment(number: int, said: str) -> str:
    return f"""<li class="comment" id="c{number}"><cite class="user">Neighbour {number}</cite>
<span class="datetime"><a href="?showComment=15621432000{number}#c{number}">3 July 2019</a></span>
<p class="comment-content">{said}</p></li>"""


@pytest.mark.parametrize(
    ("heading", "shown", "declared"),
    [
        ("5 Comments", 2, 5),
        ("3 thoughts on “Beans”", 3, 3),
        ("Comments", 2, None),
        ("One Response to Beans", 1, 1),
    ],
)
def test_wordpress_page(heading: str, shown: int, declared: int | None, tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    items = "".join(wordpress_comment(n, said) for n, said in enumerate(SAID[:shown], start=11))
    body = f"<div id='comments'><h2>{heading}</h2><ol>{items}</ol></div>"
    page = post_page(5).replace("</main>", f"{body}</main>")
    write_run(settings, "parish_notes", [page_capture(5, body=page)])

    build_archive(settings)

    [document] = rows(data_of(settings), "documents")
    assert (document["comments_declared"], document["comments_captured"]) == (declared, shown)
    assert len(rows(data_of(settings), "comments")) == shown
    assert not any(said in document["text"] for said in SAID)


@pytest.mark.parametrize(
    ("heading", "shown", "declared"),
    [("3 comments:", 2, 3), ("2 comments:", 2, 2), ("Comments:", 1, None), ("No comments:", 0, 0)],
)
def test_blogger_page(heading: str, shown: int, declared: int | None, tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    settings.set("SPIDER_MODULES", ["crawlers.sources"], priority="cmdline")
    items = "".join(blogger_comment(n, said) for n, said in enumerate(SAID[:shown], start=11))
    page = BLOGGER_PAGE.format(heading=heading, comments=f"<ol>{items}</ol>" if shown else "")
    url = "https://coproductionweek2017.blogspot.com/2019/07/beans.html"
    write_run(settings, "coproductionweek2017", [{"url": url, "body": page}])

    build_archive(settings)

    [document] = rows(data_of(settings), "documents")
    assert (document["comments_declared"], document["comments_captured"]) == (declared, shown)
    assert len(rows(data_of(settings), "comments")) == shown
    assert not any(said in document["text"] for said in SAID)
