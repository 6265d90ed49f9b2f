"""The real WordPress of `tests.wordpress`."""

import os
from typing import ClassVar

from crawlers.platforms.wordpress import WordPressSpider


class CommonsNotesSpider(WordPressSpider):
    name = "commons_notes"
    title = "Commons Notes (test bed)"
    start_urls = [os.environ.get("TEST_WORDPRESS", "http://127.0.0.1:8100") + "/"]
    languages = ("en", "cy")
    timezone = "Europe/London"
    expected_documents = (100, 300)
    pingbacks: ClassVar[bool] = True
