"""A real WordPress on 127.0.0.1, from Debian's packages, filled with known content.

with real_wordpress(folder) as site:
    crawl(site.base_url)
    assert ... == site.truth.published_posts
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .content import ground_truth
from .installation import WORDPRESS, Installation
from .processes import find_program, run, start_database
from .truth import TIMEZONE, Comment, Post, Truth, with_answer, with_ids

BLOCK_THEME = "twentytwentythree"
CLASSIC_THEME = "twentytwentyone"

_PROGRAMS = ("mariadbd", "mariadb-install-db", "mariadb-dump", "mariadb", "php")
_EXTENSIONS = ("mysqli", "SimpleXML", "mbstring")

_OPTIONS = {
    "timezone_string": TIMEZONE.key,
    "permalink_structure": "/%postname%/",
    "blogdescription": "What people learn when they decide together",
    "page_comments": "1",
    "comments_per_page": "50",
    "thread_comments": "1",
    "thread_comments_depth": "3",
    "close_comments_for_old_posts": "0",
}


def missing() -> str | None:
    """What is not installed on this machine, in words for a person; None when nothing is."""
    absent = [name for name in _PROGRAMS if find_program(name) is None]
    themes = [WORDPRESS / "wp-content/themes" / name for name in (BLOCK_THEME, CLASSIC_THEME)]
    absent += [str(path) for path in (WORDPRESS / "wp-load.php", *themes) if not path.exists()]
    if "php" not in absent:
        modules = run(["php", "-m"]).split()
        absent += [f"PHP's {name}" for name in _EXTENSIONS if name not in modules]
    if not absent:
        return None
    names = ", ".join(absent)
    return f"not installed: {names}; as root, `python -m tests.wordpress.install` installs it"


class RealWordPress:
    """A running site. What a method changes, `truth` tells from then on.

    Every method that asks WordPress for something raises ServerError where WordPress refuses.
    """

    def __init__(self, installation: Installation, truth: Truth, servers: ExitStack) -> None:
        """Of a filled and served `installation`; closing `servers` stops everything."""
        self.base_url = installation.base_url  # without a slash at its end
        self.truth = truth
        self._filled = truth
        self._installation = installation
        self._servers = servers

    def add_post(
        self,
        title: str,
        content: str,
        *,
        published: datetime | None = None,
        author: str = "noreen",
        categories: Sequence[str] = ("News",),
        tags: Sequence[str] = (),
    ) -> Post:
        """Publish a post, now or at `published` (aware), and return it with its id and address."""
        time = (published or datetime.now(UTC)).astimezone(TIMEZONE).replace(microsecond=0)
        key = f"added-{len(self.truth.posts)}"
        post = Post(
            key, title, content, time, author=author, categories=tuple(categories), tags=tuple(tags)
        )
        post = with_answer(
            post, self._installation.ask("add_post", **_post_fields(post), parent_id=0)
        )
        self._replace_posts((*self.truth.posts, post))
        return post

    def edit_post(self, post_id: int, content: str) -> Post:
        """Replace the markup of a post or page; its time of modification becomes now."""
        answer = self._installation.ask("edit_post", id=post_id, content=content)
        edited = [
            with_answer(replace(post, content=content, phrases=()), answer)
            for post in (*self.truth.posts, *self.truth.pages)
            if post.id == post_id
        ]
        self._replace_posts(p if p.id != post_id else edited[0] for p in self.truth.posts)
        self._replace_pages(p if p.id != post_id else edited[0] for p in self.truth.pages)
        return edited[0]

    def delete_post(self, post_id: int) -> None:
        """Delete a post or page and its comments for good: its address answers 404."""
        self._installation.ask("delete_post", id=post_id)
        self._replace_posts(post for post in self.truth.posts if post.id != post_id)
        self._replace_pages(page for page in self.truth.pages if page.id != post_id)
        comments = tuple(c for c in self.truth.comments if c.post_id != post_id)
        self.truth = replace(self.truth, comments=comments)

    def set_rest(self, is_open: bool) -> None:
        """Open the REST API to everybody, or close it as security plugins do: 401."""
        self._installation.ask(
            "set_option", name="test_bed_rest_closed", value="" if is_open else "1"
        )

    def use_theme(self, name: str) -> None:
        """Show the site with `BLOCK_THEME` (which it starts with) or `CLASSIC_THEME`."""
        self._installation.ask("use_theme", name=name)

    def reset(self) -> None:
        """Bring back the content, theme and options that the site started with."""
        self._installation.restore()
        self.truth = self._filled

    def stop(self) -> None:
        """End the web server and the database; a second call does nothing."""
        self._servers.close()

    def _replace_posts(self, posts: Iterable[Post]) -> None:
        self.truth = replace(self.truth, posts=tuple(posts))

    def _replace_pages(self, pages: Iterable[Post]) -> None:
        self.truth = replace(self.truth, pages=tuple(pages))


@contextmanager
def real_wordpress(folder: Path) -> Iterator[RealWordPress]:
    """A filled WordPress whose files and data are in `folder`, an empty folder that stays behind.

    Everything that it starts has ended when the block is left, also by an exception. Raises
    ServerError where something does not start, ValueError where the path of `folder` is longer
    than a socket's may be.
    """
    with ExitStack() as servers:
        servers.callback(start_database(folder).stop)
        installation = Installation(folder)
        installation.ask("install", title="Commons Notes", options=_OPTIONS)
        truth = _fill(installation, ground_truth())
        installation.save()
        servers.callback(installation.serve().stop)
        yield RealWordPress(installation, truth, servers)


def _fill(installation: Installation, truth: Truth) -> Truth:
    answer = installation.ask(
        "fill",
        authors=[asdict(author) for author in truth.authors],
        # Pages first: a page may not take the address of a post, so that neither is renamed.
        posts=[_post_fields(post) for post in (*truth.pages, *truth.posts)],
        comments=[_comment_fields(comment) for comment in truth.comments],
    )
    return with_ids(truth, answer)


def _post_fields(post: Post) -> dict[str, Any]:
    fields = asdict(post)
    del fields["modified"], fields["published"]
    fields["title"] = post.typed_title or post.title
    return {**fields, "local_time": post.published.strftime("%Y-%m-%d %H:%M:%S")}


def _comment_fields(comment: Comment) -> dict[str, Any]:
    fields = asdict(comment)
    del fields["published"]
    return {**fields, "gmt_time": comment.published.strftime("%Y-%m-%d %H:%M:%S")}
