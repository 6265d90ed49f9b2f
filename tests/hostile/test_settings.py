"""The security settings, as far as a harvest of hostile servers does not show them."""

from __future__ import annotations

import asyncio

import pytest
from scrapy import Request, Spider
from scrapy.core.downloader.handlers import DownloadHandlers
from scrapy.crawler import Crawler
from scrapy.exceptions import NotSupported
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from crawlers.download import PublicDownloadHandler, PublicResolver
from tests.recording.cases import project_settings

PROJECTS = ("crawlers.settings", "demo.settings", "benchmarks.mirrors.settings")
LOOPBACK = {"127.0.0.0/8", "::1"}


def settings_of(module: str) -> Settings:
    settings = Settings()
    settings.setmodule(module, priority="project")
    return settings


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "data:text/plain,x", "ftp://127.0.0.1/x", "s3://bucket/key", "ws://h/"],
)
def test_only_web_addresses_are_downloaded(url: str) -> None:
    crawler = Crawler(Spider, project_settings())
    crawler.spider = Spider(name="any")
    with pytest.raises(NotSupported, match="Unsupported URL scheme"):
        asyncio.run(DownloadHandlers(crawler).download_request_async(Request(url)))


@pytest.mark.parametrize("module", PROJECTS)
def test_every_project_checks_addresses(module: str) -> None:
    settings = settings_of(module)
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
    assert {s for s, path in handlers.items() if path} == {"http", "https"}
    assert {load_object(path) for path in handlers.values() if path} == {PublicDownloadHandler}
    assert load_object(settings["TWISTED_DNS_RESOLVER"]) is PublicResolver
    allowed = set(settings.getlist("PRIVATE_ADDRESSES_ALLOWED"))
    assert allowed == (set() if module == "crawlers.settings" else LOOPBACK)


@pytest.mark.parametrize("module", PROJECTS)
def test_every_project_keeps_its_doors_shut(module: str) -> None:
    settings = settings_of(module)
    for name in ("TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "COOKIES_ENABLED"):
        assert not settings.getbool(name), name
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert settings["DOWNLOAD_TLS_MIN_VERSION"] == "TLSv1.2"
    assert 0 < settings.getint("DOWNLOAD_MAXSIZE") <= 64 << 20
    assert 0 < settings.getfloat("DOWNLOAD_TIMEOUT") <= 60
