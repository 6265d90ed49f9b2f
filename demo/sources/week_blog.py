"""A campaign week's blog on Blogger: guest posts, few comments, most of them spam."""

from crawlers.platforms.blogger import BloggerSpider
from demo.sources import address


class WeekBlogSpider(BloggerSpider):
    name = "week_blog"
    title = "Plan Together Week 2018"
    start_urls = [f"{address('week_blog')}/"]
    site = "plantogetherweek2016.blogspot.example"
    timezone = "Europe/London"
    expected_documents = (6, 30)
    licence = "CC0-1.0"
