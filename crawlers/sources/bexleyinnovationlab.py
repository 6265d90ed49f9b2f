"""Bexley Innovation Lab: civic participation in a London borough, on WordPress.com."""

from datetime import timedelta

from crawlers.platforms.wordpress import WordPressSpider


class BexleyInnovationLabSpider(WordPressSpider):
    name = "bexleyinnovationlab"
    title = "Bexley Innovation Lab"
    start_urls = ["https://bexleyinnovationlab.wordpress.com/"]
    timezone = "Europe/London"
    every = timedelta(days=30)
    expected_documents = (5, 300)
    terms = "No licence seen in stored copies; nobody has looked at the live site."
