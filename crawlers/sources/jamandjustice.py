"""Jam and Justice: co-produced research on how a city region is governed, 2016 to 2019."""

from datetime import timedelta

from crawlers.platforms.website import WebsiteSpider


class JamAndJusticeSpider(WebsiteSpider):
    name = "jamandjustice"
    title = "Jam and Justice"
    start_urls = ["https://jamandjustice-rjc.org/"]
    deny = ("/search",)
    timezone = "Europe/London"
    every = timedelta(days=180)
    expected_documents = (20, 1000)
    terms = "No licence seen in stored copies; nobody has looked at the live site."
