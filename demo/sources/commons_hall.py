"""A network of village halls on a system of its own, with a forum and with traps."""

from crawlers.platforms.website import WebsiteSpider
from demo.sources import address


class CommonsHallSpider(WebsiteSpider):
    name = "commons_hall"
    title = "The Commons Hall"
    start_urls = [f"{address('commons_hall')}/"]
    site = "commonshall.example"
    languages = ("en", "cy")
    timezone = "Europe/London"
    expected_documents = (8, 20)
    terms = "Invented."
    deny = ("/members/",)
