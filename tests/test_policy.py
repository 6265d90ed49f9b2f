"""The rules of the project, over all sources and all files."""

from __future__ import annotations

import ast
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from dateparser.data import languages_info
from scrapy.settings import Settings

from crawlers.platforms.base import PlatformSpider
from crawlers.registry import broken_sources, load_source, source_names
from tests.project_files import PACKAGES, ROOT, module_name, project_files, python_files
from tests.record_docs import PARTS, read_part
from tests.recording.cases import project_settings

SOURCES = source_names(project_settings())
SOURCE_FILES = [f for f in python_files("crawlers/sources") if f.name != "__init__.py"]
LANGUAGES = set(languages_info.language_order)
"""ISO codes of the languages in which dates can be read: what else a code is good for here."""
DECLARED = ("name", "title", "start_urls", "timezone", "every", "expected_documents", "terms")
"""What each source says itself, for no default could be right."""
LEAST_SOURCES = 18
PLATFORMS = {"blogger", "prezi", "webflow", "website", "wordpress"}
"""Each is the platform of a source, so that each has fixtures."""

SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
"""The form of a licence's identifier (spdx.org/licenses)."""

LONGEST_SOURCE = 40
LONGEST_MODULE = 300
LONGER: dict[str, str] = {}
"""Modules above the limit, and why."""

MACHINE_PATHS = re.compile(r"(?<![\w.~-])/(?:root|home|work|Users)/")
# In brackets, so that this file is not found by its own rule.
INDEX_HOSTS = re.compile(
    r"(?i)[p]ypi\.org|[p]ythonhosted\.org|--(?:extra-)?[i]ndex-url|--[f]ind-links"
)
REQUIREMENTS = ROOT / "requirements.lock"


def source(name: str) -> type[PlatformSpider]:
    return load_source(project_settings(), name)


def settings_of(spidercls: type[PlatformSpider]) -> Settings:
    """The settings that a crawl of this source runs with."""
    settings = project_settings()
    spidercls.update_settings(settings)
    return settings


# --- sources ---


def test_there_are_sources() -> None:
    assert len(SOURCES) >= LEAST_SOURCES
    assert {source(name).platform for name in SOURCES} >= PLATFORMS
    assert broken_sources(project_settings()) == {}
    assert sorted(file.stem for file in SOURCE_FILES) == SOURCES


