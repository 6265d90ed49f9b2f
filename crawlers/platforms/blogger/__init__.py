"""Blogger, on blogspot.com or under a domain of its own.

Interfaces, best first: the feeds of posts, pages and comments, the sitemap, and the HTML that the
archives lead to. A source is a class like::

    class CoproductionWeekSpider(BloggerSpider):
        name = "coproductionweek"
        start_urls = ["https://coproductionweek.blogspot.com/"]

The start address, and every archive that has to be walked through, also gives `list_entries`.
"""

from crawlers.platforms.blogger.spider import BloggerSpider

__all__ = ["BloggerSpider"]
