"""A whole Blogger blog with comments and feeds."""

from benchmarks.mirrors.sources import address
from crawlers.platforms.blogger import BloggerSpider


class JorgeElConstructorSpider(BloggerSpider):
    name = "jorgeelconstructor"
    title = "Jorge el constructor (mirror)"
    start_urls = [address("jorgeelconstructor")]
    site = "jorgeelconstructor.blogspot.com"
    languages = ("es", "en")
    timezone = "Europe/Madrid"
    expected_documents = (35, 60)
