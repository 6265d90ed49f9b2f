"""Blog of a researcher of digital democracy and participation."""

from datetime import timedelta

from crawlers.platforms.wordpress import WordPressSpider


class CuriousCatherineSpider(WordPressSpider):
    name = "curiouscatherine"
    title = "Curious?"
    start_urls = ["https://curiouscatherine.info/"]
    timezone = "Europe/London"
    every = timedelta(days=30)
    expected_documents = (50, 1000)
    terms = "No licence seen in stored copies; nobody has looked at the live site."
