"""A resource library on Webflow: the whole shelf stands below each resource."""

from crawlers.platforms.webflow import WebflowSpider
from demo.sources import address


class ExchangeShelfSpider(WebflowSpider):
    name = "exchange_shelf"
    title = "The Exchange Shelf"
    start_urls = [f"{address('exchange_shelf')}/shelf"]
    item_paths = ("/shelf/",)
    site = "exchange-shelf.example"
    expected_documents = (6, 30)
    licence = "CC0-1.0"
