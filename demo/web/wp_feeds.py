"""WordPress's RSS feeds and sitemaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from demo.web.model import Comment, Post
from demo.web.prose import paragraphs, texturise
from demo.web.wp_blog import Blog

# WordPress puts ten posts into a feed; older ones stand under ?paged=2.
FEED_POSTS = 10

_RSS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"\n'
    '\txmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
    '\txmlns:wfw="http://wellformedweb.org/CommentAPI/"\n'
    '\txmlns:dc="http://purl.org/dc/elements/1.1/"\n'
    '\txmlns:atom="http://www.w3.org/2005/Atom"\n'
    '\txmlns:slash="http://purl.org/rss/1.0/modules/slash/"\n\t>\n<channel>\n'
)
_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def posts_feed(blog: Blog, path: str, title: str, posts: Sequence[Post]) -> str:
    """A feed of posts with excerpt and whole content."""
    items = (_post_item(blog, post) for post in posts)
    return _channel(blog, title, blog.base + path, f"{blog.base}/", items)


def comments_feed(
    blog: Blog, path: str, pairs: Iterable[tuple[Post, Comment]], title: str, link: str
) -> str:
    """A feed of comments, newest first. A reply names its parent only in its text."""
    newest = sorted(pairs, key=lambda pair: pair[1].published, reverse=True)
    is_site = path == "/comments/feed/"
    items = (_comment_item(blog, post, comment, is_site) for post, comment in newest)
    return _channel(blog, title, blog.base + path, link, items)


def _channel(blog: Blog, title: str, own: str, link: str, items: Iterable[str]) -> str:
    site = blog.site
    head = (
        f"\t<title>{escape(title)}</title>\n"
        f'\t<atom:link href="{own}" rel="self" type="application/rss+xml" />\n'
        f"\t<link>{link}</link>\n\t<description>{escape(site.tagline)}</description>\n"
        f"\t<lastBuildDate>{_rfc822(site.last_changed)}</lastBuildDate>\n"
        f"\t<language>{'en-GB' if site.languages[0] == 'en' else site.languages[0]}</language>\n"
        "\t<generator>https://wordpress.org/?v=6.6.1</generator>\n"
    )
    return f"{_RSS}{head}{''.join(items)}</channel>\n</rss>\n"


def _post_item(blog: Blog, post: Post) -> str:
    link = blog.link(post)
    categories = "".join(f"<category>{_cdata(term.name)}</category>" for term in blog.terms(post))
    excerpt = blog.excerpt(post)
    content = blog.content(post) or excerpt
    return (
        f"\t<item>\n\t\t<title>{texturise(escape(blog.title(post)))}</title>\n"
        f"\t\t<link>{link}</link>\n\t\t<comments>{link}#comments</comments>\n"
        f"\t\t<dc:creator>{_cdata(blog.site.author_of(post).name)}</dc:creator>\n"
        f"\t\t<pubDate>{_rfc822(post.published)}</pubDate>\n\t\t{categories}\n"
        f'\t\t<guid isPermaLink="false">{blog.shortlink(post)}</guid>\n'
        f"\t\t<description>{_cdata(excerpt)}</description>\n"
        f"\t\t<content:encoded>{_cdata(content)}</content:encoded>\n"
        f"\t\t<wfw:commentRss>{link}feed/</wfw:commentRss>\n"
        f"\t\t<slash:comments>{len(blog.comments(post))}</slash:comments>\n\t</item>\n"
    )


def _comment_item(blog: Blog, post: Post, comment: Comment, is_site: bool) -> str:
    title = f"Comment on {post.title} by {comment.author}" if is_site else f"By: {comment.author}"
    body = texturise(_in_reply_to(blog, post, comment) + paragraphs(comment.body))
    return (
        f"\t<item>\n\t\t<title>\n\t\t{escape(title)}\t\t</title>\n"
        f"\t\t<link>{blog.comment_link(post, comment)}</link>\n"
        f"\t\t<dc:creator>{_cdata(comment.author)}</dc:creator>\n"
        f"\t\t<pubDate>{_rfc822(comment.published)}</pubDate>\n"
        f'\t\t<guid isPermaLink="false">{blog.shortlink(post)}#comment-{comment.id}</guid>\n'
        f"\t\t<description>{_cdata(comment.body)}</description>\n"
        f"\t\t<content:encoded>{_cdata(body)}</content:encoded>\n\t</item>\n"
    )


def _in_reply_to(blog: Blog, post: Post, comment: Comment) -> str:
    for other in blog.comments(post):
        if other.id == comment.parent:
            link = blog.comment_link(post, other)
            return f'<p>In reply to <a href="{link}">{escape(other.author)}</a>.</p>\n'
    return ""


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC))


def sitemap(blog: Blog, path: str) -> str | None:
    """The sitemap or sitemap index at `path`, in the form of the site; None: there is none."""
    forms = {"core": _core, "yoast": _yoast, "wpcom": _wpcom}
    form = forms.get(blog.site.sitemap)
    return form(blog).get(path) if form else None


def sitemap_address(blog: Blog) -> str | None:
    """The sitemap that robots.txt names, if there is one."""
    names = {"core": "wp-sitemap", "yoast": "sitemap_index", "wpcom": "sitemap"}
    name = names.get(blog.site.sitemap)
    return f"{blog.base}/{name}.xml" if name else None


def _core(blog: Blog) -> dict[str, str]:
    parts = {
        "/wp-sitemap-posts-post-1.xml": _entries(blog, blog.site.posts),
        "/wp-sitemap-posts-page-1.xml": _entries(blog, blog.site.pages),
        "/wp-sitemap-taxonomies-category-1.xml": _term_entries(blog),
        "/wp-sitemap-users-1.xml": _author_entries(blog),
    }
    maps = {path: _urlset(rows) for path, rows in parts.items()}
    return maps | {"/wp-sitemap.xml": _index(blog, [(path, None) for path in parts])}


def _yoast(blog: Blog) -> dict[str, str]:
    # Yoast leaves lastmod out where it knows none, here for the terms.
    parts = {
        "/post-sitemap.xml": _entries(blog, blog.site.posts),
        "/page-sitemap.xml": _entries(blog, blog.site.pages),
        "/category-sitemap.xml": _term_entries(blog),
        "/author-sitemap.xml": _author_entries(blog),
    }
    maps = {path: _urlset(rows) for path, rows in parts.items()}
    rows = [(path, blog.site.last_changed if "post" in path else None) for path in parts]
    return maps | {"/sitemap_index.xml": _index(blog, rows)}


def _wpcom(blog: Blog) -> dict[str, str]:
    rows = [*_entries(blog, blog.site.posts), *_entries(blog, blog.site.pages)]
    index = _index(blog, [("/sitemap-1.xml", blog.site.last_changed)])
    return {"/sitemap-1.xml": _urlset(rows), "/sitemap.xml": index}


def _entries(blog: Blog, posts: Iterable[Post]) -> list[tuple[str, datetime | None]]:
    return [(blog.link(post), blog.local(post.last_changed)) for post in posts]


def _term_entries(blog: Blog) -> list[tuple[str, datetime | None]]:
    return [(blog.term_link(term), None) for term in blog.site.categories]


def _author_entries(blog: Blog) -> list[tuple[str, datetime | None]]:
    return [(blog.author_link(author), None) for author in blog.site.authors]


def _urlset(rows: Iterable[tuple[str, datetime | None]]) -> str:
    urls = "".join(f"<url><loc>{loc}</loc>{_lastmod(when)}</url>" for loc, when in rows)
    return f"{_XML}<urlset {_SITEMAP}>{urls}</urlset>\n"


def _index(blog: Blog, rows: Iterable[tuple[str, datetime | None]]) -> str:
    maps = "".join(
        f"<sitemap><loc>{blog.base}{path}</loc>{_lastmod(when)}</sitemap>" for path, when in rows
    )
    return f"{_XML}<sitemapindex {_SITEMAP}>{maps}</sitemapindex>\n"


def _lastmod(when: datetime | None) -> str:
    return f"<lastmod>{when.isoformat(timespec='seconds')}</lastmod>" if when else ""
