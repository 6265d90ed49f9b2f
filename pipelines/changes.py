"""What changed of a source between two states of it, in figures that have limits.

`Changes` is told of every document and comment as it was and as it is, and counts. What falls
beyond `pipelines.limits` is not the work of editors: a site or an interface is broken, closed or
taken over. Of each thing a few hashes are kept, and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cleaning.continuity import are_names_kept, is_date_kept, is_text_kept, is_title_kept, plain
from pipelines.limits import AT_FIRST, GROWTH, LIMITS, Figure
from pipelines.rows import Row


class Changes:
    """What changed in one source.

    `found` are the documents that the last complete run before met, and those that the judged run
    met; None where one of them did not see everything.
    """

    def __init__(self, found: tuple[int, int] | None = None) -> None:
        self._found = found
        self._documents, self._comments = _Presence(), _Presence()
        self._values = {name: _Values() for name in (*OF_DOCUMENTS, *OF_COMMENTS)}
        self._addresses, self._titles = _Distinct(), _Distinct()
        self._texts, self._talk = _Distinct(), _Distinct()
        self._all_titles = _Distinct()

    def see_document(self, old: Row | None, new: Row | None) -> None:
        """Take in a document as it was and as it is; None where there was or is none."""
        old, new = _if_there(old), _if_there(new)
        self._documents.see(old, new)
        self._addresses.see(_text(old, "canonical_url"), _text(new, "canonical_url"))
        self._texts.see(_text(old, "text"), _text(new, "text"))
        self._all_titles.see(_text(old, "title"), _text(new, "title"))
        if old and new:
            self._titles.see(old["title"], new["title"])
            self._compare(old, new, OF_DOCUMENTS)

    def see_comment(self, old: Row | None, new: Row | None) -> None:
        """The same for a comment, of which one that is taken out counts as not there."""
        old, new = _if_said(old), _if_said(new)
        self._comments.see(old, new)
        self._talk.see(_said(old), _said(new))
        if old and new:
            self._compare(old, new, OF_COMMENTS)

    def _compare(self, old: Row, new: Row, columns: Mapping[str, _Column]) -> None:
        for name, column in columns.items():
            self._values[name].see(old, new, column)

    def too_much(self) -> list[Figure]:
        """The figures that are beyond their limits."""
        found = [figure for figure in self._figures() if figure.is_beyond(LIMITS[figure.name])]
        return found + ([self._documents.growth()] if self._has_outgrown() else [])

    def odd_at_first(self) -> list[Figure]:
        """The figures that cannot be so, whatever was before."""
        after = self._documents
        figures = (
            Figure("titles known", after.now, self._all_titles.count_after),
            self._all_titles.of_now("different titles"),
            self._texts.of_now("different texts"),
        )
        return [figure for figure in figures if figure.is_beyond(AT_FIRST[figure.name])]

    def _has_outgrown(self) -> bool:
        before, new = self._documents.before, self._documents.new
        is_known = bool(self._found and self._found[0])
        return is_known and any(new >= max(n, share * before) for share, n in GROWTH.steps)

    def _figures(self) -> Iterator[Figure]:
        yield self._documents.figure("documents")
        if self._found:
            yield Figure("documents found", *self._found)
        yield self._addresses.figure("different addresses")
        yield self._titles.figure("different titles")
        yield self._texts.figure("different texts")
        yield self._comments.figure("comments")
        yield self._talk.figure("different comments")
        for name, values in self._values.items():
            yield Figure(f"{name} known", values.before, values.known)
            yield Figure(f"{name} kept", values.known, values.kept + values.renames)


@dataclass(slots=True)
class _Presence:
    """How many were there, are still there, and are there."""

    before: int = 0
    stayed: int = 0
    now: int = 0

    def see(self, old: Row | None, new: Row | None) -> None:
        self.before += old is not None
        self.stayed += old is not None and new is not None
        self.now += new is not None

    @property
    def new(self) -> int:
        return self.now - self.stayed

    def figure(self, name: str) -> Figure:
        return Figure(name, self.before, self.stayed)

    def growth(self) -> Figure:
        return Figure("documents", self.before, self.now)


@dataclass(slots=True)
class _Distinct:
    """How many values there are, and how many different ones."""

    count_before: int = 0
    count_after: int = 0
    before: set[int] = field(default_factory=set)
    after: set[int] = field(default_factory=set)

    def see(self, old: str | None, new: str | None) -> None:
        if old:
            self.count_before += 1
            self.before.add(_key(old))
        if new:
            self.count_after += 1
            self.after.add(_key(new))

    def figure(self, name: str) -> Figure:
        """The different ones of now; before stands how many they were if as many repeated others
        as did then."""
        repeats = self.count_before - len(self.before)
        return Figure(name, self.count_after - repeats, len(self.after))

    def of_now(self, name: str) -> Figure:
        return Figure(name, self.count_after, len(self.after))


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its value in a row, and when a value that differs is still the one that it was."""

    value: Callable[[Row], Any]
    is_kept: Callable[[Any, Any], bool]
    is_name: bool = False


@dataclass(slots=True)
class _Values:
    """The values of one column of what was there and still is."""

    before: int = 0
    known: int = 0
    kept: int = 0
    names: set[int] = field(default_factory=set)
    """Those that were kept."""
    changed: Counter[tuple[int, int]] = field(default_factory=Counter)
    """Those that were not: from which name to which."""

    def see(self, old: Row, new: Row, column: _Column) -> None:
        one, two = column.value(old), column.value(new)
        if not one:
            return
        self.before += 1
        if not two:
            return
        self.known += 1
        if one == two or column.is_kept(one, two):
            self.kept += 1
            if column.is_name:
                self.names |= {_key(one), _key(two)}
        elif column.is_name:
            self.changed[_key(one), _key(two)] += 1

    @property
    def renames(self) -> int:
        """Those that changed as a name does: everywhere, from this one to that one and no other."""
        olds = Counter(old for old, _ in self.changed)
        news = Counter(new for _, new in self.changed)
        return sum(
            count
            for (old, new), count in self.changed.items()
            if olds[old] == news[new] == 1 and self.names.isdisjoint((old, new))
        )


def _key(value: Hashable) -> int:
    return hash(plain(value) if isinstance(value, str) else value)


def _if_there(row: Row | None) -> Row | None:
    return row if row and not row["gone_since"] else None


def _if_said(row: Row | None) -> Row | None:
    return row if row and not row["_gone_since"] and not row["_taken_out_for"] else None


def _text(row: Row | None, column: str) -> str | None:
    return row[column] if row else None


def _said(row: Row | None) -> str | None:
    """A comment's text, which is the same only below the same document."""
    return f"{row['document_id']} {row['text']}" if row and row["text"] else None


def _date(row: Row) -> tuple[str, str | None] | None:
    return (row["published"], row["published_precision"]) if row["published"] else None


def _authors(row: Row) -> tuple[str, ...]:
    return tuple(author["name"] for author in row["authors"] or ())


def _author(row: Row) -> tuple[str, ...]:
    return (row["author"],) if row["author"] else ()


OF_DOCUMENTS = {
    "titles": _Column(lambda row: row["title"], is_title_kept),
    "texts": _Column(lambda row: row["text"], is_text_kept),
    "dates": _Column(_date, is_date_kept),
    "authors": _Column(_authors, are_names_kept, is_name=True),
}
OF_COMMENTS = {
    "comment texts": _Column(lambda row: row["text"], is_text_kept),
    "comment dates": _Column(_date, is_date_kept),
    "comment authors": _Column(_author, are_names_kept, is_name=True),
}
"""What is compared of each row, by the name of its figures."""
