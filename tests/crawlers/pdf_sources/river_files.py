"""A WordPress site whose posts link PDFs."""

import os

from crawlers.platforms.wordpress import WordPressSpider


class RiverFilesSpider(WordPressSpider):
    name = "river_files"
    title = "River files"
    start_urls = [os.environ.get("RIVER_FILES", "http://127.0.0.1:8102") + "/"]
    site = "rivers.example"
    timezone = "Europe/London"
    expected_documents = (1, 10)
