"""Social Care Institute for Excellence: its guides to co-production."""

from datetime import timedelta

from crawlers.platforms.website import WebsiteSpider


class ScieSpider(WebsiteSpider):
    name = "scie"
    title = "SCIE: co-production"
    start_urls = ["https://www.scie.org.uk/co-production/"]
    allow = ("/co-production/",)
    timezone = "Europe/London"
    every = timedelta(days=30)
    expected_documents = (5, 300)
    terms = "Some downloads need a login and are left alone; nobody has looked at the live site."
