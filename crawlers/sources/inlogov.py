"""Blog of INLOGOV, the Institute of Local Government Studies (University of Birmingham)."""

from datetime import timedelta

from crawlers.platforms.wordpress import WordPressSpider


class InlogovSpider(WordPressSpider):
    name = "inlogov"
    title = "INLOGOV Blog"
    start_urls = ["https://inlogov.com/"]
    timezone = "Europe/London"
    every = timedelta(days=7)
    expected_documents = (100, 3000)
    terms = "Nobody has looked at what the live site says of reuse."
