"""Where an item's page says when it was published.

Never in the page's first comment: `Last Published` there is the day on which the whole site was
put online again.
"""

from __future__ import annotations

import re

from cleaning.lexicon import lexicon

_WORDS = lexicon("en")
_MONTH = rf"(?:{_WORDS.source('months')})\.?"
_ORDINAL = rf"(?:{_WORDS.source('ordinals')})"
DATE = re.compile(
    rf"^(?:(?P<label>{_WORDS.source('published', 'updated')})\W*)?"
    rf"(?P<date>(?:(?:{_WORDS.source('weekdays')}),?\s+)?"
    rf"(?:{_MONTH}\s+\d{{1,2}}{_ORDINAL}?,?\s+\d{{4}}"
    rf"|\d{{1,2}}{_ORDINAL}?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{4}}|\d{{4}}-\d\d-\d\d"
    r"|\d{1,2}[./]\d{1,2}[./]\d{4}))$",
    re.IGNORECASE,
)
"""A block that is nothing but a date, as Webflow's date formats in English write it."""
NUMBERS_ONLY = re.compile(r"^\d{1,2}[./]\d{1,2}[./]")
"""Day and month, or month and day? Nobody can say, so it is known as a date and never read."""


def is_date(text: str) -> bool:
    return DATE.match(text) is not None


def read_text(text: str) -> tuple[str, bool] | None:
    """(the date of a block that is nothing else, as it stands there; whether it is a change's)."""
    match = DATE.match(text)
    if match is None or NUMBERS_ONLY.match(match["date"]):
        return None
    return match["date"], _WORDS.is_phrase(match["label"] or "", "updated")
