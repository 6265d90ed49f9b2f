"""The triple crunch blog of nef, the New Economics Foundation, on WordPress.com."""

from datetime import timedelta

from crawlers.platforms.wordpress import WordPressSpider


class NefTripleCrunchSpider(WordPressSpider):
    name = "neftriplecrunch"
    title = "The triple crunch blog (nef)"
    start_urls = ["https://neftriplecrunch.wordpress.com/"]
    timezone = "Europe/London"
    every = timedelta(days=90)
    expected_documents = (50, 2000)
    terms = "No licence seen in stored copies; nobody has looked at the live site."
