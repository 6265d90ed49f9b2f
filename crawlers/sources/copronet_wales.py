"""Co-production knowledge base of the Co-production Network for Wales."""

from datetime import timedelta

from crawlers.platforms.wordpress import WordPressSpider


class CopronetWalesSpider(WordPressSpider):
    name = "copronet_wales"
    title = "Co-production knowledge base (Co-production Network for Wales)"
    start_urls = ["https://info.copronet.wales/author/noreen/"]
    languages = ("en", "cy")
    timezone = "Europe/London"
    every = timedelta(days=7)
    expected_documents = (60, 600)
    terms = "No licence seen in stored copies; nobody has looked at the live site."
