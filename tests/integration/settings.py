"""The project's settings for servers of the tests, which need no distance between requests."""

from crawlers.settings import *  # noqa: F403

SPIDER_MODULES = ["tests.integration.sources"]
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
CONCURRENT_REQUESTS_PER_DOMAIN = 4
