"""The project's settings for the bundled little web: same code, other sources, no distance.

The servers are this machine's own, so there is nobody to be polite to. One connection a host stays:
with several, the order of pages, and so what is left out of a place without end, would be chance.
"""

from crawlers.settings import *  # noqa: F403

SPIDER_MODULES = ["demo.sources"]
NEWSPIDER_MODULE = "demo.sources"
DOWNLOAD_DELAY = 0.001  # without any, Scrapy starts all requests that wait for a host at once
AUTOTHROTTLE_ENABLED = False
PRIVATE_ADDRESSES_ALLOWED = ["127.0.0.0/8", "::1"]
# First come, first served. With last come, first served, the order of pages depends on how many
# links of a page were read when the next request was taken, and so does what a limit leaves out.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
