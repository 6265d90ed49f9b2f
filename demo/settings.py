"""The project's settings for the bundled little web: same code, other sources, no distance.

The servers are this machine's own, so there is nobody to be polite to.
"""

from crawlers.settings import *  # noqa: F403

SPIDER_MODULES = ["demo.sources"]
NEWSPIDER_MODULE = "demo.sources"
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
PRIVATE_ADDRESSES_ALLOWED = ["127.0.0.0/8", "::1"]
CONCURRENT_REQUESTS_PER_DOMAIN = 8
