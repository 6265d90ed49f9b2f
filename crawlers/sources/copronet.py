"""Website of the Co-production Network for Wales; its knowledge base is `copronet_wales`."""

from datetime import timedelta

from crawlers.platforms.wordpress import WordPressSpider


class CopronetSpider(WordPressSpider):
    name = "copronet"
    title = "Co-production Network for Wales"
    start_urls = ["https://copronet.wales/"]
    languages = ("en", "cy")
    timezone = "Europe/London"
    every = timedelta(days=7)
    expected_documents = (20, 1000)
    terms = "Nobody has looked at what the live site says of reuse."
