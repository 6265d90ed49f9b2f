"""Blog of the Co-production Network for Wales on WordPress.com; its own site is `copronet`."""

from datetime import timedelta

from crawlers.platforms.wordpress import WordPressSpider


class CoproductionNetworkWalesSpider(WordPressSpider):
    name = "coproductionnetworkwales"
    title = "Co-production Network for Wales (blog)"
    start_urls = ["https://coproductionnetworkwales.wordpress.com/"]
    languages = ("en", "cy")
    timezone = "Europe/London"
    every = timedelta(days=90)
    expected_documents = (5, 500)
    terms = "Nobody has looked at what the live site says of reuse."
