"""Who wrote a text, from a line that says so.

| module | what |
|---|---|
| `reading.py` | `read_byline`: the authors in a line; `read_credits`: photographers, editors too |
| `phrases.py` | what stands before and behind the names, in the languages of the lexicon |
| `names.py` | what is the name of a person, an organisation, an account |
"""

from cleaning.bylines.names import Author, Kind, Part, is_account, is_person, kind_of
from cleaning.bylines.reading import find_byline, is_byline, read_byline, read_credits

__all__ = [
    "Author",
    "Kind",
    "Part",
    "find_byline",
    "is_account",
    "is_byline",
    "is_person",
    "kind_of",
    "read_byline",
    "read_credits",
]
