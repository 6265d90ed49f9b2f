"""The objects of WordPress's REST API: posts, comments, accounts, terms."""

from __future__ import annotations

from typing import Any

from demo.web.model import Author, Comment, Post, Term
from demo.web.prose import paragraphs, texturise, texturise_line
from demo.web.wp_blog import Blog, iso_local, iso_utc

Json = dict[str, Any]


class Objects:
    """Makes the objects of one blog. `root` is the address of the collections."""

    def __init__(self, blog: Blog, root: str) -> None:
        self.blog = blog
        self.root = root

    def post(self, post: Post) -> Json:
        """A post or page as the API shows it."""
        blog, path = self.blog, "pages" if post.kind == "page" else "posts"
        own = f"{self.root}{path}/{post.id}"
        is_protected = post.password is not None
        shown: Json = {
            "id": post.id,
            "date": iso_local(blog.local(post.published)),
            "date_gmt": iso_utc(post.published),
            "guid": {"rendered": blog.shortlink(post)},
            "modified": iso_local(blog.local(post.last_changed)),
            "modified_gmt": iso_utc(post.last_changed),
            "slug": post.slug,
            "status": "publish",
            "type": post.kind,
            "link": blog.link(post),
            "title": {"rendered": texturise_line(blog.title(post))},
            "content": {"rendered": blog.content(post), "protected": is_protected},
            "excerpt": {
                "rendered": "" if is_protected else blog.excerpt(post),
                "protected": is_protected,
            },
            "author": blog.site.author_of(post).id,
            "featured_media": 0,
            "comment_status": "open",
            "ping_status": "open",
            "template": "",
            "meta": [],
        }
        if post.kind == "page":
            shown |= {"parent": 0, "menu_order": 0}
        else:
            shown |= self._post_terms(post)
        shown["_links"] = {
            "self": [{"href": own}],
            "collection": [{"href": f"{self.root}{path}"}],
            "author": [{"embeddable": True, "href": f"{self.root}users/{shown['author']}"}],
            "replies": [{"embeddable": True, "href": f"{self.root}comments?post={post.id}"}],
        }
        return shown

    def _post_terms(self, post: Post) -> Json:
        terms = self.blog.terms(post)
        return {
            "sticky": False,
            "format": "standard",
            "categories": [term.id for term in terms if term in self.blog.site.categories],
            "tags": [term.id for term in terms if term in self.blog.site.tags],
        }

    def comment(self, post: Post, comment: Comment) -> Json:
        """A comment as the API shows it; a guest has author 0."""
        blog = self.blog
        own = blog.site.author_of(post).id if comment.is_by_author else 0
        up = f"{self.root}posts/{post.id}"
        return {
            "id": comment.id,
            "post": post.id,
            "parent": comment.parent or 0,
            "author": own,
            "author_name": comment.author,
            "author_url": comment.author_url or "",
            "date": iso_local(blog.local(comment.published)),
            "date_gmt": iso_utc(comment.published),
            "content": {"rendered": texturise(paragraphs(comment.body))},
            "link": blog.comment_link(post, comment),
            "status": "approved",
            "type": comment.kind,
            "meta": [],
            "_links": {
                "self": [{"href": f"{self.root}comments/{comment.id}"}],
                "up": [{"embeddable": True, "post_type": "post", "href": up}],
            },
        }

    def user(self, author: Author) -> Json:
        """An account. No mail address: the API never shows one."""
        return {
            "id": author.id,
            "name": author.name,
            "url": "",
            "description": "",
            "link": self.blog.author_link(author),
            "slug": author.slug,
            "meta": [],
        }

    def term(self, term: Term, taxonomy: str) -> Json:
        """A category or tag."""
        count = sum(term in self.blog.terms(post) for post in self.blog.site.posts)
        return {
            "id": term.id,
            "count": count,
            "description": "",
            "link": self.blog.term_link(term),
            "name": texturise_line(term.name),
            "slug": term.slug,
            "taxonomy": taxonomy,
            "meta": [],
        }
