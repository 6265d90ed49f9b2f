"""A blog in Welsh and English on Blogger, with the old comment form."""

from crawlers.platforms.blogger import BloggerSpider
from demo.sources import address


class HarbourBlogSpider(BloggerSpider):
    name = "harbour_blog"
    title = "Blog yr Harbwr"
    start_urls = [f"{address('harbour_blog')}/"]
    site = "blogyrharbwr.blogspot.example"
    languages = ("cy", "en")
    timezone = "Europe/London"
    expected_documents = (6, 30)
    licence = "CC0-1.0"
