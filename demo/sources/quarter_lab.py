"""A blog on WordPress.com, read through that platform's public API."""

from crawlers.platforms.wordpress import WordPressSpider
from demo.sources import address


class QuarterLabSpider(WordPressSpider):
    name = "quarter_lab"
    title = "Tanner's Quarter Lab"
    start_urls = [f"{address('quarter_lab')}/"]
    site = "quarterlab.wordpress.example"
    public_api = address("quarter_lab")
    timezone = "Europe/London"
    expected_documents = (6, 30)
    licence = "CC0-1.0"
