"""Tell a page from one that tests whether a person is asking.

Such a page often comes with status 200, and where it is taken for content, a whole site's texts
turn into "checking your browser". It is known by what the few systems that make them leave in every
one: a header, or the address of their script. What a page says to its reader decides nothing alone,
for people write about these systems, too.
"""

from __future__ import annotations

import re

from scrapy.http import Response, TextResponse

HEADERS = {b"cf-mitigated": b"challenge", b"x-amzn-waf-action": b"", b"sg-captcha": b""}
"""Headers that say it, and what their value must hold: Cloudflare, AWS WAF, SiteGround."""
SCRIPTS = re.compile(
    r"""/cdn-cgi/challenge-platform/[^"']{0,200}orchestrate|window\._cf_chl_opt|"""  # Cloudflare
    r"""_Incapsula_Resource\?|"""  # Imperva
    r"""sucuri_cloudproxy_js|"""  # Sucuri
    r"""geo\.captcha-delivery\.com|"""  # DataDome
    r"""/_sec/cp_challenge/|"""  # Akamai
    r"""window\._pxAppId|captcha\.px-cdn\.net|"""  # HUMAN
    r"""\.awswaf\.com/[^"']{0,200}challenge\.js|"""
    r"""/\.well-known/sgcaptcha/"""  # SiteGround
)
UNSEEN = re.compile(r"<(script|style|noscript)\b.*?(?:</\1\s*+>|\Z)", re.I | re.S)
TAG = re.compile(r"<[^<>]*>")
ACCEPTED = 202
"""The status of what is not ready yet (RFC 9110, 15.3.3). A page that comes with it and asks for
itself again holds nothing; one that does not is a page like any other."""
REFRESH = re.compile(r"""http-equiv\s*=\s*["']?refresh\b|\blocation\.reload\(""", re.I)
MOST_TEXT = 1500
"""Characters of visible text; a page with more of it has content besides."""
MOST_BYTES = 64 * 1024


def is_challenge(response: Response) -> bool:
    """Whether the answer is such a page, whatever its status."""
    for name, words in HEADERS.items():
        value = response.headers.get(name)
        if value is not None and words in value.lower():
            return True
    if not isinstance(response, TextResponse) or len(response.body) > MOST_BYTES:
        return False
    is_told = SCRIPTS.search(response.text) or (response.status == ACCEPTED and _reloads(response))
    return bool(is_told) and _visible(response.text) < MOST_TEXT


def _reloads(response: TextResponse) -> bool:
    return b"Refresh" in response.headers or bool(REFRESH.search(response.text))


def _visible(page: str) -> int:
    """Characters of text outside scripts, styles and tags."""
    return len(" ".join(TAG.sub(" ", UNSEEN.sub(" ", page)).split()))
