"""A knowledge base on WordPress with an open API; its author archive is the start."""

from crawlers.platforms.wordpress import WordPressSpider
from demo.sources import address


class ValleyKnowledgeSpider(WordPressSpider):
    name = "valley_knowledge"
    title = "Valley Knowledge"
    start_urls = [f"{address('valley_knowledge')}/author/carys/"]
    site = "knowledge.valley.example"
    languages = ("en", "cy")
    timezone = "Europe/London"
    expected_documents = (10, 30)
    licence = "CC0-1.0"
