"""Tell trouble of the machine from what is wrong with a page."""

from __future__ import annotations

import errno
from collections.abc import Iterator

OF_NAMES = {
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EINVAL,
    errno.ELOOP,
    errno.ENAMETOOLONG,
}
"""What a path can cause that was made of a page's text; all other errors of the system come from
the disk, from memory or from limits."""
NO_THREAD = ("can't start new thread", "can't allocate lock", "unable to start")


def is_of_the_machine(error: BaseException) -> bool:
    """Whether an error says nothing of the page at which it was met: no memory, no disk, no files.

    Errors that a library made of such a one count too. The same page may be read well the next
    time, so nothing may be concluded from it.
    """
    return any(_is_trouble(one) for one in _chain(error))


def is_of_memory(error: BaseException) -> bool:
    """Whether memory ran out, which the page or the machine may be the cause of."""
    return any(isinstance(one, MemoryError) for one in _chain(error))


def _is_trouble(error: BaseException) -> bool:
    if isinstance(error, OSError):
        # The libraries that unpack raise it without a number, for damaged bytes.
        return error.errno is not None and error.errno not in OF_NAMES
    if isinstance(error, RuntimeError):
        return str(error).startswith(NO_THREAD)
    return isinstance(error, MemoryError)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        one = todo.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield one
            todo += [one.__cause__, one.__context__]
