"""Compare an expected file with what the recipe's site says, which no code under test has touched.

`demo.web.expected` states it from the same content that the pages are rendered from. What a page
does not show (a time of day in another zone, the name behind a closed list of users) may be null or
less precise in the expected file; it may not be anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawlers.platforms.base import PlatformSpider
from crawlers.registry import load_source
from demo.web.expected import expected
from tests.recording.cases import Case, project_settings
from tests.recording.paths import recorded_url
from tests.recording.recipe import base_address, make_site, read_recipe

Row = dict[str, Any]
AGREED = {
    ("amdanon-ni", "language"): "Welsh and English in one paragraph: the longer part counts",
}
"""Where the two rightly differ: (slug, what), and why."""
FRAME = {"website": 5}
"""Words of a page around its text that may stay where no platform names the text (a name, a licence
line); for all other platforms, none."""
MASKED = re.compile(r"\[(?:email|phone)\]")


def disagreements(case: Case) -> list[str]:
    """Each as "<what>: expected <value>, the site says <value>"."""
    truth, rows = site_truth(case), case.read_expected()
    allowed = vars(_source(case)).get("allow", ("",))
    posts = {p["url"]: p for p in [*truth["posts"], *truth["pages"]]}
    posts = {url: post for url, post in posts.items() if urlsplit(url).path.startswith(allowed)}
    documents = {d["url"]: d for d in rows["documents"]}
    open_posts = {url for url, post in posts.items() if not post["is_protected"]}
    found = [f"missing: {url}" for url in sorted(open_posts - set(documents))]
    found += [f"not on the site: {url}" for url in sorted(set(documents) - open_posts)]
    zone = ZoneInfo(truth["timezone"])
    for url in sorted(open_posts & set(documents)):
        differ = [*_document(documents[url], posts[url], zone)]
        # Prezi counts comments and shows none.
        if truth["platform"] != "prezi":
            differ += _comments(rows, documents[url], posts[url], zone)
        agreed = tuple(what for slug, what in AGREED if slug == posts[url]["slug"])
        found += [f"{url} {what}" for what in differ if not what.startswith(agreed)]
    for entry in rows["list_entries"]:
        shown = entry["title"] and entry["title"].removeprefix("Protected: ")
        title = posts.get(entry["url"], {}).get("title", shown)
        found += [f"{entry['list_url']} {what}" for what in _same("entry", shown, title)]
    return found


def _source(case: Case) -> type[PlatformSpider]:
    return load_source(project_settings(), case.source)


def site_truth(case: Case) -> dict[str, Any]:
    """`demo.web.expected` of the recipe's site at the addresses of the recording."""
    recipe = read_recipe(case.recipe)
    base = base_address(_source(case))
    site = make_site(recipe, base)
    truth = expected(site, {site.name: base})
    for post in [*truth["posts"], *truth["pages"]]:
        post["url"] = recorded_url(post["url"], recipe.paths)
    return truth


def _document(row: Row, post: Row, zone: ZoneInfo) -> Iterator[str]:
    yield from _same("title", row["title"], post["title"])
    # Of a text in two languages, the site names the first, and the row the longer.
    if post["language"] not in (row["languages"] or {}):
        yield from _same("language", row["language"], post["language"])
    names = [author.rpartition(" (")[0] for author in row["authors"] or ()]
    yield from _same("authors", names or None, post["authors"])
    yield from _same("published", *_times(row, post["published"], zone))
    for what in ("categories", "tags"):
        yield from _same(what, row[what] and sorted(row[what]), sorted(post[what]))
    yield from _same("signpost", row["is_signpost"] or None, post["is_signpost"])
    yield from _same("target", row["target_url"], post["target"])
    words, truth = _words(row), post["words"] or post["embeds"]
    parts = SequenceMatcher(None, words, truth, autojunk=False).get_matching_blocks()
    same = sum(part.size for part in parts)
    if same < len(truth) or len(words) - same > FRAME.get(row["platform"], 0):
        yield f"text: expected {words}, the site says {truth}"


def _comments(rows: Row, document: Row, post: Row, zone: ZoneInfo) -> Iterator[str]:
    number = document["native_id"] or document["url"]
    kept = {c["native_id"]: c for c in rows["comments"] if c["document"] == number}
    removed = {
        row["row"].get("native_id"): row["reason"]
        for row in rows["quarantine"]
        if row["document"] == number
    }
    for comment in post["comments"]:
        key = str(comment["id"])
        if comment["is_spam"] or comment["is_deleted"]:
            reason = "spam" if comment["is_spam"] else "deleted_comment"
            yield from _same(f"quarantine of {key}", removed.get(key, "none"), reason)
        elif key in kept:
            for what in _comment(kept[key], comment, zone):
                yield f"comment {key} {what}"
        elif comment["kind"] != "pingback":  # which WordPress's API does not list
            yield f"comment {key} is missing"


def _comment(row: Row, comment: Row, zone: ZoneInfo) -> Iterator[str]:
    yield from _same("kind", row["kind"], comment["kind"])
    yield from _same("published", *_times(row, comment["published"], zone))
    yield from _same("by the author", row["is_by_document_author"] or None, comment["is_by_author"])
    # A page shows replies below its depth limit as replies to somebody else.
    parents = {str(comment[name]) for name in ("parent", "shown_parent") if comment[name]}
    if row["parent"] not in {None, *parents} and not comment["is_orphan"]:
        yield f"parent: expected {row['parent']}, the site says {sorted(parents)}"
    shown = [word for word in _words(row) if not MASKED.search(word)]
    # Of a pingback some themes show no more than its title.
    if comment["kind"] == "comment" and any(word not in comment["words"] for word in shown):
        yield from _same("text", _words(row), comment["words"])


def _words(row: Row) -> list[str]:
    """The words of a text; its tables have bars between their cells."""
    return [word for word in " ".join(row["text"]).split() if word != "|"]


def _same(what: str, value: Any, truth: Any) -> Iterator[str]:
    if value is not None and value != truth:
        yield f"{what}: expected {value!r}, the site says {truth!r}"


def _times(row: Row, truth: datetime, zone: ZoneInfo) -> tuple[str | None, str]:
    """(the row's, the site's), both no more precise than the row says."""
    if row["published"] is None:
        return None, ""
    value = datetime.fromisoformat(row["published"])
    if row["published_precision"] == "day":
        return f"{value:%Y-%m-%d}", f"{truth.astimezone(zone):%Y-%m-%d}"
    precision = {"second": "seconds", "minute": "minutes"}[row["published_precision"]]
    return value.isoformat(timespec=precision), truth.isoformat(timespec=precision)
