"""Score the reader of threads alone on pages of forums whose posts people marked.

    python -m benchmarks.threads [FOLDER] [--pages] [--posts ID]

FOLDER has a `truth.jsonl.gz` with a line a page (id, url, posts with user, time and text) and
`html/ID.html.gz`. A post is found where a text has a word F1 of .7 with it; its author where the
marked user is a name and agrees, its day where both are within two days. A page is whole where all
posts are found and no other. Dates that are told from the day of the visit pass with any date.
"""

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dateparser

from benchmarks.marked_pages import word_f1, words
from cleaning.page import Page, read_page_model
from cleaning.reader.threads import Thread, find_threads, text_of

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "benchmarks" / "forum-half"
SAME_TEXT = 0.7
_SESSION = re.compile(r"s=|sid=|PHPSESSID=", re.IGNORECASE)
SAVED = datetime(2020, 5, 1, tzinfo=UTC).replace(tzinfo=None)
"""When the pages were saved, about: from here relative dates are told."""


def is_day(found: str | None, wanted: str) -> bool:
    """Tell whether a found date is within two days of the marked one."""
    if not found:
        return False
    want, got = _day(wanted), _day(found)
    if want is None or not re.search(r"\d{4}", wanted):
        return got is not None
    return got is not None and abs((got - want).total_seconds()) < 2 * 86400


def _day(text: str) -> datetime | None:
    if re.fullmatch(r"\d{13}", text):
        return datetime.fromtimestamp(int(text) / 1000, UTC).replace(tzinfo=None)
    try:
        found = dateparser.parse(text, settings={"RELATIVE_BASE": SAVED})
    except (ValueError, OverflowError):
        return None
    return found.replace(tzinfo=None) if found else None


def is_author(found: str | None, wanted: str) -> bool:
    one, other = (found or "").strip().lower(), wanted.strip().lower()
    return bool(one) and (one in other or other in one)


def is_link(found: str | None, wanted: str) -> bool:
    """Tell whether an author's link is the marked one, whatever the session and the host."""
    return bool(found) and _place(found or "").endswith(_place(wanted))


def _place(address: str) -> str:
    parts = urlsplit(address.strip())
    query = sorted(part for part in re.split("[&;]", parts.query) if not _SESSION.match(part))
    return f"{parts.path.lstrip('./')}?{'&'.join(query)}"


def score_page(page: Page, threads: list[Thread], truth: list[dict[str, str]]) -> Counter[str]:
    """Return the counts of one page; of several threads all posts count."""
    posts = [post for thread in threads for post in thread.posts]
    texts = [words(text_of(page, post)) for post in posts]
    left = set(range(len(posts)))
    count: Counter[str] = Counter(pages=1, gold=len(truth), found=len(posts))
    for marked in truth:
        wanted = words(marked["text"])
        best = max(left, key=lambda place: word_f1(texts[place], wanted), default=None)
        if best is None or word_f1(texts[best], wanted) < SAME_TEXT:
            continue
        left.remove(best)
        is_name = not re.search(r"[/?=]|^\d+$", marked["user"].strip())
        count.update(hit=1, named=is_name, linked=not is_name, dated=1)
        count.update(link=not is_name and is_link(posts[best].author_url, marked["user"]))
        count.update(author=is_name and is_author(posts[best].author, marked["user"]))
        count.update(day=is_day(posts[best].published, marked["time"]))
    count.update(whole=count["hit"] == len(truth) == len(posts))
    return count


def read_truth(folder: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    with gzip.open(folder / "truth.jsonl.gz", "rt") as lines:
        for line in lines:
            marked = json.loads(line)
            html = gzip.decompress((folder / "html" / f"{marked['id']}.html.gz").read_bytes())
            yield marked, html


def gate_figures(folder: Path = DEFAULT) -> dict[str, float]:
    """Return the F1 of posts, and the shares of their authors and days that are right."""
    total: Counter[str] = Counter()
    for marked, html in read_truth(folder):
        page = read_page_model(html, marked["url"])
        total.update(score_page(page, find_threads(page), marked["posts"]))
    return {
        "forum-half posts": _f1(total),
        "forum-half authors": total["author"] / max(1, total["named"]),
        "forum-half days": total["day"] / max(1, total["dated"]),
    }


def _f1(total: Counter[str]) -> float:
    return 2 * total["hit"] / max(1, total["found"] + total["gold"])


def summary(total: Counter[str]) -> str:
    precision = total["hit"] / max(1, total["found"])
    recall = total["hit"] / max(1, total["gold"])
    return (
        f"pages {total['pages']} whole {total['whole']} posts {total['gold']} found"
        f" {total['found']} precision {precision:.3f} recall {recall:.3f} F1 {_f1(total):.3f}"
        f" author {total['author'] / max(1, total['named']):.3f} of {total['named']}"
        f" link {total['link'] / max(1, total['linked']):.3f} of {total['linked']}"
        f" day {total['day'] / max(1, total['dated']):.3f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--pages", action="store_true", help="print a line a page")
    parser.add_argument("--posts", metavar="ID", help="print what was found on one page")
    options = parser.parse_args()
    if not (options.folder / "truth.jsonl.gz").is_file():
        print(f"No marked pages in {options.folder}")
        return 0
    total: Counter[str] = Counter()
    lines, seconds = [], 0.0
    for marked, html in read_truth(options.folder):
        if options.posts and marked["id"] != options.posts:
            continue
        page = read_page_model(html, marked["url"])
        start = time.process_time()
        threads = find_threads(page)
        seconds += time.process_time() - start
        count = score_page(page, threads, marked["posts"])
        total.update(count)
        lines.append(f"{marked['id']} {summary(count)}")
        if options.posts:
            print_posts(page, threads)
    if options.pages:
        print("\n".join(lines))
    print(f"{summary(total)} {1000 * seconds / max(1, total['pages']):.1f} ms a page")
    return 0


def print_posts(page: Page, threads: list[Thread]) -> None:
    for thread in threads:
        print(thread.kind, thread.declared, f"{thread.strength:.2f}")
        for post in thread.posts:
            text = " ".join(text_of(page, post).split())
            print(f"  {post.author} ({post.author_url}) {post.published} #{post.native_id}", end="")
            print(f" ^{post.parent}: {text[:90]} … {text[-40:]}")


if __name__ == "__main__":
    sys.exit(main())
