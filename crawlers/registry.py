"""The sources of this project, found by Scrapy's own spider loader."""

from __future__ import annotations

from pathlib import Path

from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from crawlers.platforms.base import PlatformSpider


def source_names(settings: BaseSettings) -> list[str]:
    """The names of all sources, sorted."""
    return sorted(get_spider_loader(settings).list())


def load_source(settings: BaseSettings, name: str) -> type[PlatformSpider]:
    """The class of a source. Raises KeyError if there is none of that name, TypeError if its class
    is no platform's."""
    spidercls = get_spider_loader(settings).load(name)
    if not issubclass(spidercls, PlatformSpider):
        raise TypeError(f"{name}: {spidercls.__name__} is built on no platform")
    return spidercls


def data_folder(settings: BaseSettings) -> Path:
    """Where archive, ledger, extracts and releases live (HARVEST_DATA)."""
    return Path(settings["HARVEST_DATA"])
