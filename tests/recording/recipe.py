"""Read a case's recipe: which site of the little web it takes, and what of it.

```toml
demo = "valley_knowledge"            # a site of demo/content
posts = ["people-patience-practice"] # slugs
pages = ["contact"]
refuse = ["/wp-json/"]               # paths that begin so answer 403
absent = ["/events/"]                # paths that begin so answer 404
hosts = ["www.a.example"]            # other hosts that show the same

[paths]                              # how paths of the demo's site begin, and how they do here
"/stories/" = "/news/"
"/" = "/section"                     # the front page alone

[changes.opening-day]                # fields of demo.web.model.Post to change
categories = ["notes"]

[site]                               # fields of demo.web.model.Site to change
posts_per_page = 3

[authors.carys]                      # an account under another slug and name
slug = "noreen"
name = "Nora Example"
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawlers.platforms.base import PlatformSpider
from demo.web.model import Comment, Post, Site, load_site, resolve


@dataclass(frozen=True, slots=True)
class Recipe:
    """The content of a case."""

    demo: str
    posts: tuple[str, ...]
    pages: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    paths: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    site: Mapping[str, Any] = field(default_factory=dict)
    authors: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def read_recipe(file: Path) -> Recipe:
    """Raises TypeError for a key that a recipe does not have, FileNotFoundError without a file."""
    return Recipe(**_tuples(tomllib.loads(file.read_text(encoding="utf-8"))))


def _tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}


def base_address(source: type[PlatformSpider]) -> str:
    """Where a recipe's site stands for this source, no slash at its end."""
    start = urlsplit(vars(source)["start_urls"][0])
    root: str = vars(source).get("root") or f"{start.scheme}://{start.netloc}"
    return root.rstrip("/")


def make_site(recipe: Recipe, base: str) -> Site:
    """The site as it stands at `base` (no slash at its end).

    Raises KeyError if the demo's site has no post or page of that slug.
    """
    site = load_site(recipe.demo)
    chosen = replace(
        site,
        authors=tuple(replace(a, **recipe.authors.get(a.slug, {})) for a in site.authors),
        posts=_choose(site, site.posts, recipe.posts, recipe),
        pages=_choose(site, site.pages, recipe.pages, recipe),
        **_tuples(recipe.site),
    )
    return resolve(chosen, {site.name: base})


def _choose(
    site: Site, posts: Iterable[Post], slugs: Iterable[str], recipe: Recipe
) -> tuple[Post, ...]:
    by_slug = {post.slug: post for post in posts}
    return tuple(_with_authors(site, by_slug[slug], recipe) for slug in slugs)


def _with_authors(site: Site, post: Post, recipe: Recipe) -> Post:
    """The post with its account, and the account's own comments, under the recipe's names."""
    slug = recipe.authors.get(post.author, {}).get("slug", post.author)
    names = {a.name: recipe.authors.get(a.slug, {}).get("name", a.name) for a in site.authors}
    comments = tuple(_renamed(one, names) for one in post.comments)
    changes = _tuples(recipe.changes.get(post.slug, {}))
    return replace(post, author=slug, comments=comments, **changes)


def _renamed(comment: Comment, names: Mapping[str, str]) -> Comment:
    return replace(comment, author=names.get(comment.author, comment.author))
