"""The one reader of pages: `read_page` says what a page holds, whatever made it."""

from cleaning.reader.heading import Heading, HeadingDate, read_heading
from cleaning.reader.metadata import read_metadata
from cleaning.reader.model import (
    ARTICLE,
    DISCUSSION,
    LISTING,
    NOTHING,
    PAGE,
    PageReading,
    PostReading,
)
from cleaning.reader.read import read_page

__all__ = [
    "ARTICLE",
    "DISCUSSION",
    "LISTING",
    "NOTHING",
    "PAGE",
    "Heading",
    "HeadingDate",
    "PageReading",
    "PostReading",
    "read_heading",
    "read_metadata",
    "read_page",
]
