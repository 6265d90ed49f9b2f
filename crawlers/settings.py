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
COMMANDS_MODULE = "crawlers.commands"

# Where archive, ledger, extracts and releases live; a relative path counts from the project's root.
HARVEST_DATA = str(
    Path(__file__).resolve().parent.parent / (os.environ.get("HARVEST_DATA") or "data")
)
# Commenters' names become keyed pseudonyms unless this is set.
HARVEST_KEEP_NAMES = os.environ.get("HARVEST_KEEP_NAMES", "").lower() in {"1", "true", "yes"}

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
# A server that asks us to stay away for longer than this many seconds ends the run as "blocked".
RETRY_AFTER_MAX = 300

# What comes in is hostile: limits for a page and for a source.
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
DOWNLOAD_WARNSIZE = 16 * 1024 * 1024
# A body that ends early is archived as it is and marked, then asked for again.
DOWNLOAD_FAIL_ON_DATALOSS = False
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {"file": None, "ftp": None, "s3": None, "data": None}
DEPTH_LIMIT = 100
CLOSESPIDER_PAGECOUNT = 20_000
CLOSESPIDER_TIMEOUT = 6 * 3600
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Replay: seconds and bytes that the parsing of one capture may take in a worker.
REPLAY_TIMEOUT = 60
REPLAY_MEMORY = 4 * 1024**3

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawlers.middlewares.offsite.StayOnSite": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawlers.middlewares.robots.ObeyRobots": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawlers.middlewares.retry.RetryPolitely": 550,
    # Next to the network, so that it sees what the server sent and nothing that we made of it.
    "crawlers.middlewares.archive.ArchiveResponses": 1000,
}
EXTENSIONS = {
    # After AutoThrottle (0), whose delay it raises where a site asks for more.
    "crawlers.extensions.manners.KeepDistance": 500,
}
ITEM_PIPELINES = {
    "pipelines.read_pdf.ReadPdf": 50,
    "pipelines.read_body.ReadBody": 100,
    "pipelines.read_comments.ReadComments": 150,
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
