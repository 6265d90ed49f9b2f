"""The sources of this project, found by Scrapy's own spider loader.

A broken source file costs that source and no other: the rest is loaded, and the broken one is named
with the reason.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader, get_spider_loader
from scrapy.utils.spider import iter_spider_classes

from crawlers.platforms.base import PlatformSpider

DECLARED = ("platform", "title", "start_urls", "expected_documents")
"""What a class must have to be a source; the rest has defaults."""


class SourceLoader(SpiderLoader):
    """Scrapy's loader, which goes on behind a file that cannot be imported.

    `broken` says why, in one line, by the file's name, which is the source's. Of two files that
    give the same name, the one that is called so has it. Raises ImportError where a module of
    SPIDER_MODULES itself cannot be imported.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self.broken: dict[str, str] = {}
        super().__init__(settings)

    def _load_all_spiders(self) -> None:
        for name in self.spider_modules:
            package = import_module(name)
            self._load_spiders(package)
            for module in self._modules_in(package):
                self._load_spiders(module)

    def _modules_in(self, package: ModuleType) -> Iterator[ModuleType]:
        for found in iter_modules(getattr(package, "__path__", ()), f"{package.__name__}."):
            try:
                module = import_module(found.name)
            except Exception as error:  # noqa: BLE001 - a source file may raise anything
                self.broken[_stem(found.name)] = _explain(error)
                continue
            yield module
            yield from self._modules_in(module)

    def _load_spiders(self, module: ModuleType) -> None:
        stem = _stem(module.__name__)
        for spidercls in iter_spider_classes(module):
            name, other = spidercls.name, self._spiders.get(spidercls.name)
            lacking = [attribute for attribute in DECLARED if not hasattr(spidercls, attribute)]
            if lacking:
                self.broken[stem] = f"{spidercls.__name__} does not set {', '.join(lacking)}"
            elif other is None or name == stem:
                if other is not None:
                    self.broken[_stem(other.__module__)] = _same_name(name, stem)
                self._spiders[name] = spidercls
            else:
                self.broken[stem] = _same_name(name, _stem(other.__module__))


def _same_name(name: str, owner: str) -> str:
    return f"its name, {name!r}, is that of the source in {owner}.py"


def _stem(module: str) -> str:
    return module.rpartition(".")[2]


def _explain(error: Exception) -> str:
    """What is wrong with a source file, and in which line, in one line."""
    message = " ".join(f"{type(error).__name__}: {error}".split())
    if isinstance(error, SyntaxError):  # its message names the line
        return message
    frames = traceback.extract_tb(error.__traceback__)
    return f"{message} ({Path(frames[-1].filename).name}, line {frames[-1].lineno})"


def source_names(settings: BaseSettings) -> list[str]:
    """The names of all sources that can be loaded, sorted."""
    return sorted(get_spider_loader(settings).list())


def broken_sources(settings: BaseSettings) -> Mapping[str, str]:
    """The sources whose file cannot be loaded, and why."""
    loader = get_spider_loader(settings)
    return dict(sorted(loader.broken.items())) if isinstance(loader, SourceLoader) else {}


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
