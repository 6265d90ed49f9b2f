"""The project's settings for hostile servers: what is waited for is short, all else is as it is.

Each source may ask the loopback address that it lives at, and no other but 127.0.0.2, which stands
for the public address of a name.
"""

from crawlers.settings import *  # noqa: F403
from tests.hostile import names

SPIDER_MODULES = ["tests.hostile.sources", "demo.sources.open_notebook"]
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
CONCURRENT_REQUESTS_PER_DOMAIN = 8
RETRY_TIMES = 1
DOWNLOAD_TIMEOUT = 5
DOWNLOAD_MAXSIZE = 12 * 1024 * 1024
REPLAY_TIMEOUT = 10
CLOSESPIDER_PAGECOUNT = 120
REQUESTS_MAX = 100
MEMUSAGE_CHECK_INTERVAL_SECONDS = 0.5
# Otherwise the first answer for a name is kept, and nothing can change between look-ups.
DNSCACHE_ENABLED = False

PRIVATE_ADDRESSES_ALLOWED = ["127.0.0.2"]

names.install()
