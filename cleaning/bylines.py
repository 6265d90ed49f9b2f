"""Read who wrote a text from its byline, without cutting a name in two.

Commas and "and" separate authors, and they also stand inside the names of organisations ("Ministry
of Housing, Communities and Local Government"). Where both readings are possible, the name stays
whole: two authors in one entry can be told apart later, half a department cannot be mended.
"""

import re
from dataclasses import dataclass
from typing import Literal

from cleaning.text import normalise_text

Kind = Literal["person", "organisation", "unknown"]

_ENGLISH_LEADS = (
    r"(?:(?:guest )?(?:blog|post|article|story|words|text|report)(?: post)?,? )?"
    r"(?:(?:re-?)?(?:written|posted|published|contributed|submitted|authored|compiled) )?by",
    r"(?:co-)?authors?(?: ?:|\(s\) ?:)",
)
# "Von" and "Gan" also open names, so they are a lead only where a whole name follows.
_FOREIGN_LEADS = (
    r"(?:(?:ysgrifennwyd|cyhoeddwyd|postiwyd) )?gan",
    r"(?:(?:escrito|publicado) )?por",
    r"(?:(?:geschrieben|veröffentlicht) )?von",
    r"(?:(?:écrit|publié|posté) )?par",
)
_LONGEST = 2000
"""Characters of a byline: a hundred authors. What follows is some other text."""
_LEAD = re.compile(
    rf"(?:{'|'.join(_ENGLISH_LEADS)})(?!\w):? ?|(?:{'|'.join(_FOREIGN_LEADS)})\b:? ?(?=\S+ \S)",
    re.IGNORECASE,
)

# What follows the names on the same line: dates, reading times, sections, handles, addresses.
_REST = re.compile(
    r"\s{0,3}(?:[|•·]|\s[–—-]\s|\b(?:on|at) (?=\d|(?:[A-Z][a-z]+day|[A-Z][a-z]{2,8} \d))"
    r"|,? ?\d{1,2} [A-Z][a-z]+ \d{4}|\bfor (?=the [A-Z]))(?s:.*)"
)
# The longest parts of an address (RFC 5321, 4.5.3.1).
_MAIL = re.compile(r"<?[^\s<>()@]{1,64}@[^\s<>()@]{1,255}\.[^\s<>()]{1,255}>?")
_MAIL_AND_NAME = re.compile(rf"{_MAIL.pattern} \(([^()]+)\)")
_HANDLE = re.compile(r"\(?(?<!\w)@\w+\)?")
_BRACKETS = re.compile(r"\s{0,3}\([^()]*\)")

_JOINT = re.compile(r" (and|&|y|e|und|et|a|ac|AND|Y|UND|ET) ")
_ENGLISH_JOINTS = frozenset({"and", "&"})
_OTHER_JOINTS = frozenset({"y", "e", "und", "et"})
_WELSH_JOINTS = frozenset({"a", "ac"})

_TITLES = frozenset(
    {"dr", "prof", "professor", "sir", "dame", "lord", "lady", "mr", "mrs", "ms", "rev", "revd"}
    | {"cllr", "councillor", "yr", "athro", "doctor", "don", "doña", "baroness", "fr"}
)
_SUFFIX = re.compile(
    r"(?:Jr|Sr|Ph\.?D|M\.?D|MBE|OBE|CBE|FRS|FRSA|MP|MS|AM|RN|BSc|MSc|MA|BA|MPH|DPhil|QC|KC)\.?"
)
_SUFFIXES = re.compile(rf"(?:,? {_SUFFIX.pattern}){{1,6}}$")
# What somebody is, said after the name.
_ROLE = re.compile(
    r"(?:[\w-]+ ){0,2}(?:director|head|manager|officer|lead|co-?ordinator|chair|ceo|founder"
    r"|editor|lecturer|professor|researcher|fellow|president|secretary|executive)s?"
    r"(?: (?:of|at|for) .*)?$",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    {"de", "del", "della", "di", "da", "dos", "das", "la", "le", "van", "von", "der", "den", "ten"}
    | {"ter", "zu", "ap", "ab", "ferch", "bin", "ibn", "al", "el", "y", "mac", "af", "st"}
)
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_ACRONYM = re.compile(r"[A-Z][A-Z&-]{1,6}")
# Accounts that say nothing of who wrote.
_ACCOUNTS = frozenset(
    {"admin", "administrator", "editor", "webmaster", "guest", "unknown", "anonymous", "staff"}
    | {"author", "user", "root", "webadmin", "moderator", "blogger", "contributor", "us", "me"}
)

