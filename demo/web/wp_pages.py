"""WordPress's HTML: single posts, pages, archives."""

from __future__ import annotations

import json
from datetime import UTC
from html import escape

from demo.web.model import Post
from demo.web.prose import attribute, plain_text, render, texturise_line
from demo.web.wp_blog import Blog, Listing
from demo.web.wp_comments import CommentPages

# How a theme leads to the next page of an archive; {next} and {previous} are addresses.
_NEXT_FORMS = {
    "genesis": (
        '<li class="pagination-previous"><a href="{previous}" >&#x000AB; '
        '<span class="screen-reader-text">Go to</span> Previous Page</a></li>\n',
        '<li class="pagination-next"><a href="{next}" >'
        '<span class="screen-reader-text">Go to</span> Next Page &#x000BB;</a></li>\n',
        '<div class="archive-pagination pagination" role="navigation"><ul>{links}</ul></div>',
    ),
    "numbers": (
        '<a class="prev page-numbers" href="{previous}">&laquo; Previous</a>\n',
        '<a class="next page-numbers" href="{next}">Next &raquo;</a>',
        '<nav class="navigation paging-navigation">{links}</nav>',
    ),
    "nav-previous": (
        '<div class="nav-next"><a href="{previous}" >Newer posts</a></div>',
        '<div class="nav-previous"><a href="{next}" >'
        '<span class="meta-nav">&larr;</span> Older posts</a></div>',
        '<nav id="nav-below" class="navigation" role="navigation">{links}</nav>',
    ),
    "query": (
        '<a class="wp-block-query-pagination-previous" href="{previous}">Newer</a>',
        '<a class="wp-block-query-pagination-next" href="{next}">Older</a>',
        '<nav class="wp-block-query-pagination">{links}</nav>',
    ),
    "text": (
        '<a href="{previous}">&laquo; Previous Page</a> &#8212; ',
        '<a href="{next}">Next Page &raquo;</a>',
        '<div class="browse">{links}</div>',
    ),
}


