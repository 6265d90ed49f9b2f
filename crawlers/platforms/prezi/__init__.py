"""Prezi: presentations with a transcript.

A source names the presentations, or a page of prezi.com that lists them::

    class NefPreziSpider(PreziSpider):
        name = "nef_prezi"
        start_urls = ["https://prezi.com/eitdkeaoly8t/co-production-theory-and-practice/"]

A presentation without a transcript in its HTML stands in quarantine as `needs_rendering`. With
`needs_rendering = True` in the source, and the extra `rendering` installed, a browser opens the
page, and what its scripts made of it is archived and read (`rendering.py`).

Nobody could look at a live page: the classic page is known by its text, and by the id
`transcript-full-text`. Everything else is found by what a reader sees.
"""

from crawlers.platforms.prezi.spider import PreziSpider

__all__ = ["PreziSpider"]