@pytest.mark.parametrize("file", SOURCE_FILES, ids=lambda file: file.stem)
def test_file_spider_and_class_agree(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert len(classes) == 1, "one source, one file"
    spidercls = source(file.stem)
    assert spidercls.name == file.stem
    assert spidercls.__name__ == classes[0]
    assert classes[0].lower() == file.stem.replace("_", "") + "spider"
    assert ast.get_docstring(tree), "say what it is, and whose"


@pytest.mark.parametrize("file", SOURCE_FILES, ids=lambda file: file.stem)
def test_a_source_is_small(file: Path) -> None:
    assert count_lines(file) < LONGEST_SOURCE


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_declares_itself(name: str) -> None:
    spidercls = source(name)
    assert [d for d in DECLARED if d not in vars(spidercls)] == []
    assert spidercls.title.strip() == spidercls.title != ""
    assert timedelta(hours=12) <= spidercls.every <= timedelta(days=366)
    least, most = spidercls.expected_documents
    assert 0 < least <= most
    assert spidercls.licence is None or SPDX.fullmatch(spidercls.licence)
    assert len(spidercls.terms.split()) > 3, "what it says of reuse, or that nobody has looked"
    assert spidercls.terms.endswith(".")
    assert spidercls.timezone is None or ZoneInfo(spidercls.timezone)


@pytest.mark.parametrize("name", SOURCES)
def test_start_addresses_are_https(name: str) -> None:
    urls = vars(source(name))["start_urls"]
    assert urls
    assert len(set(urls)) == len(urls)
    for url in urls:
        assert (urlsplit(url).scheme, bool(urlsplit(url).hostname)) == ("https", True)


@pytest.mark.parametrize("name", SOURCES)
def test_languages_are_iso_codes(name: str) -> None:
    languages = source(name).languages
    assert languages
    assert set(languages) <= LANGUAGES
    assert len(set(languages)) == len(languages)


@pytest.mark.parametrize("name", SOURCES)
def test_checked_live_is_honest(name: str) -> None:
    checked = source(name).checked_live
    assert checked is None or checked <= datetime.now(UTC).date()


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_keeps_the_manners(name: str) -> None:
    spidercls = source(name)
    settings = settings_of(spidercls)
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getfloat("DOWNLOAD_DELAY") >= 1
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert settings.getbool("AUTOTHROTTLE_ENABLED")
    # Scrapy's other ways to another delay or to more connections.
    assert settings.getdict("DOWNLOAD_SLOTS") == {}
    for attribute in ("download_delay", "max_concurrent_requests"):
        assert not hasattr(spidercls, attribute)


def test_the_manners_are_seen_to_be_broken() -> None:
    class Rude(PlatformSpider):
        custom_settings = {"ROBOTSTXT_OBEY": False, "DOWNLOAD_DELAY": 0.1}

    settings = settings_of(Rude)
    assert not settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getfloat("DOWNLOAD_DELAY") < 1


def test_no_two_sources_share_a_site() -> None:
    starts = [url for name in SOURCES for url in vars(source(name))["start_urls"]]
    assert len(set(starts)) == len(starts)
    titles = [source(name).title for name in SOURCES]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_lies_below_its_root(name: str) -> None:
    spidercls = source(name)
    root = vars(spidercls).get("root", "")
    assert root == "" or root.endswith("/")
    assert all(url.startswith(root) for url in vars(spidercls)["start_urls"])


# --- files ---


def count_lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


MODULES = [file for file in python_files(*PACKAGES) if module_name(file).split(".")[0] != "tests"]


def test_modules_are_short() -> None:
    long = {module_name(file) for file in MODULES if count_lines(file) > LONGEST_MODULE}
    assert long == set(LONGER), "give a reason in LONGER, or take it off the list"


@pytest.mark.parametrize("package", [*PACKAGES, "crawlers/sources"])
def test_a_package_has_a_readme(package: str) -> None:
    readme = ROOT / package / "README.md"
    assert readme.exists(), "purpose, what flows in and out, how to add one"
    assert len(readme.read_text(encoding="utf-8").split()) > 40


INNER = sorted(
    {file.parent for file in MODULES if len(file.parent.relative_to(ROOT).parts) > 1}, key=str
)


@pytest.mark.parametrize("folder", INNER, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_a_folder_says_what_belongs_there(folder: Path) -> None:
    """Below a package, a README.md or the docstring of `__init__.py` does."""
    init = folder / "__init__.py"
    says = init.exists() and ast.get_docstring(ast.parse(init.read_text(encoding="utf-8")))
    assert (folder / "README.md").exists() or says


def texts() -> list[Path]:
    binary = {".gz", ".png", ".parquet", ".pdf"}
    return [file for file in project_files() if file.suffix not in binary]


@pytest.mark.parametrize(
    ("rule", "meaning"),
    [(MACHINE_PATHS, "a path of one machine"), (INDEX_HOSTS, "a package index")],
    ids=["machine-paths", "package-indexes"],
)
def test_no_file_names(rule: re.Pattern[str], meaning: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for file in texts()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if rule.search(line)
    ]
    assert found == [], f"names {meaning}"


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        (MACHINE_PATHS, "cd /" + "home/somebody/project"),
        (MACHINE_PATHS, "'/" + "root/x'"),
        (INDEX_HOSTS, "--index" + "-url https://index.example"),
    ],
)
def test_the_rules_for_files_find(rule: re.Pattern[str], line: str) -> None:
    assert rule.search(line)
    assert not rule.search("see https://name.example/home/page and pip-compile --no-emit-index-url")


# --- requirements.lock ---


@pytest.fixture(scope="module")
def requirements() -> list[str]:
    """Every requirement of requirements.lock with its options, one a line; comments left out."""
    if not REQUIREMENTS.exists():
        pytest.skip("there is no requirements.lock; `make lock` writes it")
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    return [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def test_every_requirement_is_pinned_with_hashes(requirements: list[str]) -> None:
    assert requirements
    pinned = re.compile(r"[\w.\[\],-]+==\S+(?: *;[^-]*)?(?: +--hash=sha256:[0-9a-f]{64})+ *$")
    assert [line[:80] for line in requirements if not pinned.match(line)] == []


def test_requirements_name_no_place(requirements: list[str]) -> None:
    text = REQUIREMENTS.read_text(encoding="utf-8")
    assert re.findall(r"https?://\S+|^-\S+", text, re.MULTILINE) == []


# --- documentation ---


@pytest.mark.parametrize(
    ("file", "name"), PARTS, ids=[f"{f.relative_to(ROOT)}-{n}" for f, n in PARTS]
)
def test_generated_documentation_is_current(file: Path, name: str) -> None:
    assert read_part(file, name) == PARTS[file, name](), "run `python -m tests.record_docs`"
