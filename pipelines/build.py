"""Build: from the archive to a release.

Read from top to bottom, `build` is the recipe: replay what has no extract yet, merge what captures
tell of the same thing, take out what repeats over a source, find near-duplicates over all sources,
and publish. Rows go from one disk file to the next one at a time; only ids, addresses, signatures
and counts are kept in memory.

Each step is taken source by source. Whatever fails there costs that source, which keeps its rows of
the latest release; all others then come out as if it had not been there.
"""

from __future__ import annotations

import inspect
from collections.abc import Collection
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from scrapy.settings import Settings

from crawlers.archive import warc_files
from crawlers.registry import data_folder, load_source, source_names
from output.before import Base, look_at_base
from output.errors import ReleaseError
from output.schema import TABLES
from pipelines.assemble import JUDGED, Assembler
from pipelines.catch_up import catch_up
from pipelines.contain import SourceError, blame
from pipelines.extracts import Extracts, Sorter
from pipelines.fingerprint import fingerprint, limits
from pipelines.history import History
from pipelines.judge import LastGood
from pipelines.lost_files import keep_rows_of_lost_files
from pipelines.pool import ReplayPool
from pipelines.pseudonym_key import check_key, key_of
from pipelines.publish import publish
from pipelines.results import Build, Progress, SourceBuild
from pipelines.sitewide import remove_sitewide
from pipelines.unloadable import published, unloadable_sources

CRAWL_TABLES = ("fetches", "runs")
"""What is read from the archive itself, once; the rows of all other tables are assembled."""


def build(
    settings: Settings,
    *,
    created: datetime | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    accepted: Collection[str] = (),
) -> Build:
    """Replay the whole archive, and publish a release of it.

    Of the sources that are `accepted`, what would be held is published. Raises ReleaseError if the
    release cannot be written or does not pass its checks; `latest` then stays what it was.
    """
    data = data_folder(settings)
    check_key(settings)
    base = look_at_base(data)
    names, unknown = archived_sources(settings)
    lost = sorted(published(data).keys() - {*names, *unknown})
    sources = [_source(settings, name, is_accepted=name in accepted) for name in names]
    with ExitStack() as stack:
        sorter = stack.enter_context(Sorter(data / "extracts" / ".sorting.sqlite", _sort_keys()))
        with ReplayPool(settings.copy_to_dict(), workers) as pool:
            for source in sources:
                _catch_up(settings, source, pool, sorter, progress)
        unloadable = unloadable_sources(settings, sorter)
        sources = sorted([*sources, *unloadable], key=lambda s: s.source)
        release = _release(settings, sources, sorter, base, created or datetime.now(UTC))
    known = {source.source for source in unloadable}
    unknown = [name for name in unknown if name not in known]
    return Build(release, sources, unknown, lost, base.problems)


def archived_sources(settings: Settings) -> tuple[list[str], list[str]]:
    """(sources to build, folders of the archive without a source), both sorted.

    A source whose rows are in the latest release is built though its folder is gone: that is no
    reason for its rows to go.
    """
    data = data_folder(settings)
    archive = data / "archive"
    folders = {p.name for p in archive.glob("*") if warc_files(archive, p.name)}
    known = set(source_names(settings))
    return sorted((folders | published(data).keys()) & known), sorted(folders - known)


def _sort_keys() -> dict[str, tuple[str, ...]]:
    own = {JUDGED: ("document_id", "_place")}
    return own | {name: tuple(table.sort_by) for name, table in TABLES.items()}


def _source(settings: Settings, name: str, *, is_accepted: bool) -> SourceBuild:
    spidercls = load_source(settings, name)
    expected = spidercls.expected_documents
    return SourceBuild(
        name,
        spidercls.platform,
        spidercls.title,
        expected,
        spidercls.licence,
        spidercls.languages,
        History(expected),
        LastGood.load(data_folder(settings), name),
        is_accepted=is_accepted,
        is_retired=spidercls.retired is not None,
    )


def _extracts(settings: Settings, source: SourceBuild, *, check: bool = False) -> Extracts:
    data = data_folder(settings)
    own = Path(inspect.getfile(load_source(settings, source.source)))
    made_by = fingerprint(settings, [own], key_of(settings))
    file = data / "extracts" / f"{source.source}.sqlite"
    return Extracts(file, data / "archive", made_by, limits(settings), check=check)


def _catch_up(
    settings: Settings,
    source: SourceBuild,
    pool: ReplayPool,
    sorter: Sorter,
    progress: Progress | None,
) -> None:
    archive = data_folder(settings) / "archive"
    try:
        with blame(source.source), _extracts(settings, source, check=True) as extracts:
            source.notes += filter(None, [extracts.note])
            extracts.forget_outdated()
            catch_up(source, archive, extracts, pool, sorter, progress)
    except SourceError as error:
        _fail(source, error, sorter)


def _fail(source: SourceBuild, error: SourceError, sorter: Sorter) -> None:
    """Leave a source out, with the rows that it had; without them, if these are what failed."""
    if source.failure:
        if not source.can_keep:
            raise ReleaseError(str(error))
        source.can_keep = False
    source.failure = "; ".join(filter(None, (source.failure, error.reason)))
    source.begin_anew()
    sorter.forget(source.source)


def _release(
    settings: Settings, sources: list[SourceBuild], sorter: Sorter, base: Base, created: datetime
) -> Path | None:
    """Assemble and publish; as often as a source fails, anew without it.

    So no row of another source depends on what a source that failed had told until then.
    """
    while True:
        sorter.forget(None, *(table for table in sorter.tables if table not in CRAWL_TABLES))
        try:
            return _assemble_and_publish(settings, sources, sorter, base, created)
        except SourceError as error:
            _fail(next(s for s in sources if s.source == error.source), error, sorter)


def _assemble_and_publish(
    settings: Settings, sources: list[SourceBuild], sorter: Sorter, base: Base, created: datetime
) -> Path | None:
    assembler = Assembler(settings, sorter)
    for source in sources:
        source.begin_anew()
    sound = [source for source in sources if not source.failure]
    for source in sound:
        with blame(source.source), _extracts(settings, source) as extracts:
            assembler.assemble(source, extracts)
    for source in sound:
        with blame(source.source):
            assembler.count(source)
    for source in sound:
        with blame(source.source):
            assembler.place(source)
    signatures = remove_sitewide(
        sorter, {s.source: s.languages for s in sound}, assembler.signatures
    )
    for source in sound:
        with blame(source.source):
            keep_rows_of_lost_files(data_folder(settings), source, sorter)
    return publish(settings, sources, sorter, signatures, base, created)
