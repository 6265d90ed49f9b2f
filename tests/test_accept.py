"""A source that is held, as the person sees it who runs the commands."""

from __future__ import annotations

from pathlib import Path

from crawlers.exit_codes import ExitCode
from tests.crawlers.server import Answer, scripted
from tests.harvesting import rows
from tests.invented_project import InventedProject, article, path_of, site, source_file

NAMES = ("Mill Lane", "Bridge End", "Canal Side", "Well Street")
SOLD = (
    b"<!doctype html><html lang='en'><head><title>This name is for sale</title></head><body><main>"
    b"<article><h1>This name is for sale</h1><p>Whoever wants to have this name may write to the"
    b" broker, who keeps a list of offers and answers within a week.</p><p>The price depends on the"
    b" length of the name and on how often people ask for it in a month.</p></article></main>"
    b"</body></html>"
)


def titles(project: InventedProject) -> set[str]:
    return {row["title"] for row in rows(project.data, "documents")}


def test_a_source_is_held_until_somebody_accepts_it(tmp_path: Path) -> None:
    project = InventedProject(tmp_path)
    pages = site(*NAMES) | {path_of(n): [Answer(article(n)), Answer(SOLD)] for n in NAMES}
    with scripted(pages) as server:
        project.write(repairs=source_file("repairs", server.address))
        assert project.run("harvest", "--workers=1").returncode == ExitCode.WELL
        done = project.run("harvest", "--workers=1")
    good = {f"Repairs in {name}" for name in NAMES}
    assert good <= titles(project)
    assert done.returncode == ExitCode.SOURCE_TROUBLE
    assert "repairs: held: too much changed at once: different titles" in done.stdout
    assert "titles kept" in done.stdout
    assert done.stdout.count("scrapy build --accept repairs") == 1
    assert "held: too much changed" in " ".join(project.run("sources").stdout.split())

    assert project.run("build", "--workers=1").returncode == ExitCode.SOURCE_TROUBLE
    assert project.run("build", "--accept", "repair").returncode == ExitCode.WRONG_USE
    done = project.run("build", "--workers=1", "--accept", "repairs")
    assert done.returncode == ExitCode.WELL, done.stdout
    assert "This name is for sale" in titles(project)
    assert project.run("build", "--workers=1").returncode == ExitCode.WELL
    assert "held" not in project.run("sources").stdout
