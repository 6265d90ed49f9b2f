"""What Prezi's player and page say themselves: no part of any presentation."""

from __future__ import annotations

import re

LINES = re.compile(
    r"""loading\spresentation(?:\.{3}|…)?
    |present\sremotely
    |send\sthe\slink\sbelow\svia\semail\sor\sim
    |present\sto\syour\saudience
    |start\sremote\spresentation
    |invited\saudience\smembers\s(?:will\s)?follow\syou\sas\syou\snavigate\sand\spresent
    |people\sinvited\sto\sa\spresentation\sdo\snot\sneed\sa\sprezi\saccount
    |this\slink\sexpires\s10\sminutes\safter\syou\sclose\sthe\spresentation
    |a\smaximum\sof\s30\susers\scan\sfollow\syour\spresentation
    |learn\smore\sabout\sthis\sfeature\sin\s(?:our|the)\sknowledge\sbase\sarticle
    |do\syou\sreally\swant\sto\sdelete\sthis\sprezi\?
    |neither\syou,?\snor\sthe\scoeditors\syou\sshared\sit\swith\swill\sbe\sable\sto\srecover\sit
    \sagain
    |delete\s?cancel
    |comments?\s\(\d+\)
    |please\slog\sin\sto\sadd\syour\scomment
    |report\sabuse
    |full\stranscript
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Whole lines. Single words of the page ("Copy", "Delete", "by") stand outside the transcript, and
may well be a slide's own in it."""
HEADING = re.compile(r"(?:full\s)?transcript\sof\b", re.IGNORECASE)
END = re.compile(r"full\stranscript", re.IGNORECASE)
_BULLET = re.compile(r"^[•·*\s-]+")


def is_interface(line: str) -> bool:
    """Whether a line is one of the page's own, whatever bullet or full stop it has."""
    bare = _BULLET.sub("", " ".join(line.split())).rstrip(".…: ")
    return LINES.fullmatch(bare) is not None
