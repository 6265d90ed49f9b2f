"""Measure what counting over a source takes out of texts, on two whole real sites.

    python -m benchmarks.sitewide

Every post page of the mirrors is read as if its platform named no content, the build's own step is
run over the rows, and both states are compared with what the site's API or feed gives as the text.
The second reading of the first site is what stands in for it on a page where reading fails: the
page without its certain boilerplate.

Exit codes: 0 every target met; 1 one was missed; 2 the mirrors are not there.
"""

from __future__ import annotations

import html
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from urllib.parse import urlsplit

import feedparser
from rich.console import Console

from benchmarks.compare import WORD, Target, word_f1
from benchmarks.mirror_files import MirrorFiles
from benchmarks.real_sites import ALL_MET, MISSED, WIDTH, WRONG_USE, report
from benchmarks.serving import JORGEELCONSTRUCTOR, UNITINGNC, Row, missing, unpack
from cleaning.duplicates import signature
from cleaning.reader import read_page
from cleaning.writing import Body, pack_blocks, read_fragment
from pipelines.extracts import Sorter
from pipelines.measure_text import measure
from pipelines.read_body import NAMED
from pipelines.sitewide import remove_sitewide

GRAM = 3
"""Words in a row. Single words of a page's furniture occur in its text by chance, and would count
as lost when the furniture goes."""
Page = tuple[str, str]
"""Address, HTML."""
Found = tuple[Body, str]
"""What was read, and by which method."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One reading of one site: its texts before and after by address, and the table's rows."""

    name: str
    before: dict[str, str]
    after: dict[str, str]
    truth: dict[str, str]
    blocks: list[Row]

    def mean_f1(self, texts: dict[str, str]) -> float:
        return mean(word_f1(texts[url], self.truth[url]) for url in self.truth)

    def precision(self, texts: dict[str, str]) -> float:
        return mean(_overlap(texts[url], self.truth[url], 1) for url in self.truth)

    def recall(self, texts: dict[str, str]) -> float:
        return mean(_overlap(self.truth[url], texts[url], 1) for url in self.truth)

    @property
    def losers(self) -> list[str]:
        """The documents that lost words which stand in a row in their true text."""
        recall = {
            url: [_overlap(true, texts[url], GRAM) for texts in (self.before, self.after)]
            for url, true in self.truth.items()
        }
        return [url for url, (before, after) in recall.items() if after < before]


def main() -> int:
    """Run the benchmark; returns its exit code."""
    problem = missing()
    if problem:
        sys.stderr.write(f"{problem}\n")
        return WRONG_USE
    with tempfile.TemporaryDirectory() as folder:
        outcomes = list(measure_sites(Path(folder)))
    console = Console() if sys.stdout.isatty() else Console(width=WIDTH)
    for outcome in outcomes:
        _show_blocks(outcome, console)
    targets = [target for outcome in outcomes for target in targets_of(outcome)]
    report(console, targets)
    return ALL_MET if all(target.is_met for target in targets) else MISSED


def measure_sites(folder: Path) -> Iterator[Outcome]:
    """Each reading of each site."""
    files = MirrorFiles(unpack(UNITINGNC, folder))
    posts = {p["link"]: str(p["content"]["rendered"]) for p in files.posts.values()}
    pages = [(url, page) for url in sorted(posts) if (page := files.page(url))]
    truth = {url: _words_of(posts[url]) for url, _ in pages}
    named = [(url, posts[url]) for url, _ in pages]
    yield _measure("unitingnc, pages read", pages, _read_page, truth, ("en", "es"), folder)
    yield _measure("unitingnc, named by REST", named, _read_named, truth, ("en", "es"), folder)
    blog = unpack(JORGEELCONSTRUCTOR, folder)
    feed = dict(_feed_posts(blog))
    pages = list(_blog_pages(blog))
    truth = {url: feed[_path(url)] for url, _ in pages if _path(url) in feed}
    yield _measure("jorgeelconstructor, pages read", pages, _read_page, truth, ("es",), folder)


def _read_page(url: str, page: str) -> Found:
    found = read_page(page, url)
    return found.own, found.method


def _read_named(url: str, content: str) -> Found:
    return read_fragment(content, url), NAMED


