"""Blog of National Co-production Week; its address says 2017, its title and posts go to 2019."""

from datetime import timedelta

from crawlers.platforms.blogger import BloggerSpider


class CoproductionWeek2017Spider(BloggerSpider):
    name = "coproductionweek2017"
    title = "Co-production Week 2019"
    start_urls = ["https://coproductionweek2017.blogspot.com/"]
    timezone = "Europe/London"
    every = timedelta(days=30)
    expected_documents = (5, 300)
    terms = "No licence seen in stored copies; nobody has looked at the live site."
