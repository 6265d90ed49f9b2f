"""Urban Institute of the University of Sheffield: a section of the university's site."""

from datetime import timedelta

from crawlers.platforms.website import WebsiteSpider


class UrbanInstituteSpider(WebsiteSpider):
    name = "urbaninstitute"
    title = "Urban Institute, University of Sheffield"
    start_urls = ["https://sheffield.ac.uk/urban-institute"]
    allow = ("/urban-institute",)
    timezone = "Europe/London"
    every = timedelta(days=30)
    expected_documents = (20, 2000)
    terms = "No licence seen in stored copies; nobody has looked at the live site."
