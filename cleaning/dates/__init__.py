"""Read dates as precisely as they are written, and no more.

Nothing here depends on today's date, on the locale or on the time zone of the machine. The names
of months and weekdays, and the words of "2 days ago", are the lexicon's.

| module | what |
|---|---|
| `written.py` | `find_written_dates`: the dates in a line of text |
| `clocks.py` | times of the day, and names of time zones |
| `reading.py` | `read_date`: a string that states a date, as a moment with its precision |
| `relative.py` | `read_relative`: what a string tells to a visitor at a given moment |
"""

from cleaning.dates.reading import (
    PartialDate,
    Precision,
    Stated,
    find_date,
    is_frame,
    is_placeholder,
    read_date,
    read_stated,
)
from cleaning.dates.relative import counted_source, read_relative
from cleaning.dates.written import Order, WrittenDate, find_written_dates

__all__ = [
    "Order",
    "PartialDate",
    "Precision",
    "Stated",
    "WrittenDate",
    "counted_source",
    "find_date",
    "find_written_dates",
    "is_frame",
    "is_placeholder",
    "read_date",
    "read_relative",
    "read_stated",
]
