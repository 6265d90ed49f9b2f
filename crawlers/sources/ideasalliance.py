"""Ideas Alliance: stories and practice of working with communities."""

from datetime import timedelta

from crawlers.platforms.wordpress import WordPressSpider


class IdeasAllianceSpider(WordPressSpider):
    name = "ideasalliance"
    title = "Ideas Alliance"
    start_urls = ["https://ideas-alliance.org.uk/"]
    timezone = "Europe/London"
    every = timedelta(days=30)
    expected_documents = (20, 1000)
    terms = "Nobody has looked at what the live site says of reuse."
