"""Presentations in the shape of Prezi: one with its transcript, one whose scripts write it."""

from crawlers.platforms.prezi import PreziSpider
from demo.sources import address


class SlideRoomSpider(PreziSpider):
    name = "slide_room"
    title = "The Ferry Lane Workshop's presentations"
    start_urls = [f"{address('slide_room')}/"]
    site = "slides.example"
    timezone = "Europe/London"
    expected_documents = (1, 10)
    licence = "CC0-1.0"
