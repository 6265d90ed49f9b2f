"""People's Voice Media: community reporting, people's own accounts of their lives."""

from datetime import timedelta

from crawlers.platforms.wordpress import WordPressSpider


class PeoplesVoiceMediaSpider(WordPressSpider):
    name = "peoplesvoicemedia"
    title = "People's Voice Media"
    start_urls = ["https://peoplesvoicemedia.co.uk/"]
    timezone = "Europe/London"
    every = timedelta(days=30)
    expected_documents = (20, 2000)
    terms = "Nobody has looked at what the live site says of reuse."
