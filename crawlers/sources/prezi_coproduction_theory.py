"""Presentation of the New Economics Foundation on what co-production is."""

from datetime import timedelta

from crawlers.platforms.prezi import PreziSpider


class PreziCoproductionTheorySpider(PreziSpider):
    name = "prezi_coproduction_theory"
    title = "Co-production: theory and practice (Prezi)"
    start_urls = ["https://prezi.com/eitdkeaoly8t/co-production-theory-and-practice/"]
    timezone = "Europe/London"
    every = timedelta(days=180)
    expected_documents = (1, 1)
    terms = "No licence seen in the stored text; nobody has looked at the live page."