class Pages:
    """Renders the HTML of one blog. `api_root` None: the pages do not announce an API."""

    def __init__(self, blog: Blog, api_root: str | None) -> None:
        self.blog = blog
        self.api_root = api_root

    def single(self, post: Post, comment_page: int) -> str:
        """A post or page with its comments of one comment page."""
        comments = CommentPages(self.blog, post)
        kind = "page page-id" if post.kind == "page" else "post-template-default single single-post"
        number = f"-{post.id}" if post.kind == "page" else f" postid-{post.id}"
        values = self._entry_values(post) | {
            "content": self._body(post),
            "comments": comments.html(comment_page),
            "neighbours": self._neighbours(post),
        }
        main = render(f"{self.blog.site.theme}/single", **values)
        return self._page(
            f"{self.blog.title(post)} - {self.blog.site.title}",
            f"{kind}{number}",
            main,
            self._single_head(post),
        )

    def archive(self, listing: Listing, number: int) -> str:
        """Page `number` (from 1) of an archive."""
        size, theme = self.blog.site.posts_per_page, self.blog.site.theme
        shown = listing.posts[(number - 1) * size : number * size]
        last = max(1, -(-len(listing.posts) // size))
        kind = listing.body_class.split()[-1].split("-")[0]
        paged = f" paged {kind}-paged-{number} paged-{number}" if number > 1 else ""
        entries = "".join(
            render(f"{theme}/entry", **self._entry_values(post), summary=self._summary(post))
            for post in shown
        )
        main = render(
            f"{theme}/archive",
            heading=texturise_line(listing.title),
            entries=entries,
            pagination=self._pagination(listing, number, last),
        )
        head = self._archive_head(listing, number, last)
        return self._page(
            f"{listing.title} - {self.blog.site.title}", listing.body_class + paged, main, head
        )

    def not_found(self) -> str:
        main = "<h1>Page not found</h1><p>Nothing was found at this address.</p>"
        return self._page("Page not found", "error404", main, "")

    def _page(self, title: str, body_class: str, main: str, head: str) -> str:
        blog, site = self.blog, self.blog.site
        generator = "WordPress.com" if site.platform == "wordpress.com" else "WordPress 6.6.1"
        feeds = (
            f'<link rel="alternate" type="application/rss+xml" title="{escape(site.title)} '
            f'&raquo; Feed" href="{blog.base}/feed/" />\n'
            f'<meta name="generator" content="{generator}" />\n'
        )
        if self.api_root:
            head += f'<link rel="https://api.w.org/" href="{self.api_root}" />\n'
        menu = "".join(
            f'<li class="menu-item"><a href="{blog.link(page)}">{escape(page.title)}</a></li>'
            for page in site.pages
        )
        recent = "".join(
            f'<li><a href="{blog.link(post)}">{texturise_line(blog.title(post))}</a></li>'
            for post in site.newest_first[:3]
        )
        return render(
            f"{site.theme}/page",
            lang="en-GB" if site.languages[0] == "en" else site.languages[0],
            title=escape(title),
            head=feeds + head,
            body_class=body_class,
            base=blog.base,
            site_title=escape(site.title),
            tagline=escape(site.tagline),
            menu=menu,
            recent=recent,
            main=main,
        )

    def _entry_values(self, post: Post) -> dict[str, object]:
        blog, local = self.blog, self.blog.local(post.published)
        author = blog.site.author_of(post)
        slugs = " ".join(f"category-{slug}" for slug in post.categories)
        return {
            "post_id": post.id,
            "post_class": f"post-{post.id} {post.kind} type-{post.kind} status-publish "
            f"format-standard {slugs}".strip(),
            "title": texturise_line(blog.title(post)),
            "title_attribute": attribute(post.title),
            "link": blog.link(post),
            "date": f"{local:%B} {local.day}, {local.year}",
            "time": f"{local:%H:%M}",
            "iso": local.isoformat(timespec="seconds"),
            "author": escape(author.name),
            "author_url": blog.author_link(author),
            "terms": self._term_links(post, post.categories, "category tag"),
            "tags": self._tags(post),
            "replies": CommentPages(blog, post).replies,
        }

    def _term_links(self, post: Post, slugs: tuple[str, ...], rel: str) -> str:
        # Block themes mark the links of every taxonomy alike.
        rel = "tag" if self.blog.site.theme == "block" else rel
        return ", ".join(
            f'<a href="{self.blog.term_link(term)}" rel="{rel}">{texturise_line(term.name)}</a>'
            for term in self.blog.terms(post)
            if term.slug in slugs
        )

    def _tags(self, post: Post) -> str:
        """The post's tags with the words and the element that the theme puts around them."""
        links = self._term_links(post, post.tags, "tag")
        forms = {
            "genesis": f'<span class="entry-tags">Tagged With: {links}</span>',
            "block": f'<div class="taxonomy-post_tag wp-block-post-terms">{links}</div>',
            "twentytwelve": f" and tagged {links}",
        }
        return forms[self.blog.site.theme] if links else ""

    def _body(self, post: Post) -> str:
        if post.password is None:
            return self.blog.content(post)
        return (
            f'<form action="{self.blog.base}/wp-login.php?action=postpass" '
            'class="post-password-form" method="post"><p>This content is password protected. '
            "To view it please enter your password below:</p></form>"
        )

    def _summary(self, post: Post) -> str:
        mode = self.blog.site.excerpts
        if mode == "empty":
            return ""
        return self._body(post) if mode == "full" else self.blog.excerpt(post)

    def _pagination(self, listing: Listing, number: int, last: int) -> str:
        back, forward, around = _NEXT_FORMS[self.blog.site.pagination]
        addresses = {
            "previous": self.page_address(listing, number - 1),
            "next": self.page_address(listing, number + 1),
        }
        links = back.format(**addresses) if number > 1 else ""
        links += forward.format(**addresses) if number < last else ""
        return around.format(links=links) if links else ""

    def page_address(self, listing: Listing, number: int) -> str:
        """The address of page `number` of an archive."""
        tail = f"page/{number}/" if number > 1 else ""
        return f"{self.blog.base}{listing.path}{tail}"

    def _archive_head(self, listing: Listing, number: int, last: int) -> str:
        own = self.page_address(listing, number)
        head = f'<link rel="canonical" href="{own}" />\n'
        if self.blog.site.has_next_link and number < last:
            head += f'<link rel="next" href="{self.page_address(listing, number + 1)}" />\n'
        return head

    def _single_head(self, post: Post) -> str:
        blog = self.blog
        head = f'<link rel="canonical" href="{blog.link(post)}" />\n'
        head += f"<link rel='shortlink' href='{blog.shortlink(post)}' />\n"
        if self.api_root:
            path = "pages" if post.kind == "page" else "posts"
            href = f"{self.api_root}wp/v2/{path}/{post.id}"
            head += f'<link rel="alternate" type="application/json" href="{href}" />\n'
        # On a single post these name the neighbours, not the next page of anything.
        for rel, neighbour in self._around(post).items():
            head += f'<link rel="{rel}" title="{attribute(neighbour.title)}" '
            head += f'href="{blog.link(neighbour)}" />\n'
        return head + (self._yoast(post) if blog.site.has_yoast else "")

    def _around(self, post: Post) -> dict[str, Post]:
        posts = self.blog.site.newest_first
        if post not in posts:
            return {}
        at = posts.index(post)
        found = {"prev": posts[at + 1 : at + 2], "next": posts[max(at - 1, 0) : at]}
        return {rel: near[0] for rel, near in found.items() if near}

    def _neighbours(self, post: Post) -> str:
        css = {"prev": "nav-previous", "next": "nav-next"}
        return "".join(
            f'<span class="{css[rel]}"><a href="{self.blog.link(near)}" rel="{rel}">'
            f"{texturise_line(near.title)}</a></span>"
            for rel, near in self._around(post).items()
        )

    def _yoast(self, post: Post) -> str:
        """Meta and JSON-LD as Yoast writes them: in UTC, with an offset."""
        published = post.published.astimezone(UTC).isoformat(timespec="seconds")
        modified = post.last_changed.astimezone(UTC).isoformat(timespec="seconds")
        author = self.blog.site.author_of(post)
        graph = {
            "@context": "https://schema.org",
            "@graph": [
                {
                    "@type": "WebPage" if post.kind == "page" else "Article",
                    "@id": f"{self.blog.link(post)}#article",
                    "headline": post.title,
                    "datePublished": published,
                    "dateModified": modified,
                    "author": {"@type": "Person", "name": author.name},
                    "inLanguage": post.language,
                }
            ],
        }
        description = attribute(plain_text(self.blog.excerpt(post)))
        return (
            f'<meta property="og:title" content="{attribute(post.title)}" />\n'
            f'<meta property="og:description" content="{description}" />\n'
            f'<meta property="article:published_time" content="{published}" />\n'
            f'<meta property="article:modified_time" content="{modified}" />\n'
            f'<meta name="author" content="{attribute(author.name)}" />\n'
            '<script type="application/ld+json" class="yoast-schema-graph">'
            f"{json.dumps(graph)}</script>\n"
        )
