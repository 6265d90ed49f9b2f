"""A project of a test's own: source files that it writes, breaks and takes away."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from tests.crawlers.server import Answer
from tests.harvesting import LIMIT, ROOT

SETTINGS = """
from crawlers.settings import *

SPIDER_MODULES = ["invented.sources"]
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
RETRY_TIMES = 1
PRIVATE_ADDRESSES_ALLOWED = ["127.0.0.0/8"]
CONCURRENT_REQUESTS_PER_DOMAIN = 4
"""
PARAGRAPHS = (
    "In {name} the tenants and the repair team went through the list of jobs together, and what had"
    " waited longest was done first.",
    "A neighbour who had never been to a meeting brought the drawings, and two engineers stayed"
    " until the stairs had been measured again.",
    "By the spring the heating of {name} cost a third less, which is what the tenants had said it"
    " would when they were asked.",
)
"""Enough to be an article; `name` makes each one of its own."""


def article(name: str) -> bytes:
    """A page about one thing, whole to its last tag."""
    text = "".join(f"<p>{paragraph.format(name=name)}</p>\n" for paragraph in PARAGRAPHS)
    return (
        f"<!doctype html><html lang='en'><head><title>Repairs in {name}</title></head>\n"
        f"<body><main><article><h1>Repairs in {name}</h1>\n{text}</article></main></body></html>\n"
    ).encode()


def front_page(*paths: str) -> bytes:
    """A page that links to others and says little itself."""
    links = "".join(f"<li><a href='{path}'>{path.strip('/-')}</a></li>" for path in paths)
    return (
        "<!doctype html><html lang='en'><head><title>The Repairs Book</title></head>"
        f"<body><main><h1>The Repairs Book</h1><ul>{links}</ul></main></body></html>"
    ).encode()


def sitemap(address: str, *paths: str) -> bytes:
    places = "".join(f"<url><loc>{address}{path}</loc></url>" for path in paths)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>\n'
    ).encode()


def path_of(name: str) -> str:
    return f"/repairs/{name.lower().replace(' ', '-')}"


def site(*names: str) -> dict[str, list[Answer]]:
    """What a small site answers: a front page and an article for each name."""
    pages = {path_of(name): [Answer(article(name))] for name in names}
    return {"/": [Answer(front_page(*pages))], **pages}


def source_file(name: str, address: str, *lines: str, least: int = 1, base: str = "website") -> str:
    """The file of a source; `lines` are more of its class."""
    spider = {"website": "WebsiteSpider", "wordpress": "WordPressSpider"}[base]
    more = "".join(f"    {line}\n" for line in lines)
    return (
        dedent(f"""\
        from datetime import date, timedelta
        from crawlers.platforms.{base} import {spider}


        class {name.title().replace("_", "")}Spider({spider}):
            name = "{name}"
            title = "The Repairs Book"
            start_urls = ["{address}/"]
            site = "{name}.example"
            every = timedelta(days=7)
            expected_documents = ({least}, 99)
            terms = "Invented."
        """)
        + more
    )


class InventedProject:
    """Its source files and its data, below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.sources = folder / "invented" / "sources"
        self.sources.mkdir(parents=True)
        (folder / "invented" / "__init__.py").touch()
        (self.sources / "__init__.py").touch()
        (folder / "invented" / "settings.py").write_text(SETTINGS)

    def write(self, **files: str) -> None:
        for name, content in files.items():
            (self.sources / f"{name}.py").write_text(content)

    @property
    def environment(self) -> Mapping[str, str]:
        return {name: value for name, value in os.environ.items() if name != "SCRAPY_PROJECT"} | {
            "SCRAPY_SETTINGS_MODULE": "invented.settings",
            "PYTHONPATH": f"{self.folder}{os.pathsep}{ROOT}",
            # A file that is written twice in a second has the same time and size to the cache.
            "PYTHONDONTWRITEBYTECODE": "1",
            "HARVEST_DATA": str(self.data),
            "HARVEST_CONTACT": "a test on this machine",
            "HARVEST_KEEP_NAMES": "",
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`scrapy ARGUMENTS` to its end."""
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
