"""Pages that test for a person are known by what they are made of, not by their words."""

from __future__ import annotations

import pytest
from scrapy.http import Headers, HtmlResponse, Response, TextResponse

from crawlers.challenge import is_challenge

URL = "https://parish.example/notes/"
STORY = "<p>" + "The river group read what the council wrote, and answered. " * 40 + "</p>"
SCRIPT = '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=1"></script>'


def page(body: str, status: int = 200, headers: dict[str, str] | None = None) -> HtmlResponse:
    return HtmlResponse(
        URL, status=status, body=body.encode(), headers=Headers(headers or {}), encoding="utf-8"
    )


@pytest.mark.parametrize(
    "response",
    [
        page(f"<html><head>{SCRIPT}</head><body>One moment</body></html>"),
        page(f"<html><head>{SCRIPT}</head><body>One moment</body></html>", 403),
        page("<html><body>Wait</body></html>", headers={"cf-mitigated": "challenge"}),
        page("<html><body></body></html>", 202, {"x-amzn-waf-action": "captcha"}),
        page("<html><script>window._cf_chl_opt={cvId: 3}</script><body>Wait</body></html>"),
        page('<html><body><iframe src="/_Incapsula_Resource?CWUDNSAI=9"></iframe></body></html>'),
        page("<html><script>sucuri_cloudproxy_js=1;</script></html>"),
        page('<html><script src="https://geo.captcha-delivery.com/c.js"></script></html>'),
        page('<html><script src="https://a1.token.awswaf.com/x/challenge.js"></script></html>'),
    ],
    ids=["script", "403", "header", "WAF", "options", "frame", "proxy", "captcha", "token"],
)
def test_a_challenge(response: Response) -> None:
    assert is_challenge(response)


@pytest.mark.parametrize(
    "response",
    [
        page(f"<html><body>{STORY}</body></html>"),
        page(f"<html><head>{SCRIPT}</head><body>{STORY}</body></html>"),
        page("<html><body>Just a moment... Checking your browser, says Cloudflare.</body></html>"),
        page("<html><body></body></html>"),
        page("<html><body>No</body></html>", 403),
        page("<html><body>Hit</body></html>", headers={"cf-mitigated": "none"}),
        TextResponse(URL, body=b'{"a": "window._cf_chl_opt"}' + b" x" * 2000, encoding="utf-8"),
        Response(URL, body=b"%PDF-1.7"),
    ],
    ids=["page", "page with the script", "words", "empty", "refusal", "header", "text", "PDF"],
)
def test_no_challenge(response: Response) -> None:
    assert not is_challenge(response)
