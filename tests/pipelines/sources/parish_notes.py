"""A WordPress site that is never crawled: the tests write its archive themselves."""

from crawlers.platforms.wordpress import WordPressSpider


class ParishNotesSpider(WordPressSpider):
    name = "parish_notes"
    title = "Parish Notes"
    start_urls = ["https://parish.example/"]
    languages = ("en", "cy")
    timezone = "Europe/London"
    expected_documents = (1, 5000)
