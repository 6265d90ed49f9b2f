"""Any website: what no other platform knows.

Interfaces, best first: the sitemaps that robots.txt and the pages name, the feeds, and a walk along
the site's own links. The walk always follows, for few sitemaps are whole; every page is asked for
once. A source is a class like::

    class CommunityHallSpider(WebsiteSpider):
        name = "community_hall"
        start_urls = ["https://hall.example/"]
        allow = ("/stories/", "/discussions/")  # begins of paths; all of the site unless given
        max_pages = 500

| module | what |
|---|---|
| `spider.py` | the phases, and what a page leads to |
| `links.py` | which addresses are pages of the site, and which of them are one |
| `traps.py` | calendars, filters and paths without end, and how much of each is asked for |
| `discovery.py` | sitemaps with times, feeds |
| `html.py` | a page as items: the reader of pages says what it holds |
| `listing.py` | what a feed says of each page that it names |
| `directives.py` | what a page says may be done with it |

Articles and other pages with running text become documents (`article`, `page`), discussions a
document with comments (`discussion`); comments below an article are its comments, and cards below
it `list_entries` with its address. A listing, also of a single entry, gives `list_entries` and no
document. What asks not to be kept (`noindex`), and
what says nothing, stands in quarantine with its address.

The traps that a run met stand in its outcome: "exhausted: left out: 120 × calendar".
"""

from crawlers.platforms.website.spider import WebsiteSpider

__all__ = ["WebsiteSpider"]