def _blog_pages(blog: Path) -> Iterator[Page]:
    for file in sorted(blog.glob("2*/*/*.html")):
        # Archives of a month are no posts; "?showComment=…" is the same page again.
        if file.name != "index.html" and "?" not in file.name:
            path = file.relative_to(blog).as_posix()
            yield f"https://{JORGEELCONSTRUCTOR.host}/{path}", file.read_text("utf-8", "replace")


def _feed_posts(blog: Path) -> Iterator[tuple[str, str]]:
    """(path, words) of each post in the blog's feed; it ends after 25."""
    feed = feedparser.parse((blog / "feeds/posts/default").read_bytes(), sanitize_html=False)
    for entry in feed.entries:
        content = entry.content[0].value if "content" in entry else entry.get("summary", "")
        yield _path(entry.link), _words_of(content)


def _path(url: str) -> str:
    return urlsplit(url).path


def _words_of(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", markup))


def _measure(
    name: str,
    pages: list[Page],
    read: Callable[[str, str], Found],
    truth: dict[str, str],
    languages: tuple[str, ...],
    folder: Path,
) -> Outcome:
    rows = [_row(url, *read(url, page)) for url, page in pages]
    before = {row["url"]: row["text"] or "" for row in rows}
    keys = {
        "documents": ("document_id",),
        "links": ("document_id", "comment_id", "position"),
        "boilerplate": ("block_id",),
    }
    signatures = [(r["url"], found) for r in rows if (found := signature(r["text"] or ""))]
    with Sorter(folder / "sorting.sqlite", keys) as sorter:
        sorter.add("documents", name, rows)
        remove_sitewide(sorter, {name: languages}, {name: signatures})
        after = {row["url"]: row["text"] or "" for row in sorter.rows("documents", name)}
        return Outcome(name, before, after, truth, list(sorter.rows("boilerplate", name)))


def _row(url: str, body: Body, method: str) -> Row:
    quality = measure(body.text, 0).quality if body.text else {}
    return {
        "document_id": url,
        "url": url,
        "text": body.text or None,
        "markdown": body.markdown or None,
        "blocks": pack_blocks(body.blocks),
        "quality": {"method": method, **quality},
    }


def _overlap(one: str, other: str, length: int) -> float:
    """The share of the runs of `length` words of one text that the other has too, 0 to 1."""
    mine, theirs = _grams(one, length), _grams(other, length)
    return (mine & theirs).total() / mine.total() if mine else 1.0


def _grams(text: str, length: int) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return Counter(zip(*(words[start:] for start in range(length)), strict=False))


def _show_blocks(outcome: Outcome, console: Console) -> None:
    say = console.print
    changed = sum(outcome.before[url] != outcome.after[url] for url in outcome.before)
    head = f"{outcome.name}: {len(outcome.before)} documents, {changed} shortened"
    say(f"\n{head}; compared are {len(outcome.truth)}", markup=False)
    for label, texts in (("before", outcome.before), ("after", outcome.after)):
        figures = outcome.precision(texts), outcome.recall(texts), outcome.mean_f1(texts)
        told = "precision {:.4f}, recall {:.4f}, F1 {:.4f}".format(*figures)
        say(f"  {label}: words' {told}", markup=False)
    for block in sorted(outcome.blocks, key=lambda b: (b["action"] != "removed", -b["pages"])):
        text = " / ".join(block["text"].split("\n"))
        text = text if len(text) <= 60 else f"{text[:59]}…"
        counts = f"{block['removed_from']} of {block['pages']} pages, {block['place']}"
        say(f"  {block['action']} from {counts}: {text} ({block['why']})", markup=False)


def targets_of(outcome: Outcome) -> Iterator[Target]:
    """What is wanted of a reading."""
    before, after = outcome.mean_f1(outcome.before), outcome.mean_f1(outcome.after)
    measured = f"F1 {before:.4f} to {after:.4f}"
    if outcome.name.endswith("REST"):
        yield Target(outcome.name, "nothing goes", measured, outcome.before == outcome.after)
    else:
        # A reader that leaves nothing to find is no failure of what looks for it.
        is_met = after > before or not outcome.blocks
        measured += "" if outcome.blocks else ", no block repeats"
        yield Target(outcome.name, "closer to the true text", measured, is_met)
    lost = outcome.losers
    told = f"{len(lost)} of {len(outcome.truth)} fall"
    wanted = f"no document's recall of {GRAM} words in a row falls"
    yield Target(f"{outcome.name}: recall", wanted, told, not lost, tuple(lost))


if __name__ == "__main__":
    sys.exit(main())
