"""WordPress, on its own server or on WordPress.com.

Interfaces, best first: the REST API, WordPress.com's public API, sitemaps, and archives in HTML.
A source is a class like::

    class CopronetWalesSpider(WordPressSpider):
        name = "copronet_wales"
        start_urls = ["https://info.copronet.wales/author/noreen/"]

Archives among the start addresses also give `list_entries`.
"""

from crawlers.platforms.wordpress.spider import WordPressSpider

__all__ = ["WordPressSpider"]
