"""Comments under a WordPress post, in the markup of the site's theme, paged as WordPress pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from demo.web.model import Comment, Post
from demo.web.prose import attribute, paragraphs, render, texturise, texturise_line
from demo.web.wp_blog import Blog

_COUNTS = {
    "twentytwelve": ("One thought", "{} thoughts"),
    "block": ("One response", "{} responses"),
    "genesis": ("1 comment", "{} comments"),
}
_PAGES = {
    "block": ("wp-block-comments-pagination-previous", "wp-block-comments-pagination-next"),
    "twentytwelve": ("nav-previous", "nav-next"),
    "genesis": ("pagination-previous alignleft", "pagination-next alignright"),
}


class CommentPages:
    """The comments of one post, page by page.

    A page holds `comments_per_page` threads (replies do not count). WordPress can show the oldest
    or the newest page under the post's own address; the others stand under `/comment-page-N/`.
    """

    def __init__(self, blog: Blog, post: Post) -> None:
        self.blog = blog
        self.post = post
        comments = blog.comments(post)
        ids = {comment.id for comment in comments}
        self._children: dict[int, list[Comment]] = {}
        self._threads: list[Comment] = []
        for comment in comments:
            # A comment whose parent was deleted moves to the top level, as in WordPress's walker.
            if comment.parent in ids and comment.parent is not None:
                self._children.setdefault(comment.parent, []).append(comment)
            else:
                self._threads.append(comment)
        self.total = len(comments)
        self._page_of: dict[int, int] = {}
        for at, thread in enumerate(self._threads):
            self._note_page(thread, at // blog.site.comments_per_page + 1)

    def _note_page(self, comment: Comment, number: int) -> None:
        self._page_of[comment.id] = number
        for child in self._children.get(comment.id, []):
            self._note_page(child, number)

    def link(self, comment: Comment) -> str:
        """The permalink of a comment; where there are several pages, it names the page."""
        if self.last == 1:
            return self.blog.comment_link(self.post, comment)
        page = f"{self.blog.link(self.post)}comment-page-{self._page_of[comment.id]}/"
        return f"{page}#comment-{comment.id}"

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, -(-len(self._threads) // self.blog.site.comments_per_page))

    @property
    def first_shown(self) -> int:
        """The page that the post's own address shows."""
        return self.last if self.blog.site.first_comment_page == "newest" else 1

    @property
    def count(self) -> str:
        """`3 responses`, in the words of the theme."""
        one, many = _COUNTS[self.blog.site.theme]
        return one if self.total == 1 else many.format(self.total)

    @property
    def replies(self) -> str:
        """`3 Replies`, as lists of posts say it."""
        if not self.total:
            return "Leave a reply"
        return "1 Reply" if self.total == 1 else f"{self.total} Replies"

    def html(self, number: int) -> str:
        """The comments block of page `number`; empty where there are no comments."""
        if not self.total:
            return ""
        size = self.blog.site.comments_per_page
        shown = self._threads[(number - 1) * size : number * size]
        return render(
            f"{self.blog.site.theme}/comments",
            items=self._items(shown, 1),
            count=self.count,
            title=texturise_line(self.post.title),
            pages=self._pages(number),
            base=self.blog.base,
        )

    def _items(self, comments: Sequence[Comment], depth: int) -> str:
        return "".join(self._item(comment, depth) for comment in comments)

    def _item(self, comment: Comment, depth: int) -> str:
        children = self._children.get(comment.id, [])
        theme, is_flat = self.blog.site.theme, depth >= self.blog.site.thread_depth
        below = "" if is_flat else self._items(children, depth + 1)
        if below:
            below = render(f"{theme}/children", items=below)
        template = "pingback" if comment.kind == "pingback" else "comment"
        shown = render(f"{theme}/{template}", **self._values(comment, depth, below))
        # Past the depth limit replies stand beside the comment that they answer.
        return shown + (self._items(children, depth) if is_flat else "")

    def _values(self, comment: Comment, depth: int, children: str) -> dict[str, object]:
        local = self.blog.local(comment.published)
        name = texturise(escape(comment.author))
        url = attribute(comment.author_url or "")
        linked = f'<a href="{url}" class="url" rel="ugc external nofollow">{name}</a>'
        owner = " byuser bypostauthor" if comment.is_by_author else ""
        return {
            "id": comment.id,
            "classes": f"{comment.kind}{owner} even thread-even depth-{depth}",
            "author": linked if comment.author_url else name,
            "author_name": name,
            "url": url,
            "badge": "<span>Post author</span>" if comment.is_by_author else "",
            "link": self.link(comment),
            "post_link": self.blog.link(self.post),
            "iso": local.isoformat(timespec="seconds"),
            "date": f"{local:%B} {local.day}, {local.year}",
            "time": f"{local:%I}".lstrip("0") + f":{local:%M} {local:%p}".lower(),
            "body": texturise(paragraphs(comment.body)),
            "children": children,
            "base": self.blog.base,
        }

    def _pages(self, number: int) -> str:
        older, newer = _PAGES[self.blog.site.theme]
        links = []
        if number > 1:
            links.append(self._page_link(number - 1, older, "Older Comments"))
        if number < self.last:
            links.append(self._page_link(number + 1, newer, "Newer Comments"))
        return f'<nav class="comment-navigation">{"".join(links)}</nav>' if links else ""

    def _page_link(self, number: int, css: str, text: str) -> str:
        url = f"{self.blog.link(self.post)}comment-page-{number}/#comments"
        if css.startswith("wp-block"):
            return f'<a class="{css}" href="{url}">{text}</a>'
        return f'<div class="{css}"><a href="{url}">{text}</a></div>'
