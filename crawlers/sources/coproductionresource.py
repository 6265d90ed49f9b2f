"""Diary of a co-production toolkit that practitioners wrote together, on WordPress.com."""

from datetime import timedelta

from crawlers.platforms.wordpress import WordPressSpider


class CoproductionResourceSpider(WordPressSpider):
    name = "coproductionresource"
    title = "Co-production Resource"
    start_urls = ["https://coproductionresource.wordpress.com/"]
    timezone = "Europe/London"
    every = timedelta(days=90)
    expected_documents = (5, 200)
    terms = "No licence seen in stored copies; nobody has looked at the live site."
