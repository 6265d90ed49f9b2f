"""The project's settings for servers on this machine, which need no distance between requests."""

from crawlers.settings import *  # noqa: F403

SPIDER_MODULES = ["benchmarks.mirrors.sources"]
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
PRIVATE_ADDRESSES_ALLOWED = ["127.0.0.0/8", "::1"]
CONCURRENT_REQUESTS_PER_DOMAIN = 8
