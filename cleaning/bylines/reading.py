"""Read who wrote a text from its byline, without cutting a name in two.

Commas and "and" separate authors, and they also stand inside the names of organisations ("Ministry
of Housing, Communities and Local Government"). Where both readings are possible, the name stays
whole: two authors in one entry can be told apart later, half a department cannot be mended.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cleaning.bylines.names import (
    ACRONYM,
    NAME_WORD,
    SUFFIX,
    Author,
    Part,
    has_head,
    is_label,
    is_person,
    kind_of,
    names_fields,
)
from cleaning.bylines.phrases import cut_rest, starts_part, strip_lead, without_date_before
from cleaning.lexicon import lexicon
from cleaning.lexicon.patterns import alternatives
from cleaning.text import normalise_text

_MAIL = re.compile(r"(?:<|(?<![^\s<>()@]))[^\s<>()@]++@[^\s<>()@][^\s<>()@.]*+\.[^\s<>()]++>?")
_HANDLE = re.compile(r"\(?(?<!\w)@\w+\)?")
_BRACKETS = re.compile(r"(?:(?<!\s)\s++)?+\([^()]*+\)")
_BORDER = re.compile(
    r"(?:(?<!\s)\s++)?+(?:[|•⋅–—]|(?<!\d)[/／](?!\d)|(?<=\s)·)++\s*+"
    r"|\s-\s|(?<=\w\w)\.\s++(?=[A-Z][\w ]++:)"
)
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 2_000  # characters of a byline; what is longer is a text
_RANKS = frozenset({"senior", "junior", "chief", "deputy", "managing", "contributing", "local"})
_MOST = 50  # names in one line; more is a list of something else


@lru_cache(maxsize=2)
def _joint() -> re.Pattern[str]:
    words = lexicon().of("and")
    both = alternatives(words | {word.upper() for word in words})
    return re.compile(rf"(?<!\s)\s++({both})\s++")


@lru_cache(maxsize=64)
def _opening_joint(joints: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"^(?:{alternatives(joints)})\s++")


@lru_cache(maxsize=2)
def _role() -> re.Pattern[str]:
    """What somebody is, said after the name."""
    roles, of = (alternatives(lexicon().of(name)) for name in ("roles", "role_of"))
    return re.compile(rf"\A(?:[\w-]++ ){{0,3}}(?:{roles})s?(?: (?:{of}) .*)?$", re.I)


def read_byline(byline: str) -> tuple[Author, ...]:
    """Return the authors that a byline names, in order, each once.

    >>> [author.name for author in read_byline("By Ann Example, Bo Durand and The Test Collective")]
    ['Ann Example', 'Bo Durand', 'The Test Collective']
    """
    return tuple(author for author in read_credits(byline) if author.part == "author")


def read_credits(byline: str) -> tuple[Author, ...]:
    """Return all whom a byline names, with what they did: photographers and editors too."""
    line = normalise_text(byline[:_LONGEST])
    found: dict[tuple[str, str], Author] = {}
    part: Part | None = None
    is_slashed = "/" in line and "|" not in line
    for number, piece in enumerate(_BORDER.split(_without_addresses(line).replace("\n", " | "))):
        said, rest, joints = strip_lead(without_date_before(piece))
        is_open = said is None and number > 0 and (part is None or bool(found))
        is_open = is_open and not (is_slashed and is_person(piece.strip()))
        if is_open or not rest:  # after a border only what is announced is a name
            part = said or part
            continue
        part = said or part or "author"
        for own, names in starts_part(rest, part):
            for name in _split(names, joints):
                found.setdefault((own, name.casefold()), Author(name, kind_of(name), own))
        part = None
    return tuple(found.values())[:_MOST]


def _without_addresses(line: str) -> str:
    if _MAIL.search(line):  # RSS: "mail@example.org (Beth Example)"
        inside = re.fullmatch(rf"{_MAIL.pattern} \(([^()]+)\)", line)
        line = inside[1] if inside else _MAIL.sub("", line)
    return _BRACKETS.sub("", _HANDLE.sub("", line))


def _split(names: str, joints: frozenset[str]) -> list[str]:
    names = cut_rest(names)
    parts = [part for segment in _segments(names) for part in _split_joints(segment, joints)]
    opening = _opening_joint(joints)
    cleaned = (_without_role(opening.sub("", part).strip(" .,;:-–—|'\"“”*»›")) for part in parts)
    return [
        _with_initial_dot(name, names)
        for name in cleaned
        if _LETTER.search(name) and not is_label(name)
    ]


def find_byline(text: str) -> str | None:
    """Return the byline that opens a body's plain text, as it stands there, or None.

    It must be one of the first three lines, after lines no longer than a title, begin with "By" or
    its like, and name persons or organisations and nothing else.
    """
    lines = [line.strip() for line in text[:2000].split("\n") if line.strip()]
    for line in lines[:3]:
        if is_byline(line):
            return line
        if len(line) > 120:
            break
    return None


def is_byline(line: str) -> bool:
    """Tell whether a line announces names and says nothing else."""
    if len(line) > 250:
        return False
    said, rest, _ = strip_lead(line)
    if said != "author" or not rest[:1].isupper() or rest == line:
        return False
    if re.search(r"[.!?…:]$", line) and not re.search(r"\b[A-Z]\.$|\b(?:Ltd|Inc|Jr|Sr)\.$", line):
        return False
    authors = read_byline(line)
    return bool(authors) and all(author.kind != "unknown" for author in authors)


def _segments(names: str) -> list[str]:
    """Split at semicolons, else at commas, but not inside a name."""
    if ";" in names:
        return [_upright(part.strip()) for part in names.split(";")]
    parts = [part.strip() for part in re.split("[,、，]", names)]
    if len(parts) == 2 and all(NAME_WORD.fullmatch(part) for part in parts):
        return [names]  # "Example, Beth": perhaps one person, so it stays whole
    segments: list[str] = []
    for part in parts:
        if segments and _is_role(part):
            continue
        if segments and (SUFFIX.fullmatch(part) or _goes_on(segments[-1], part)):
            segments[-1] += f", {part}"
        elif part:
            segments.append(part)
    return segments


def _is_role(part: str) -> bool:
    return _role().match(part) is not None


def _without_role(name: str) -> str:
    """Cut what somebody is from behind the name, where nothing stands between them."""
    words = name.split()
    roles = lexicon().of("roles")
    for place in range(2, len(words)):
        if words[-1].lower() in roles and words[place].lower() in roles | _RANKS:
            first = " ".join(words[:place])
            return first if is_person(first) else name
    return name


def _upright(name: str) -> str:
    """Turn the "Example, Beth" of a list with semicolons into "Beth Example"."""
    last, comma, first = name.partition(", ")
    turned = f"{first} {last}"
    return turned if comma and "," not in first and is_person(turned) else name


def _goes_on(before: str, part: str) -> bool:
    """Tell whether `part` goes on listing the fields of the organisation `before`."""
    has_open_head = has_head(before) and re.search(r"\b(?:of|for|on)\b", before)
    return bool(has_open_head) and names_fields(re.split(r" (?:and|&) (?=the [A-Z]|The )", part)[0])


def _split_joints(segment: str, joints: frozenset[str]) -> list[str]:
    pieces = _joint().split(segment)
    parts = [pieces[0]]
    for joint, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        rest = segment[segment.rindex(f"{joint} {piece}") :]
        is_person_before = is_person(parts[-1]) and has_head(rest)
        if joint.lower() in joints and (is_person_before or _are_two(parts[-1], piece, joint)):
            parts.append(piece)
        else:
            parts[-1] += f" {joint} {piece}"
    return parts


def _are_two(left: str, right: str, joint: str) -> bool:
    """Tell whether the "and" between `left` and `right` stands between two authors."""
    joint = joint.lower()
    if joint not in lexicon("en", "cy").of("and"):
        return is_person(left) and is_person(right)  # "Ortega y Gasset" is one
    if names_fields(left) or names_fields(right):
        return False
    is_left_named = is_person(left) or has_head(left)
    if re.match(r"[Tt]he [A-Z]", right):
        return is_left_named
    return is_left_named and (is_person(right) or has_head(right) or bool(ACRONYM.fullmatch(right)))


def _with_initial_dot(name: str, line: str) -> str:
    """Give "Jr" and a closing initial the dot back that was stripped with the punctuation."""
    return (
        f"{name}."
        if re.search(r"\b(?:[A-Z]|Jr|Sr|Inc|Ltd)$", name) and f"{name}." in line
        else name
    )