# Words that head the name of an organisation, in English and Welsh, then Spanish, German, French.
_ORGANISATION_HEAD = re.compile(
    r"academy|agency|alliance|association|assembly|authority|board|bureau|cabinet|"
    r"center|centre|charity|cic|club|coalition|co-op|co-operative|cooperative|"
    r"collaborative|collective|college|commission|committee|company|confederation|"
    r"consortium|corporation|council|department|directorate|federation|forum|"
    r"foundation|fund|government|group|hospital|hub|inc|institute|institution|lab|"
    r"laboratory|limited|llp|ltd|ministry|museum|network|nhs|office|organisation|"
    r"organization|parliament|partners|partnership|press|school|secretariat|society|"
    r"team|trust|union|unit|university|cyngor|llywodraeth|prifysgol|rhwydwaith|"
    r"ymddiriedolaeth|canolfan|adran|asociación|ayuntamiento|centro|colectivo|"
    r"fundación|instituto|ministerio|universidad|gmbh|institut|stiftung|"
    r"universität|verband|verein|ministerium|conseil|fondation|ministère|réseau|"
    r"université|collectif"
)
# Words that name a field of work: two of them joined by "and" are one name, not two persons.
_FIELD = re.compile(
    r"affairs|ageing|agriculture|art|arts|business|care|change|children|citizens|"
    r"communities|community|culture|data|defence|delivery|democracy|design|"
    r"development|digital|disability|economy|education|energy|engineering|environment|"
    r"equality|equity|families|family|finance|food|future|futures|health|heritage|"
    r"home|housing|humanities|improvement|inclusion|industry|innovation|involvement|"
    r"justice|knowledge|labour|law|learning|levelling|local|media|medicine|mental|"
    r"national|participation|pensions|people|planning|policy|practice|public|regional|"
    r"research|rights|rural|safety|science|sciences|security|service|services|skills|"
    r"social|society|sport|sports|strategy|support|sustainability|technology|trade|"
    r"training|transport|voluntary|wellbeing|well-being|welfare|women|work|youth|"
    r"young|iechyd|gofal|addysg"
)
# Fields that are family names as well.
_NAMES_TOO = frozenset({"young", "law", "home", "art", "work", "care", "rural", "sport", "future"})
_SMALL_WORDS = frozenset({"and", "&", "of", "for", "the", "in", "on", "to", "up"})


@dataclass(frozen=True, slots=True)
class Author:
    """A name as the byline gives it, titles included, and what bears it."""

    name: str
    kind: Kind


def read_byline(byline: str) -> tuple[Author, ...]:
    """Return the authors that a byline names, in order, each once.

    Of a byline of more than 2,000 characters only those are read.

    >>> [author.name for author in read_byline("By Ann Example, Bo Durand and The Test Collective")]
    ['Ann Example', 'Bo Durand', 'The Test Collective']
    """
    line = normalise_text(byline[:_LONGEST]).replace("\n", " ")
    lead = _LEAD.match(line)
    names = _names_only(line[lead.end() :] if lead else line)
    joints = _joints(lead[0].strip().lower() if lead else "")
    parts = [part for segment in _segments(names) for part in _split_joints(segment, joints)]
    cleaned = (re.sub(r"^(?:and|&) ", "", part).strip(" .,;:-–—|") for part in parts)
    unique = dict.fromkeys(_with_initial_dot(name, names) for name in cleaned if name)
    return tuple(Author(name, _kind(name)) for name in unique)


def find_byline(text: str) -> str | None:
    """Return the byline that opens a body's plain text, as it stands there, or None.

    It must be one of the first three lines, after lines no longer than a title, begin with "By" or
    its like, and name persons or organisations and nothing else.
    """
    lines = [line.strip() for line in text[:2000].split("\n") if line.strip()]
    for line in lines[:3]:
        if _is_byline(line):
            return line
        if len(line) > 120:
            break
    return None


def _is_byline(line: str) -> bool:
    lead = _LEAD.match(line)
    if lead is None or len(line) > 250 or not line[lead.end() :][:1].isupper():
        return False
    if re.search(r"[.!?…:]$", line) and not re.search(r"\b[A-Z]\.$|\b(?:Ltd|Inc|Jr|Sr)\.$", line):
        return False
    authors = read_byline(line)
    return bool(authors) and all(author.kind != "unknown" for author in authors)


def _names_only(line: str) -> str:
    if _MAIL.search(line):  # RSS: "mail@example.org (Beth Example)"
        inside = _MAIL_AND_NAME.fullmatch(line)
        line = inside[1] if inside else _MAIL.sub("", line)
    line = _BRACKETS.sub("", _HANDLE.sub("", line))
    return _REST.sub("", line).strip()


def _joints(lead: str) -> frozenset[str]:
    """Return the words for "and" that a byline with this lead may use."""
    is_welsh = lead.endswith("gan")
    return _ENGLISH_JOINTS | _OTHER_JOINTS | (_WELSH_JOINTS if is_welsh else frozenset())


