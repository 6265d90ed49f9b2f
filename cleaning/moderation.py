"""Lists by which a maintainer overrules the spam filter: ids and domains, one a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModerationList:
    """Comment ids and link domains; a domain covers its subdomains."""

    entries: frozenset[str]

    @classmethod
    def read(cls, lines: Iterable[str]) -> ModerationList:
        """One id or domain a line; what follows a `#` is a remark.

        >>> sorted(ModerationList.read(["# ours", "Parish.example  # council", ""]).entries)
        ['parish.example']
        """
        bare = (line.split("#")[0].strip().lower() for line in lines)
        return cls(frozenset(entry for entry in bare if entry))

    def match(self, comment_id: str, hosts: Sequence[str]) -> str | None:
        """The entry that names this comment or a host it links to, or None."""
        if comment_id.lower() in self.entries:
            return comment_id
        for host in hosts:
            labels = host.lower().split(".")
            for start in range(len(labels) - 1):
                domain = ".".join(labels[start:])
                if domain in self.entries:
                    return domain
        return None
