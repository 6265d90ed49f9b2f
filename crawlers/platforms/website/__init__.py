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
| `tree.py`, `signs.py`, `kinds.py` | what a page shows, and what kind it therefore is |
| `threads.py`, `posts.py` | discussions: which elements are posts, and what stands in each |
| `page.py`, `meta.py` | a page, taken apart once; what its head says |
| `dates.py`, `authors.py` | elements that are named for a date or an author |
| `html.py`, `discussion.py`, `listing.py` | a page as items |

Articles and other pages with running text become documents (`article`, `page`), discussions a
document with comments (`discussion`). Comments below an article go to the comment reader, where the
page speaks of any. A listing, also of a single entry, gives `list_entries` and no document. What
asks not to be kept (`noindex`), and what says nothing, stands in quarantine with its address.
Title, authors, dates, publisher and licence of a document are read by `pipelines.read_metadata`,
from the page that the document brings (`whole_page`); of them the spider gives what a feed or
sitemap says, and who opened a discussion, and when.

The traps that a run met stand in its outcome: "exhausted: left out: 120 × calendar".
"""

from crawlers.platforms.website.spider import WebsiteSpider

__all__ = ["WebsiteSpider"]