def _segments(names: str) -> list[str]:
    """Split at semicolons, else at commas, but not inside a name."""
    if ";" in names:
        return [_upright(part.strip()) for part in names.split(";")]
    parts = [part.strip() for part in names.split(",")]
    if len(parts) == 2 and all(_NAME_WORD.fullmatch(part) for part in parts):
        return [names]  # "Example, Beth": perhaps one person, so it stays whole
    segments: list[str] = []
    for part in parts:
        if segments and _ROLE.match(part):
            continue
        if segments and (_SUFFIX.fullmatch(part) or _goes_on(segments[-1], part)):
            segments[-1] += f", {part}"
        elif part:
            segments.append(part)
    return segments


def _upright(name: str) -> str:
    """Turn the "Example, Beth" of a list with semicolons into "Beth Example"."""
    last, comma, first = name.partition(", ")
    return (
        f"{first} {last}" if comma and "," not in first and _is_person(f"{first} {last}") else name
    )


def _goes_on(before: str, part: str) -> bool:
    """Tell whether `part` goes on listing the fields of the organisation `before`."""
    has_open_head = _has_head(before) and re.search(r"\b(?:of|for|on)\b", before)
    return bool(has_open_head) and _names_fields(
        re.split(r" (?:and|&) (?=the [A-Z]|The )", part)[0]
    )


def _split_joints(segment: str, joints: frozenset[str]) -> list[str]:
    pieces = _JOINT.split(segment)
    parts = [pieces[0]]
    for joint, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        rest = segment[segment.rindex(f" {joint} {piece}") :]
        is_person_before = _is_person(parts[-1]) and _has_head(rest)
        if joint.lower() in joints and (is_person_before or _are_two(parts[-1], piece, joint)):
            parts.append(piece)
        else:
            parts[-1] += f" {joint} {piece}"
    return parts


def _are_two(left: str, right: str, joint: str) -> bool:
    """Tell whether the "and" between `left` and `right` stands between two authors."""
    joint = joint.lower()
    if joint not in _ENGLISH_JOINTS and joint not in _WELSH_JOINTS:
        return _is_person(left) and _is_person(right)  # "Ortega y Gasset" is one
    if _names_fields(left) or _names_fields(right):
        return False
    is_left_named = _is_person(left) or _has_head(left)
    if re.match(r"[Tt]he [A-Z]", right):
        return is_left_named
    return is_left_named and (
        _is_person(right) or _has_head(right) or bool(_ACRONYM.fullmatch(right))
    )


def _kind(name: str) -> Kind:
    if name.lower() in _ACCOUNTS:
        return "unknown"
    words = _words(name)
    if _has_head(name) or name.startswith("The ") or _ACRONYM.fullmatch(name):
        return "organisation"
    if words and words[0] in _TITLES and len(words) > 1:
        return "person"
    if _is_person(name):
        return "person"
    is_about_a_field = len(words) > 1 and any(_FIELD.fullmatch(word) for word in words)
    return "organisation" if is_about_a_field else "unknown"


def _is_person(name: str) -> bool:
    """Tell whether `name` has the shape of a person's: two to five names, none of them a field."""
    words = _SUFFIXES.sub("", name).split()
    if not 2 <= len(words) <= 6 or name.startswith(("The ", "the ")):
        return False
    plain = [word.lower().strip(".,") for word in words]
    if any(_is_no_name(word) for word in plain):
        return False
    return words[-1][0].isupper() and all(_is_name_word(word) for word in words)


def _is_no_name(word: str) -> bool:
    is_field = _FIELD.fullmatch(word) and word not in _NAMES_TOO
    return (
        bool(is_field or _ORGANISATION_HEAD.fullmatch(word))
        or word in _ACCOUNTS
        or word in _SMALL_WORDS
    )


def _is_name_word(word: str) -> bool:
    is_particle = word.lower() in _PARTICLES or re.match(r"[dlDL]['’][A-Z]", word) is not None
    return is_particle or (bool(_NAME_WORD.fullmatch(word)) and word[0].isupper())


def _has_head(name: str) -> bool:
    return any(_ORGANISATION_HEAD.fullmatch(word) for word in _words(name))


def _names_fields(name: str) -> bool:
    words = [word for word in _words(name) if word not in _SMALL_WORDS]
    return bool(words) and all(_FIELD.fullmatch(word) or word == "government" for word in words)


def _words(name: str) -> list[str]:
    return [word.strip(".,()").lower() for word in name.split()]


def _with_initial_dot(name: str, line: str) -> str:
    """Give "Jr" and a closing initial the dot back that was stripped with the punctuation."""
    return (
        f"{name}."
        if re.search(r"\b(?:[A-Z]|Jr|Sr|Inc|Ltd)$", name) and f"{name}." in line
        else name
    )
