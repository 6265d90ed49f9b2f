"""All in this Together: co-production in Wales before its network was founded, on WordPress.com."""

from datetime import timedelta

from crawlers.platforms.wordpress import WordPressSpider


class AllInThisTogetherWalesSpider(WordPressSpider):
    name = "allinthistogetherwales"
    title = "All in this Together (Co-production Wales)"
    start_urls = ["https://allinthistogetherwales.wordpress.com/"]
    languages = ("en", "cy")
    timezone = "Europe/London"
    every = timedelta(days=90)
    expected_documents = (20, 1000)
    terms = "No licence seen in stored copies; nobody has looked at the live site."
