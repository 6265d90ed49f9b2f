"""`python -m tests.record_docs`: write the generated parts of the documentation anew.

A generated part stands between `<!-- NAME: begin … -->` and `<!-- NAME: end -->`; a test fails
where one is not what this would write.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from crawlers.exit_codes import MEANING
from crawlers.registry import load_source, source_names
from pipelines.limits import AT_FIRST, GROWTH, LIMITS, Limit
from tests.project_files import ROOT
from tests.recording.cases import project_settings

SOURCE_COLUMNS = (
    "source",
    "title",
    "platform",
    "address",
    "languages",
    "every",
    "expected documents",
    "licence",
    "terms",
    "checked live",
)


def sources_table() -> str:
    """The sources of `crawlers/sources` as a Markdown table."""
    settings = project_settings()
    rows = []
    for name in source_names(settings):
        source = load_source(settings, name)
        least, most = source.expected_documents
        starts = vars(source)["start_urls"]
        rows.append(
            (
                f"[`{name}`](../crawlers/sources/{name}.py)",
                source.title,
                source.platform,
                " ".join(f"<{url}>" for url in starts),
                ", ".join(source.languages),
                f"{source.every.days} days",
                f"{least} to {most}",
                source.licence or "unknown",
                source.terms,
                str(source.checked_live or "never"),
            )
        )
    return _table(SOURCE_COLUMNS, rows)


def source_counts() -> str:
    """How many sources there are, by platform."""
    settings = project_settings()
    platforms = Counter(load_source(settings, n).platform for n in source_names(settings))
    shown = ", ".join(f"{count} on {name}" for name, count in platforms.most_common())
    return f"{platforms.total()} sources: {shown}."


def limits_table() -> str:
    """How far a source may change at once."""
    return _limits(LIMITS | {"growth of documents": GROWTH})


def first_limits_table() -> str:
    """What is doubted of a source without a release before."""
    return _limits(AT_FIRST)


def _limits(limits: Mapping[str, Limit]) -> str:
    rows = [
        (name, "; ".join(f"{share:.0%} and {number}" for share, number in limit.steps), limit.why)
        for name, limit in limits.items()
    ]
    return _table(("figure", "too much from", "because"), rows)


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines
    )


def exit_codes() -> str:
    """The exit codes of the commands."""
    rows = [(str(code.value), meaning) for code, meaning in MEANING.items()]
    return _table(("exit code", "meaning"), rows)


PARTS: dict[tuple[Path, str], Callable[[], str]] = {
    (ROOT / "docs" / "held.md", "limits"): limits_table,
    (ROOT / "docs" / "held.md", "limits-at-first"): first_limits_table,
    (ROOT / "docs" / "sources.md", "counts"): source_counts,
    (ROOT / "docs" / "sources.md", "sources"): sources_table,
    (ROOT / "README.md", "exit codes"): exit_codes,
}
"""Which part of which file is written by what."""


def read_part(file: Path, name: str) -> str:
    """A generated part as it stands. Raises LookupError if the file has no such part."""
    return _match(file, name)[2]


def write_part(file: Path, name: str, content: str) -> None:
    match = _match(file, name)
    text = f"{match.string[: match.start(2)]}{content}{match.string[match.end(2) :]}"
    file.write_text(text, encoding="utf-8")


def _match(file: Path, name: str) -> re.Match[str]:
    pattern = rf"(<!-- {name}: begin[^>]*-->\n)(.*?)(\n<!-- {name}: end -->)"
    match = re.search(pattern, file.read_text(encoding="utf-8"), re.DOTALL)
    if match is None:
        raise LookupError(f"{file} has no part {name!r}")
    return match


def main() -> None:
    for (file, name), make in PARTS.items():
        write_part(file, name, make())
        sys.stdout.write(f"{file.relative_to(ROOT)}: {name}\n")


if __name__ == "__main__":
    main()
