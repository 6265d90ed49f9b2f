"""Tell names of persons from those of organisations, and both from what is no name.

The words are the lexicon's, of all its languages: names do not keep to the language of a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from cleaning.lexicon import fold, lexicon

Kind = Literal["person", "organisation", "unknown"]
Part = Literal["author", "photographs", "illustration", "editing", "translation", "film"]

SUFFIX = re.compile(
    r"(?:Jr|Sr|Ph\.?D|M\.?D|MBE|OBE|CBE|FRS|FRSA|MP|MS|AM|RN|BSc|MSc|MA|BA|MPH|DPhil|QC|KC)\.?"
)
_SUFFIXES = re.compile(rf"(?:,? {SUFFIX.pattern}(?=[ ,]|$))++")
ACRONYM = re.compile(r"[A-Z][A-Z&-]{1,6}")
NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_ELIDED = re.compile(r"[dlDL]['’][A-Z]")
_UNSPACED_NAME = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af·]{2,12}")
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Author:
    """A name as the byline gives it, titles included, what bears it, and what it did."""

    name: str
    kind: Kind
    part: Part = "author"


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    words = lexicon()
    particles = words.of("particles") | {"bin", "ibn", "al", "af", "mac", "zu", "ten", "ter"}
    return {
        "heads": words.of("organisations"),
        "fields": words.of("fields"),
        "names_too": words.of("fields_and_names"),
        "titles": words.of("titles"),
        "accounts": words.of("accounts"),
        "particles": particles,
        "small": lexicon("en").of("small_words"),
    }


def kind_of(name: str) -> Kind:
    """Return what bears a name, as far as its words tell."""
    if is_account(name):
        return "unknown"
    words = words_of(name)
    if has_head(name) or name.startswith("The ") or ACRONYM.fullmatch(name):
        return "organisation"
    if words and words[0] in _words()["titles"] and len(words) > 1:
        return "person"
    if is_person(name):
        return "person"
    is_about_a_field = len(words) > 1 and any(word in _words()["fields"] for word in words)
    return "organisation" if is_about_a_field else "unknown"


def is_account(name: str) -> bool:
    """Tell whether a name is an account's that says nothing of who wrote ("admin")."""
    return fold(name) in _words()["accounts"]


@lru_cache(maxsize=4096)
def is_label(name: str) -> bool:
    """Tell whether what stands in a name's place is a button, a label or a field of a form."""
    kinds = ("control", "field", "leave", "reply", "joined", "author", "published", "updated")
    return lexicon().is_phrase(name, *kinds, "read_time", "cancel", "more")


@lru_cache(maxsize=4096)
def is_person(name: str) -> bool:
    """Tell whether `name` has the shape of a person's: two to six names, none of them a field."""
    if _UNSPACED_NAME.fullmatch(name):
        return len(name) <= 4 or "·" in name
    words = _SUFFIXES.sub(lambda run: run[0] if run.end() < len(name) else "", name).split()
    if not 2 <= len(words) <= _MOST_WORDS or name.startswith(("The ", "the ")):
        return False
    plain = [word.lower().strip(".,") for word in words]
    if any(_is_no_name(word) for word in plain):
        return False
    return words[-1][0].isupper() and all(_is_name_word(word) for word in words)


def _is_no_name(word: str) -> bool:
    known = _words()
    is_field = word in known["fields"] and word not in known["names_too"]
    is_head = word in known["heads"]
    return is_field or is_head or word in known["accounts"] or word in known["small"]


def _is_name_word(word: str) -> bool:
    is_particle = word.lower() in _words()["particles"] or _ELIDED.match(word) is not None
    return is_particle or (bool(NAME_WORD.fullmatch(word)) and word[0].isupper())


def has_head(name: str) -> bool:
    """Tell whether a word heads the name of an organisation ("Council", "Prifysgol")."""
    return any(word in _words()["heads"] for word in words_of(name))


def names_fields(name: str) -> bool:
    """Tell whether a name is made of fields of work alone ("Health and Social Care")."""
    known = _words()
    words = [word for word in words_of(name) if word not in known["small"]]
    return bool(words) and all(word in known["fields"] or word == "government" for word in words)


def words_of(name: str) -> list[str]:
    return [word.strip(".,()").lower() for word in name.split()]
