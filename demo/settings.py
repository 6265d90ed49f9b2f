"""The project's settings for the bundled little web: same code, other sources, no distance.

The servers are this machine's own, so there is nobody to be polite to.
"""

from crawlers.settings import *  # noqa: F403

SPIDER_MODULES = ["demo.sources"]
NEWSPIDER_MODULE = "demo.sources"
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
CONCURRENT_REQUESTS_PER_DOMAIN = 8
