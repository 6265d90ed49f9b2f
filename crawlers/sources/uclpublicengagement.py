"""Public engagement blog of University College London, one of many blogs on its host."""

from datetime import timedelta

from crawlers.platforms.wordpress import WordPressSpider


class UclPublicEngagementSpider(WordPressSpider):
    name = "uclpublicengagement"
    title = "UCL Public Engagement Blog"
    root = "https://blogs.ucl.ac.uk/public-engagement/"
    start_urls = [root]
    timezone = "Europe/London"
    every = timedelta(days=30)
    expected_documents = (20, 1000)
    terms = "Nobody has looked at what the live site says of reuse."
