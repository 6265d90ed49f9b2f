"""A whole WordPress site (Genesis, English and Spanish)."""

from benchmarks.mirrors.sources import address
from crawlers.platforms.wordpress import WordPressSpider


class UnitingNcSpider(WordPressSpider):
    name = "unitingnc"
    title = "Uniting NC (mirror)"
    start_urls = [address("unitingnc")]
    site = "www.unitingnc.org"
    languages = ("en", "es")
    timezone = "America/New_York"
    # What is counted are the posts and pages that the API has.
    follow_pdfs = False
    expected_documents = (150, 300)
