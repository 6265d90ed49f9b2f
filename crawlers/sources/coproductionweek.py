"""Blog of Co-production Week."""

from datetime import timedelta

from crawlers.platforms.blogger import BloggerSpider


class CoproductionWeekSpider(BloggerSpider):
    name = "coproductionweek"
    title = "Co-production Week"
    start_urls = ["https://coproductionweek.blogspot.com/"]
    timezone = "Europe/London"
    every = timedelta(days=30)
    expected_documents = (5, 300)
    terms = "No licence seen in stored copies; nobody has looked at the live site."
