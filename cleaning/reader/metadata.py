"""Title, authors and date of a page, as plain values."""

from __future__ import annotations

from collections.abc import Sequence

from cleaning.evidence import find_evidence
from cleaning.page import read_page_model
from cleaning.reader.heading import Heading, HeadingDate, read_heading


def read_metadata(
    html: bytes | str, url: str = "", languages: Sequence[str] = ()
) -> dict[str, object]:
    """Return `title`, `authors` (a list of names) and `date` ("YYYY-MM-DD") of a page.

    The date is that of publication, else of the last change where the page shows it; values that
    the page does not state are None.
    """
    page = read_page_model(html, url)
    heading = read_heading(page, find_evidence(page), languages=languages)
    dated = heading.published or _shown_change(heading)
    return {
        "title": heading.title,
        "authors": [author.name for author in heading.authors],
        "date": dated.day.isoformat() if dated else None,
    }


def _shown_change(heading: Heading) -> HeadingDate | None:
    changed = heading.modified
    return changed if changed and changed.origin in ("time", "text") else None
