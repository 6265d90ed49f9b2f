"""Read dates as precisely as they are written, and no more.

Nothing here depends on today's date, on the locale or on the time zone of the machine. The names
of months and weekdays are the lexicon's.

| module | what |
|---|---|
| `written.py` | `find_written_dates`: the dates in a line of text |
| `clocks.py` | times of the day, and names of time zones |
| `reading.py` | `read_date`: a string that states a date, as a moment with its precision |
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
from cleaning.dates.written import Order, WrittenDate, find_written_dates

__all__ = [
    "Order",
    "PartialDate",
    "Precision",
    "Stated",
    "WrittenDate",
    "find_date",
    "find_written_dates",
    "is_frame",
    "is_placeholder",
    "read_date",
    "read_stated",
]
