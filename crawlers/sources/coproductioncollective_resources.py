"""Resource library of Co-Production Collective, on Webflow."""

from datetime import timedelta

from crawlers.platforms.webflow import WebflowSpider


class CoproductionCollectiveResourcesSpider(WebflowSpider):
    name = "coproductioncollective_resources"
    title = "Co-Production Collective: resource library"
    # Which of the two lists the library is not known; its items are also in the sitemap.
    start_urls = [
        "https://resources.coproductioncollective.co.uk/resources",
        "https://resources.coproductioncollective.co.uk/",
    ]
    item_paths = ("/resources/",)
    timezone = "Europe/London"
    every = timedelta(days=14)
    expected_documents = (50, 2000)
    terms = "No licence seen in stored copies; nobody has looked at the live site."
