"""Governance International: case studies and publications on co-production."""

from datetime import timedelta

from crawlers.platforms.website import WebsiteSpider


class GovintSpider(WebsiteSpider):
    name = "govint"
    title = "Governance International: good practice"
    start_urls = [
        "https://www.govint.org/good-practice/case-studies/",
        "https://www.govint.org/good-practice/publications/",
    ]
    allow = ("/good-practice/", "/our-services/co-production/")
    timezone = "Europe/London"
    every = timedelta(days=90)
    expected_documents = (20, 1000)
    terms = "No licence seen in stored copies; nobody has looked at the live site."
