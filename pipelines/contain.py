"""What goes wrong with one source costs that source and no other."""

from __future__ import annotations

import logging
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from cleaning.safe import safe_text
from crawlers.stores import disk_trouble
from output.errors import ReleaseError, RowError

logger = logging.getLogger(__name__)
LONGEST = 300
"""Characters of an error's own words."""


class SourceError(Exception):
    """The rows of one source cannot be made; `reason` says why, in one line."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class MachineError(Exception):
    """The machine failed, and no page; the message is one line for the user."""


@contextmanager
def blame(source: str) -> Iterator[None]:
    """Whatever is raised within is a SourceError of `source`.

    But for what no source can help, which passes as it is: a release that cannot be written
    (ReleaseError), and an interrupt.
    """
    try:
        yield
    except SourceError:
        raise
    except MachineError as error:
        raise SourceError(source, str(error)) from error
    except Exception as error:
        if isinstance(error, ReleaseError) and not isinstance(error, RowError):
            raise
        logger.debug("%s failed", source, exc_info=True)
        is_of_disk = isinstance(error, sqlite3.OperationalError)
        reason = disk_trouble(error) if is_of_disk else said(error)
        raise SourceError(source, reason) from error


def said(error: BaseException) -> str:
    """An error in one line: its kind, its own words, and where in the code it was raised."""
    words = " ".join(safe_text(str(error)).split())
    words = words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
    frames = traceback.extract_tb(error.__traceback__)
    where = f" (in {frames[-1].name}, line {frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {words}{where}" if words else f"{type(error).__name__}{where}"
