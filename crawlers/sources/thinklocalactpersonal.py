"""Blog of Think Local Act Personal, a partnership for personalised health and care."""

from datetime import timedelta

from crawlers.platforms.website import WebsiteSpider


class ThinkLocalActPersonalSpider(WebsiteSpider):
    name = "thinklocalactpersonal"
    title = "Think Local Act Personal: blog"
    start_urls = ["https://thinklocalactpersonal.org.uk/Blog/"]
    allow = ("/Blog/",)
    timezone = "Europe/London"
    every = timedelta(days=30)
    expected_documents = (10, 1000)
    terms = "Nobody has looked at what the live site says of reuse."
