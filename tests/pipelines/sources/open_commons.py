"""A website of no known platform that is never crawled: the tests write its archive themselves."""

from crawlers.platforms.website import WebsiteSpider


class OpenCommonsSpider(WebsiteSpider):
    name = "open_commons"
    title = "Open Commons"
    start_urls = ["https://commons.example/"]
    languages = ("en",)
    timezone = "Europe/London"
    expected_documents = (1, 5000)
