"""Scottish Co-production Network: guide, resources, news and a forum."""

from datetime import timedelta

from crawlers.platforms.website import WebsiteSpider


class CoproductionScotlandSpider(WebsiteSpider):
    name = "coproductionscotland"
    title = "Scottish Co-production Network"
    start_urls = ["https://coproductionscotland.org.uk/"]
    timezone = "Europe/London"
    every = timedelta(days=14)
    expected_documents = (50, 3000)
    terms = "No licence seen in stored copies; nobody has looked at the live site."
