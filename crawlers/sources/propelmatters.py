"""Propel Matters, a site of the University of Stirling."""

from datetime import timedelta

from crawlers.platforms.wordpress import WordPressSpider


class PropelMattersSpider(WordPressSpider):
    name = "propelmatters"
    title = "Propel Matters"
    start_urls = ["https://propelmatters.stir.ac.uk/"]
    timezone = "Europe/London"
    every = timedelta(days=30)
    expected_documents = (5, 500)
    terms = "Nobody has looked at what the live site says of reuse."
