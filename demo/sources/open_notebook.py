"""A blog on WordPress whose API is closed: block theme, comment pages, pingbacks."""

from crawlers.platforms.wordpress import WordPressSpider
from demo.sources import address


class OpenNotebookSpider(WordPressSpider):
    name = "open_notebook"
    title = "Open Notebook"
    start_urls = [f"{address('open_notebook')}/"]
    site = "opennotebook.example"
    timezone = "Europe/Berlin"
    expected_documents = (6, 30)
    licence = "CC0-1.0"
