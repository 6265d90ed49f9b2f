"""What goes wrong with a release, in words for the person who has to act on it."""


class ReleaseError(Exception):
    """A release could not be written, checked or read; the message is one line for the user."""


class RowError(ReleaseError):
    """A row breaks the schema; the message names table, source, row and column."""
