"""A website with a sitemap that says when each page changed."""

import os

from crawlers.platforms.website import WebsiteSpider


class RiverGroupSpider(WebsiteSpider):
    name = "river_group"
    title = "River Group"
    start_urls = [os.environ.get("TEST_SITE", "http://127.0.0.1:8100") + "/"]
    expected_documents = (3, 20)
