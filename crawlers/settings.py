"""The one place where limits and the order of components are declared.

Every setting can be given on the command line (`-s NAME=VALUE`); those that a deployment needs
also come from the environment: HARVEST_DATA, HARVEST_CONTACT, HARVEST_KEEP_NAMES.
"""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

try:
    VERSION = version("co-production-pipeline")
except PackageNotFoundError:
    VERSION = "0+unknown"

BOT_NAME = "co-production-pipeline"
SPIDER_MODULES = ["crawlers.sources"]
NEWSPIDER_MODULE = "crawlers.sources"
# One broken source file costs that source, and not the command.
SPIDER_LOADER_CLASS = "crawlers.registry.SourceLoader"
COMMANDS_MODULE = "crawlers.commands"

# Where archive, ledger, extracts and releases live; a relative path counts from the project's root.
HARVEST_DATA = str(
    Path(__file__).resolve().parent.parent / (os.environ.get("HARVEST_DATA") or "data")
)
# Commenters' names become keyed pseudonyms unless this is set.
HARVEST_KEEP_NAMES = os.environ.get("HARVEST_KEEP_NAMES", "").lower() in {"1", "true", "yes"}

# Go on although the key of the pseudonyms is another than that of the latest release; `scrapy build
# --new-key` sets it.
HARVEST_NEW_KEY = False
# Unchanged files are shared by releases (hard links), and so is what damages them: every so many
# releases one is a full copy (0: never).
RELEASE_FULL_EVERY = 10

# Lists by which a maintainer overrules the spam filter.
COMMENTS_ALLOW = str(Path(__file__).parent / "moderation" / "comments_allow.txt")
COMMENTS_BLOCK = str(Path(__file__).parent / "moderation" / "comments_block.txt")

# Who we are, and whom a site's owner can write to.
HARVEST_CONTACT = os.environ.get("HARVEST_CONTACT", "").strip()
USER_AGENT = f"co-production-pipeline/{VERSION}" + (
    f" (+{HARVEST_CONTACT})" if HARVEST_CONTACT else " (no contact given)"
)
ROBOTSTXT_USER_AGENT = "co-production-pipeline"

# Manners: one connection a host, a second between requests, more where the server is slow, and
# what robots.txt (Crawl-delay) or the server (Retry-After) ask for on top.
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 32
DOWNLOAD_DELAY = 1.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
RETRY_TIMES = 3
# What Scrapy takes off a delay at random would be taken off the second that we promise.
DOWNLOAD_DELAY_JITTER = 0
# Seconds; a longer Crawl-delay is taken as this, and the run's outcome says so. Some sites write
# days to keep robots out, and no crawl would ever end; those that mean it write Disallow.
CRAWL_DELAY_MAX = 120
# A server that asks us to stay away for longer than this many seconds ends the run as "blocked".
RETRY_AFTER_MAX = 300
# So do this many answers "too many requests" (429) or "unavailable" (503) in a row. Three addresses
# with their retries are 12: an API that refuses must not keep the sitemap from being tried.
REFUSALS_MAX = 15

# What comes in is hostile: limits for a page and for a source. Seconds are those of the whole
# response, so that a server which sends a byte a second is waited for no longer than any other.
DOWNLOAD_TIMEOUT = 60
# Bytes of a body, also once unpacked; Scrapy's 1 GiB would be several times that once parsed.
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
DOWNLOAD_WARNSIZE = 16 * 1024 * 1024
# Bytes of all bodies that a source may send in a run: far more than the texts and PDFs of a site.
RUN_MAXSIZE = 2 * 1024**3
# Bytes that stay free on the archive's disk (a third of a smaller disk), so that what is there can
# be built and published, and the next harvest can begin.
DISK_RESERVE = 500 * 1024**2
# A body that ends early is archived as it is and marked; if it is not whole by its own end, it is
# asked for again (crawlers/wholeness.py).
DOWNLOAD_FAIL_ON_DATALOSS = False
# Seconds in which a run goes on from where the one before was cut short.
RESUME_WITHIN = 24 * 3600
# Links between a start page and the deepest page; an archive in pages is as deep as it is long.
# Scrapy's own limit would drop what lies deeper and say nothing.
DEPTH_MAX = 500
DEPTH_LIMIT = 0
CLOSESPIDER_PAGECOUNT = 20_000
CLOSESPIDER_TIMEOUT = 6 * 3600
# More than this many requests of a source are not even kept in memory: a page may link to, and a
# header announce, as many as it likes, and CLOSESPIDER_PAGECOUNT ends the run long before.
REQUESTS_MAX = 50_000

