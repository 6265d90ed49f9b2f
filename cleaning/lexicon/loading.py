"""Read the files of languages, and put several into one lexicon."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cleaning.lexicon.patterns import AFTER, BEFORE, alternatives

_FOLDER = Path(__file__).parent
_TABLES = ("months", "weekdays", "units", "numbers")
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_LONGEST = 120  # characters; a longer line is no phrase
_NUMBER, _NAME = r"\d{1,6}", r"[^.,:!?\n]{1,40}"


def _read(path: Path) -> Mapping[str, object]:
    """Return the entries of a file without its sections, which are for the eye."""
    sections = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: value for section in sections.values() for name, value in section.items()}


_FILES = {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.toml"))}
NAMES = frozenset(name for name in _FILES["en"] if name not in _TABLES)
"""The kinds of phrases, as `en.toml` names them."""


def known_languages() -> tuple[str, ...]:
    """Return the codes of all languages that have a file."""
    return tuple(_FILES)


def fold(text: str) -> str:
    """Return a line as phrases are compared: lower case, straight apostrophes, no signs around.

    >>> fold("» Reply (3)")
    'reply'
    """
    return " ".join(_EDGES.sub("", text.replace("’", "'")).casefold().split())


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of some languages.

    `months` (1 to 12), `weekdays` (Monday is 0), `units` ("second" to "year") and `numbers` tell by
    a form in lower case, without a final dot, what it means; `single_units` are the forms of one of
    a unit. `phrases` are by their kind (`NAMES`), in lower case as the files have them.
    """

    languages: tuple[str, ...]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    units: Mapping[str, str]
    single_units: frozenset[str]
    numbers: Mapping[str, int]
    phrases: Mapping[str, frozenset[str]]
    _known: dict[object, object] = field(default_factory=dict, repr=False)

    def of(self, *names: str) -> frozenset[str]:
        """Return the phrases of these kinds."""
        return frozenset().union(*(self.phrases[name] for name in names))

    def words(self, *names: str) -> frozenset[str]:
        """Return the single words of which the phrases of these kinds are made."""
        found = re.findall(r"[^\W\d_]+", " ".join(self.of(*names)).replace("{n}", " "))
        return frozenset(found) - {"unit", "name"}

    def is_phrase(self, text: str, *names: str) -> bool:
        """Tell whether a line is one of these phrases and nothing else but signs and numbers.

        >>> lexicon("en").is_phrase("↳ Reply (3)", "reply"), lexicon().is_phrase("Ateb", "reply")
        (True, True)
        """
        if len(text) > _LONGEST:
            return False
        plain, slotted = self._folded(names)
        line = fold(text)
        return line in plain or bool(line and slotted and slotted.fullmatch(line))

    def pattern(self, *names: str) -> re.Pattern[str]:
        """Return a pattern that finds phrases of these kinds as whole words, in any case."""
        key = ("pattern", names)
        if key not in self._known:
            source = f"{BEFORE}(?:{self.source(*names)}){AFTER}"
            self._known[key] = re.compile(source, re.IGNORECASE)
        pattern = self._known[key]
        assert isinstance(pattern, re.Pattern)
        return pattern

    def source(self, *names: str) -> str:
        """Return the source of a pattern for phrases of these kinds, for use in a larger one.

        Besides `NAMES` these may be "months", "weekdays", "units" and "numbers".
        """
        phrases: set[str] = set()
        for name in names:
            phrases |= set(getattr(self, name)) if name in _TABLES else self.phrases[name]
        return self.filled(phrases)

    def filled(self, phrases: Iterable[str]) -> str:
        """Return the source of a pattern for phrases with slots, whatever their kind."""
        return alternatives(phrases, self._slots())

    def _slots(self) -> Mapping[str, str]:
        if "slots" not in self._known:
            units = alternatives(self.units)
            number = rf"(?:{_NUMBER}|{alternatives({*self.numbers, *self.phrases['few']})})"
            number = rf"(?:(?:{alternatives(self.phrases['about'])})\s++)?{number}"
            self._known["slots"] = {"{n}": number, "{unit}": units, "{name}": _NAME}
        slots = self._known["slots"]
        assert isinstance(slots, dict)
        return slots

    def _folded(self, names: tuple[str, ...]) -> tuple[frozenset[str], re.Pattern[str] | None]:
        key = ("folded", names)
        if key not in self._known:
            phrases = self.of(*names)
            plain = frozenset(fold(phrase) for phrase in phrases if "{" not in phrase)
            # A number at an edge is cut off with the signs there.
            slotted = {re.sub(r"^\{n\} ?", "", phrase) for phrase in phrases if "{" in phrase}
            pattern = re.compile(alternatives(slotted, self._slots()), re.I) if slotted else None
            self._known[key] = plain, pattern
        folded = self._known[key]
        assert isinstance(folded, tuple)
        return folded


@lru_cache(maxsize=64)
def lexicon(*codes: str) -> Lexicon:
    """Return the words of these languages ("cy", "en-GB"); of all where none is given or known."""
    wanted = dict.fromkeys(code.replace("_", "-").split("-")[0].lower() for code in codes)
    known = tuple(code for code in wanted if code in _FILES) or known_languages()
    files = [_FILES[code] for code in known]
    return Lexicon(
        languages=known,
        months=_numbered(files, "months", 1),
        weekdays=_numbered(files, "weekdays", 0),
        units={form: unit for file in files for unit, forms in _units(file) for form in forms},
        single_units=frozenset(forms[0] for file in files for _, forms in _units(file)),
        numbers=_numbered(files, "numbers", 1),
        phrases={name: frozenset(_phrases(files, name)) for name in NAMES},
    )


def _numbered(files: Iterable[Mapping[str, object]], name: str, start: int) -> Mapping[str, int]:
    """Return what each form means; where languages disagree the first one decides."""
    found: dict[str, int] = {}
    for file in files:
        lists = file.get(name, [])
        assert isinstance(lists, list)
        for number, forms in enumerate(lists, start):
            for form in forms:
                found.setdefault(form.rstrip("."), number)
    return found


def _units(file: Mapping[str, object]) -> list[tuple[str, list[str]]]:
    units = file.get("units", {})
    assert isinstance(units, dict)
    return list(units.items())


def _phrases(files: Iterable[Mapping[str, object]], name: str) -> Iterable[str]:
    for file in files:
        phrases = file.get(name, [])
        assert isinstance(phrases, list)
        yield from phrases
