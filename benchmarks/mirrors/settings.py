"""The project's settings for servers on this machine, which need no distance between requests."""

from crawlers.settings import *  # noqa: F403

SPIDER_MODULES = ["benchmarks.mirrors.sources"]
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
CONCURRENT_REQUESTS_PER_DOMAIN = 8