# Seconds of processor time that a page may take between two requests that it leads to. All crawls
# of a harvest share a process, and wait meanwhile.
FOLLOW_TIMEOUT = 0.5

# What follows is what Scrapy's page on security (topics/security) leaves to choose.
# Whoever is on the way to a site could put words into its mouth; Scrapy does not verify by default.
DOWNLOAD_VERIFY_CERTIFICATES = True
# TLS 1.0 and 1.1 are broken (RFC 8996); None is Twisted's list of ciphers, without weak ones.
DOWNLOAD_TLS_MIN_VERSION = "TLSv1.2"
DOWNLOADER_CLIENT_TLS_CIPHERS = None
# Web addresses and nothing else: a link must not read a file of this machine (file, data) or spend
# credentials that lie around on it (ftp, s3). http stays, for old sites have nothing better.
# Both are Scrapy's own handler, which here connects to public addresses only.
DOWNLOAD_HANDLERS = {
    "http": "crawlers.download.PublicDownloadHandler",
    "https": "crawlers.download.PublicDownloadHandler",
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}
TWISTED_DNS_RESOLVER = "crawlers.download.PublicResolver"
# Networks, addresses or addresses with a port that are not public and may be asked all the same,
# such as a proxy's: "10.1.0.0/16", "10.1.0.7", "127.0.0.1:8080". A source that lives at such an
# address has it in its start_urls, and need not be named here.
PRIVATE_ADDRESSES_ALLOWED: list[str] = []
# Each of these two is a way to run code in this process for whoever reaches its port.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
# Nothing of one site is told to another: no cookies, but for what a redirect sets on the way to one
# page (crawlers/middlewares/redirect.py), and not where a link was found.
COOKIES_ENABLED = False
REFERRER_POLICY = "same-origin"

# Replay: what the parsing of one capture may take in a worker, in seconds of processor time and
# in bytes.
REPLAY_TIMEOUT = 60
REPLAY_MEMORY = 4 * 1024**3

# Sources that share a host keep its distance together.
DOWNLOADER = "crawlers.slots.SharingDownloader"
DOWNLOADER_MIDDLEWARES = {
    # No source has credentials; Scrapy's would add those that a URL or a setting holds.
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawlers.middlewares.robots.ObeyRobots": 100,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawlers.middlewares.redirect.FollowMetaRefresh": 580,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawlers.middlewares.redirect.FollowRedirects": 600,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawlers.middlewares.retry.RetryPolitely": 550,
    # Next to the network, so that it sees what the server sent and nothing that we made of it.
    "crawlers.middlewares.archive.ArchiveResponses": 1000,
    # Before that: what is too much is not archived.
    "crawlers.middlewares.volume.LimitVolume": 1010,
}
SPIDER_MIDDLEWARES = {
    # Next to the spider, before anything else handles what it yields.
    "crawlers.middlewares.limits.LimitRequests": 1000,
}
EXTENSIONS = {
    # After AutoThrottle (0), whose delay it raises where a site asks for more.
    "crawlers.extensions.manners.KeepDistance": 500,
}
ITEM_PIPELINES = {
    "pipelines.read_pdf.ReadPdf": 50,
    "pipelines.read_body.ReadBody": 100,
    "pipelines.read_comments.ReadComments": 150,
    "pipelines.read_comment_texts.ReadCommentTexts": 160,
    "pipelines.tidy_fields.TidyFields": 200,
    "pipelines.read_byline.ReadByline": 300,
    "pipelines.read_dates.ReadDates": 400,
    "pipelines.find_signpost.FindSignpost": 450,
    "pipelines.detect_language.DetectLanguage": 500,
    "pipelines.drop_spam_comments.DropSpamComments": 600,
    "pipelines.protect_commenters.ProtectCommenters": 700,
    "pipelines.measure_text.MeasureText": 800,
}

FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"
