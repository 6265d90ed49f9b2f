"""What is left over of a run's pages is told, and nothing is told where nothing is left over."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from pipelines.balance import Balance
from tests.crawlers.crawling import hosts
from tests.crawlers.server import Answer, scripted
from tests.harvesting import rows
from tests.invented_project import InventedProject, front_page, path_of, site, source_file

NAMES = ("Mill Lane", "Bridge End", "Well Street")
PATHS = tuple(path_of(name) for name in NAMES)
XML = {"Content-Type": "application/xml"}
FOREIGN = "https://staging.example/repairs/mill-lane"


def sitemap(*addresses: str) -> Answer:
    places = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return Answer(f'<?xml version="1.0"?>{head}{places}</urlset>'.encode(), headers=XML)


@dataclass(frozen=True, slots=True)
class Case:
    """What a site answers beside its usual pages, lines of its source, and what the reason says."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    says: str | None = None


CASES: dict[str, Case] = {
    "closes": Case({"/sitemap.xml": sitemap(*PATHS)}),
    "gives_nothing": Case(
        {},
        (
            "def read_page(self, response, hints):",
            f"    if response.url.endswith({PATHS[1]!r}):",
            "        return",
            "    yield from super().read_page(response, hints)",
        ),
        f"page balance: 1 of 4 pages gave nothing (%(address)s{PATHS[1]})",
    ),
    "gives_comments_only": Case(
        {},
        (
            "def read_page(self, response, hints):",
            f"    if response.url.endswith({PATHS[1]!r}):",
            "        from crawlers.items import Comment",
            f"        about = response.url.replace({PATHS[1]!r}, {PATHS[0]!r})",
            "        yield self.discussion(response.url, 'html', comments=[Comment(",
            "            native_id='1', document_native_id=None, document_url=about,",
            "            body_html='<p>We were there and it was cold.</p>')])",
            "        return",
            "    yield from super().read_page(response, hints)",
        ),
    ),
    "in_quarantine": Case({PATHS[1]: Answer(b"   ")}),
    "another_host": Case(
        {"/sitemap.xml": sitemap(*PATHS, FOREIGN)},
        (),
        f"page balance: 1 page named by the site's own lists was never asked for ({FOREIGN})",
    ),
    "a_limit": Case(
        {"/": Answer(front_page()), "/sitemap.xml": sitemap(*PATHS)},
        ("max_pages = 2",),  # the outcome says that it was met
    ),
    "denied": Case({"/sitemap.xml": sitemap(*PATHS, "/members/1")}, ("deny = ('/members/',)",)),
    "withheld": Case(
        {
            "/sitemap.xml": sitemap(*PATHS, "/members/1"),
            "/robots.txt": Answer(b"User-agent: *\nDisallow: /members/\n"),
        }
    ),
    "gone": Case({"/sitemap.xml": sitemap(*PATHS, "/repairs/no-more")}),
    "redirected": Case(
        {
            "/sitemap.xml": sitemap(*PATHS, "/repairs/older"),
            "/repairs/older": Answer(status=301, headers={"Location": PATHS[0]}),
        }
    ),
    "other_forms": Case({"/sitemap.xml": sitemap(*(f"{path}/#top" for path in PATHS))}),
    "wordpress_without_api": Case(
        {
            "/": Answer(front_page()),
            "/wp-sitemap.xml": sitemap(*PATHS, "/members/2"),
            "/robots.txt": Answer(b"User-agent: *\nDisallow: /members/\n"),
        },
        # Pages of no theme that its spider knows.
        says="page balance: 4 of 4 pages gave nothing",
    ),
}


@pytest.fixture(scope="module")
def reasons(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str, str]]:
    """Of each case: the run's reason, what was printed of it, and its server's address."""
    project = InventedProject(tmp_path_factory.mktemp("balance"))
    addresses = {}
    with ExitStack() as stack:
        for (name, case), host in zip(CASES.items(), hosts(), strict=False):
            server = stack.enter_context(scripted(site(*NAMES), host))
            addresses[name] = server.address
            for path, answer in case.answers.items():
                body = answer.body.replace(b"<loc>/", f"<loc>{server.address}/".encode())
                server.answers[path] = [Answer(body, answer.status, answer.headers)]
            base = "wordpress" if name.startswith("wordpress") else "website"
            source = source_file(name, server.address, *case.lines, least=0, base=base)
            project.write(**{name: source})
        done = project.run("harvest", "--workers=1")
    told = {str(row["source"]): str(row["reason"] or "") for row in rows(project.data, "runs")}
    return {
        name: (told[name], "\n".join(_lines(done.stdout, name)), address)
        for name, address in addresses.items()
    }


def _lines(output: str, name: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith(f"{name}: ")]


@pytest.mark.parametrize("name", CASES)
def test_the_outcome_says_what_is_left_over(
    reasons: dict[str, tuple[str, str, str]], name: str
) -> None:
    reason, printed, address = reasons[name]
    says = CASES[name].says
    if says is None:
        assert "page balance" not in reason + printed
    else:
        assert says.replace("%(address)s", address) in reason
        assert says.replace("%(address)s", address) in printed


def test_few_are_shown() -> None:
    many = [f"/{number}" for number in range(7)]
    assert Balance(9).remark is None
    assert str(Balance(9, many).remark).endswith("gave nothing (/0, /1, /2, /3, /4, …)")
