"""Pages in WordPress's shape."""

from __future__ import annotations

import json
from typing import Any

PARAGRAPH = "<p>The residents met the council in the old library and wrote the plan together.</p>"


def post_page(native_id: int, title: str = "A plan of our own", body: str = PARAGRAPH) -> str:
    """A single post in a classic theme."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>"
        "<meta property='article:published_time' content='2021-05-04T09:30:00+00:00'></head>"
        f"<body class='single single-post postid-{native_id}'><main>"
        f"<article id='post-{native_id}' class='post-{native_id} post hentry'>"
        f"<h1 class='entry-title'>{title}</h1><span class='author'><span class='fn'>Ada Quill"
        f"</span></span><div class='entry-content'>{body}</div></article></main></body></html>"
    )


def rest_post(native_id: int, **changes: Any) -> dict[str, Any]:
    """A post as the REST API gives it."""
    return {
        "id": native_id,
        "date": "2021-05-04T10:30:00",
        "date_gmt": "2021-05-04T09:30:00",
        "modified_gmt": "2021-05-05T09:30:00",
        "type": "post",
        "link": f"https://parish.example/post-{native_id}/",
        "title": {"rendered": f"Post {native_id}"},
        "content": {"rendered": PARAGRAPH, "protected": False},
        "excerpt": {"rendered": ""},
        "author": 3,
        "categories": [7],
        "tags": [],
    } | changes


def rest_capture(what: str, entries: list[dict[str, Any]], page: int = 1) -> dict[str, Any]:
    """A capture of a page of a REST collection."""
    return {
        "url": f"https://parish.example/wp-json/wp/v2/{what}?per_page=100&page={page}",
        "body": json.dumps(entries),
        "headers": [("Content-Type", "application/json; charset=UTF-8")],
        "callback": "parse_api",
        "cb_kwargs": {"what": what, "page": page},
    }


def page_capture(native_id: int, **changes: Any) -> dict[str, Any]:
    """A capture of a single post's page."""
    url = f"https://parish.example/post-{native_id}/"
    return {
        "url": url,
        "body": post_page(native_id),
        "cb_kwargs": {"as_list": False, "walk": False},
    } | changes
