"""Webflow: collection lists, and the pages of their items.

Interfaces, best first: the listing with its `?xxxxxxxx_page=N` pages, the sitemap for items that
the listing does not show, and each item's own page, which alone makes a document. Lists on any
page give `list_entries`. A source is a class like::

    class CollectiveLibrarySpider(WebflowSpider):
        name = "collective_library"
        start_urls = ["https://library.example/resources"]
        item_paths = ("/resources/",)

A document's native id is the path of its item (`resources/a-toolkit`). Its last part is what the
page names in `data-wf-item-slug`; the folder makes it unique, for two collections of a site can
use the same slug, and a card knows no more of an item than its address.

| module | what |
|---|---|
| `spider.py` | what is asked for, in which order |
| `links.py` | which addresses lead to what; the paging rule |
| `visible.py` | a page without empty states and what is never drawn; its blocks of text |
| `lists.py` | what a list says of each of its items |
| `item.py` | the document of an item's own page |
| `dates.py` | where an item's page says when it was published |
"""

from crawlers.platforms.webflow.spider import WebflowSpider

__all__ = ["WebflowSpider"]
