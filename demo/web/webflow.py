"""A Webflow site: listing, items that show the whole library below them, sitemap, robots."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote, urlsplit

from demo.web.messages import PIXEL, TEXT, XML, Request, Response, document, page
from demo.web.model import Post, Site
from demo.web.prose import attribute, render

_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
# One key for each list of the site: that of the listing, and that below each item.
LISTING_KEY, EMBEDDED_KEY = "4f1e20aa_page", "9b3c77d1_page"
COLLECTION = "6a10c2f4d3b84e0912ab7802"


class Webflow:
    """Answers for one site at `base` (no slash at the end), with its addresses resolved."""

    def __init__(self, site: Site, base: str) -> None:
        self.site, self.base = site, base
        self._listing = f"/{site.item_folder}"
        self._items = {path_of_item(site, post): post for post in site.posts}

    def answer(self, request: Request) -> Response:
        response = self._file(request.path) or self._html(request)
        if response is None:
            return page(self._page("Not Found", "<h2>Page not found</h2>"), 404)
        changed = self.site.last_changed
        return Response(response.body, response.content_type, 200, (), changed)

    def _file(self, path: str) -> Response | None:
        if path == "/robots.txt":
            return document(f"Sitemap: {self.base}/sitemap.xml\n", TEXT)
        if path == "/sitemap.xml" and self.site.sitemap != "none":
            return document(self._sitemap(), XML)
        return Response(PIXEL, "image/png") if path.endswith(".png") else None

    def _sitemap(self) -> str:
        """Every page once; the pages of lists are not in it."""
        paths = ["/", self._listing, "/about", *self._items]
        urls = "".join(f"<url><loc>{self.base}{path}</loc></url>" for path in paths)
        return f'<?xml version="1.0" encoding="UTF-8"?><urlset {_SPACE}>{urls}</urlset>'

    def _html(self, request: Request) -> Response | None:
        path, query = request.path, request.query
        if path == "/":
            welcome = f"<h1>{escape(self.site.title)}</h1><p>{escape(self.site.tagline)}</p>"
            return page(self._page(self.site.title, welcome + self._cards(self._listed()[:3])))
        if path == self._listing:
            shelf = self._filters() + self._list(self._listed(), query, LISTING_KEY)
            return page(self._page("Resource shelf", f"<h1>Resource shelf</h1>{shelf}"))
        if path == "/about":
            return page(self._page("About", self._about()))
        return page(self._item(self._items[path], query)) if path in self._items else None

    def _about(self) -> str:
        """A page that is no item; nothing else links to what the listing leaves out."""
        kept = "".join(
            f'<li><a href="{path}">{escape(post.title)}</a></li>'
            for path, post in self._items.items()
            if post.slug in self.site.unlisted
        )
        return f'<h1>About</h1><div class="w-richtext"><p>Behind the desk:</p><ul>{kept}</ul></div>'

    def _listed(self) -> list[Post]:
        return [post for post in self.site.newest_first if post.slug not in self.site.unlisted]

    def _page(self, title: str, main: str, *, post: Post | None = None) -> str:
        mark = f' data-wf-collection="{COLLECTION}" data-wf-item-slug="{post.slug}"' if post else ""
        return render(
            "webflow/page",
            host=urlsplit(self.base).netloc,
            page_id="6a10c2f4d3b84e0912ab7811" if post else "6a10c2f4d3b84e0912ab7810",
            item_mark=mark,
            title=escape(f"{title} | {self.site.title}"),
            meta=self._meta(post) if post else "",
            site_title=escape(self.site.title),
            folder=self.site.item_folder,
            main=main,
        )

    def _meta(self, post: Post) -> str:
        title = f'<meta content="{attribute(post.title)}" property="og:title"/>'
        if post.excerpt is None:
            return title
        return f'{title}<meta content="{attribute(post.excerpt)}" name="description"/>'

    def _item(self, post: Post, query: dict[str, str]) -> str:
        """An item's page. Its date is text, and for every other item JSON-LD too."""
        is_plain = post.slug in self.site.plain_pages
        rich = f'<section class="body"><div class="text w-richtext">{post.body}</div></section>'
        others = [other for other in self._listed() if other.slug != post.slug]
        main = render(
            "webflow/item",
            folder=self.site.item_folder,
            labels=self._labels(post),
            title=escape(post.title),
            date=_day(post),
            description=post.body if is_plain else _paragraph(post.excerpt),
            button=_button(post.target),
            quoted=quote(self.base + path_of_item(self.site, post), safe=""),
            rich_text="" if is_plain else rich,
            filters=self._filters(),
            list=self._list(others, query, EMBEDDED_KEY),
        )
        ld = (
            '<script type="application/ld+json">{"@context": "https://schema.org", "@type": '
            f'"Article", "datePublished": "{post.published:%b %d, %Y}"}}</script>'
        )
        return self._page(post.title, main + (ld if post.id % 2 else ""), post=post)

    def _list(self, posts: Sequence[Post], query: dict[str, str], key: str) -> str:
        """One page of a list; behind its last page Webflow shows the list's empty state."""
        raw, size = query.get(key, "1"), self.site.posts_per_page
        number, count = int(raw) if raw.isdecimal() else 1, -(-len(posts) // size)
        shown = posts[(number - 1) * size : number * size]
        if not shown:
            return '<div class="w-dyn-list"><div class="w-dyn-empty">No items found.</div></div>'
        return render(
            "webflow/list",
            cards="".join(map(self._card, shown)),
            pager=_pager(key, number, count),
            number=number,
            count=count,
        )

    def _cards(self, posts: Sequence[Post]) -> str:
        cards = "".join(map(self._card, posts))
        items = f'<div role="list" class="w-dyn-items">{cards}</div>'
        return f'<div class="featured w-dyn-list">{items}</div>'

    def _card(self, post: Post) -> str:
        described = '<p class="text-size-regular w-dyn-bind-empty"></p>'
        if post.excerpt is not None:
            described = f'<div class="text-size-regular">{escape(post.excerpt)}</div>'
        return render(
            "webflow/card",
            url=path_of_item(self.site, post),
            alt=attribute(post.title),
            title=escape(post.title),
            labels=self._labels(post),
            description=described,
        )

    def _labels(self, post: Post) -> str:
        names = {term.slug: term.name for term in (*self.site.categories, *self.site.tags)}
        fields = [("topic", slug) for slug in post.categories] + [("tag", s) for s in post.tags]
        return "".join(
            f'<div fs-cmsfilter-field="{field}" class="tag">{escape(names[slug])}</div>'
            for field, slug in fields
        )

    def _filters(self) -> str:
        """Check boxes that carry the same attributes as the labels of a card."""
        boxes = "".join(
            f'<label class="w-checkbox"><input type="checkbox"/><span fs-cmsfilter-field="topic" '
            f'class="w-form-label">{escape(term.name)}</span></label>'
            for term in self.site.categories
        )
        return render("webflow/filters", boxes=boxes)


def path_of_item(site: Site, post: Post) -> str:
    return f"/{site.item_folder}/{post.slug}"


def _day(post: Post) -> str:
    """`November 5, 2025`, as Webflow's date format writes it."""
    return f"{post.published:%B} {post.published.day}, {post.published.year}"


def _paragraph(text: str | None) -> str:
    return f'<p class="text-size-large">{escape(text)}</p>' if text else ""


def _button(target: str | None) -> str:
    if target is None:
        return '<a href="#" class="button w-button w-condition-invisible">View resource</a>'
    return (
        f'<a href="{attribute(target)}" target="_blank" class="button w-button">View resource</a>'
    )


def _pager(key: str, number: int, count: int) -> str:
    before = (
        f'<a href="?{key}={number - 1}" aria-label="Previous Page" class="w-pagination-previous">'
        '<div class="w-inline-block">Previous</div></a>'
    )
    after = (
        f'<a href="?{key}={number + 1}" aria-label="Next Page" class="w-pagination-next">'
        '<div class="w-inline-block">Load more</div></a>'
    )
    return (before if number > 1 else "") + (after if number < count else "")
