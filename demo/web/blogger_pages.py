"""Blogger's HTML: posts with threaded or old-form comments, archives, and the search pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from demo.web.blogger_blog import Blog, author_html
from demo.web.model import Comment, Post
from demo.web.prose import broken_lines, render

REMOVED = "This comment has been removed by the author."


class Pages:
    """Renders the HTML of one blog."""

    def __init__(self, blog: Blog) -> None:
        self.blog = blog

    def single(self, post: Post, comment_page: int = 1, *, is_mobile: bool = False) -> str:
        """A post's own page. `is_mobile` (`?m=1`): the same text for a small screen."""
        blog = self.blog
        feed = f"{blog.base}/feeds/{post.id}/comments/default"
        head = (
            f'<link rel="alternate" type="application/atom+xml" '
            f'title="{escape(blog.site.title)} - Atom" href="{feed}" />\n'
            f"<meta content='{blog.link(post)}' property='og:url'/>\n"
            f"<meta content='{escape(post.title)}' property='og:title'/>\n"
        )
        html = self._post(post, is_single=True, comments=self._comments(post, comment_page))
        return self._page(
            f"{blog.site.title}: {post.title}",
            html,
            blog.link(post),
            head,
            feed=feed,
            is_mobile=is_mobile,
        )

    def listing(self, posts: Sequence[Post], path: str, older: Post | None = None) -> str:
        """Front page, archive of a year or month, or a search page. Bodies are whole."""
        html = "".join(self._post(post, is_single=False, comments="") for post in posts)
        return self._page(
            self.blog.site.title, html, self.blog.base + path, "", pager=self._pager(older)
        )

    def not_found(self) -> str:
        text = "<p>Sorry, the page you were looking for in this blog does not exist.</p>"
        return self._page(self.blog.site.title, text, f"{self.blog.base}/", "")

    def _page(
        self,
        title: str,
        posts: str,
        canonical: str,
        head: str,
        *,
        pager: str = "",
        feed: str | None = None,
        is_mobile: bool = False,
    ) -> str:
        blog, site = self.blog, self.blog.site
        menu = "".join(
            f"<li><a href='{blog.link(page)}'>{escape(page.title)}</a></li>" for page in site.pages
        )
        return render(
            "blogger/page",
            lang=site.locale,
            width="device-width,minimum-scale=1.0" if is_mobile else "1100",
            canonical=canonical,
            base=blog.base,
            blog_id=site.blog_id,
            site_title=escape(site.title),
            tagline=escape(site.tagline),
            title=escape(title),
            head=head,
            menu=menu,
            posts=posts,
            pager=pager + f"<a class='home-link' href='{blog.base}/'>Home</a>",
            subscribe="Subscribe to: Posts" if feed is None else "Subscribe to: Post Comments",
            feed=feed or f"{blog.base}/feeds/posts/default",
            archive=self._archive(),
        )

    def _pager(self, older: Post | None) -> str:
        if older is None:
            return ""
        before = quote(self.blog.local(older.published).isoformat(timespec="seconds"))
        url = f"{self.blog.base}/search?updated-max={before}&max-results=3"
        return f"<a class='blog-pager-older-link' href='{url}' title='Older Posts'>Older Posts</a>"

    def _archive(self) -> str:
        counts: dict[str, int] = {}
        for post in self.blog.site.newest_first:
            local = self.blog.local(post.published)
            for path in (f"{local:%Y}", f"{local:%Y/%m}"):
                counts[path] = counts.get(path, 0) + 1
        rows = (
            f"<li class='archivedate'><a class='post-count-link' "
            f"href='{self.blog.base}/{path}/'>{path}</a> <span class='post-count' "
            f"dir='ltr'>({count})</span></li>"
            for path, count in counts.items()
        )
        return f"<ul class='hierarchy'>{''.join(rows)}</ul>"

    def _post(self, post: Post, *, is_single: bool, comments: str) -> str:
        blog, author = self.blog, self.blog.site.author_of(post)
        title = escape(post.title)
        if not is_single:
            title = f"<a href='{blog.link(post)}'>{title}</a>"
        heading = f"<h3 class='post-title entry-title' itemprop='name'>\n{title}\n</h3>\n"
        labels = ",\n".join(
            f"<a href='{blog.base}/search/label/{quote(label)}' rel='tag'>{escape(label)}</a>"
            for label in post.categories
        )
        count = f"{blog.declared(post)} comments:"
        link = f"<a class='comment-link' href='{blog.link(post)}#comment-form'>{count}</a>"
        return render(
            "blogger/post",
            date=blog.day(post.published),
            blog_id=blog.site.blog_id,
            post_id=post.id,
            # Blogger writes no heading at all where a post has no title.
            heading=heading if post.title else "",
            bodyprop="description articleBody" if is_single else "articleBody",
            body=blog.body(post),
            profile=author.id,
            author=escape(author.name),
            link=blog.link(post),
            iso=blog.local(post.published).isoformat(timespec="seconds"),
            time=f"{blog.local(post.published):%H:%M}",
            comment_link="" if is_single else link,
            labels=f"Labels:\n{labels}" if labels else "",
            comments=comments,
        )

    def _comments(self, post: Post, page: int) -> str:
        form = self.blog.site.comment_form
        comments = self.blog.comments(post)
        if form == "old":
            size = self.blog.site.comments_per_page
            shown = comments[(page - 1) * size : page * size]
            items = "".join(self._comment("old_comment", post, one, "") for one in shown)
            return self._block("old", post, items, self._comment_pages(post, page))
        ids = {comment.id for comment in comments}
        threads = [comment for comment in comments if comment.parent not in ids]
        items = "".join(self._thread(post, comment, comments) for comment in threads)
        return self._block("threaded", post, items, "")

    def _thread(self, post: Post, comment: Comment, all_comments: Sequence[Comment]) -> str:
        children = "".join(
            self._thread(post, other, all_comments)
            for other in all_comments
            if other.parent == comment.id
        )
        return self._comment("comment", post, comment, children)

    def _block(self, form: str, post: Post, items: str, pages: str) -> str:
        count = self.blog.declared(post)
        declared = f"{count} comment{'' if count == 1 else 's'}:" if count else "No comments:"
        # In some languages Blogger's heading has no number at all.
        heading = declared if self.blog.site.locale == "en" else "Sylwadau:"
        return render(
            f"blogger/{form}",
            declared=heading,
            items=items,
            pages=pages,
            post_id=post.id,
            blog_id=self.blog.site.blog_id,
        )

    def _comment(self, template: str, post: Post, comment: Comment, children: str) -> str:
        body = broken_lines(comment.body)
        if comment.is_deleted:
            body = f'<span class="deleted-comment">{REMOVED}</span>'
        return render(
            f"blogger/{template}",
            id=comment.id,
            owner=" blog-author" if comment.is_by_author else "",
            author=author_html(comment),
            link=self.blog.comment_link(post, comment),
            time=self.blog.clock(comment.published),
            body=body,
            children=children,
            hidden="" if children else " hidden",
            blog_id=self.blog.site.blog_id,
        )

    def _comment_pages(self, post: Post, page: int) -> str:
        last = -(-len(post.comments) // self.blog.site.comments_per_page)
        if last < 2:
            return ""
        links = (
            f"<a href='{self.blog.link(post)}?commentPage={number}#comments'>{number}</a>"
            for number in range(1, last + 1)
            if number != page
        )
        return f"<span class='paging-control-container'>{' '.join(links)}</span>\n"
