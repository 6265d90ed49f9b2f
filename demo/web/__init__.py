"""The little web of the demo: synthetic WordPress and Blogger sites on loopback.

`serve` starts them, `expected` says what a crawl of them has to find.
"""

from demo.web.expected import expected
from demo.web.model import Site, load_site, site_names
from demo.web.server import serve

__all__ = ["Site", "expected", "load_site", "serve", "site_names"]
