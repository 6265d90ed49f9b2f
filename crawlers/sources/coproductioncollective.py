"""News of Co-Production Collective, on Webflow; its library is a source of its own."""

from datetime import timedelta

from crawlers.platforms.webflow import WebflowSpider


class CoproductionCollectiveSpider(WebflowSpider):
    name = "coproductioncollective"
    title = "Co-Production Collective: news"
    start_urls = ["https://www.coproductioncollective.co.uk/news"]
    item_paths = ("/news/",)
    kind = "article"
    timezone = "Europe/London"
    every = timedelta(days=14)
    expected_documents = (10, 1000)
    terms = "No licence seen in stored copies; nobody has looked at the live site."
