"""Every link inside a demo site leads somewhere, and links lead to every post."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin

import pytest

from demo.web import expected, site_names
from tests.demo.client import Answer, fetch


def _links(answer: Answer) -> set[str]:
    kind = answer.headers["Content-Type"]
    if answer.status != 200 or not kind.startswith("text/html"):
        return set()
    values = answer.html().xpath("//a/@href | //link/@href | //img/@src")
    return {urldefrag(urljoin(answer.url, value)).url for value in values}


def _walk(base: str) -> dict[str, int]:
    """The status of every address of the site that links from its front page lead to."""
    waiting, seen = [f"{base}/"], {}
    while waiting:
        url = waiting.pop()
        answer = fetch(url)
        seen[url] = answer.status
        if answer.status in (301, 302):
            waiting.append(answer.headers["Location"])
        waiting += sorted(
            link
            for link in _links(answer)
            if link.startswith(f"{base}/") and link not in seen and link not in waiting
        )
    return seen


@pytest.mark.parametrize("name", site_names())
def test_links_resolve_and_reach_every_post(web: dict[str, str], name: str) -> None:
    base = web[name]
    seen = _walk(base)
    # The closed API is announced all the same, as on real sites.
    broken = {url for url, status in seen.items() if status >= 400 and "/wp-json/" not in url}
    assert not broken
    truth = expected(name, web)
    named = (*truth["posts"], *truth["pages"], *truth["files"])
    assert {one["url"] for one in named} <= set(seen)
