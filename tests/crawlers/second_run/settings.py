"""The project's settings for a server on this machine, which needs no distance."""

from crawlers.settings import *  # noqa: F403

SPIDER_MODULES = ["tests.crawlers.second_run.sources"]
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
RETRY_TIMES = 1
