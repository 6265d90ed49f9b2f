"""Words of languages, one file a language: what pages write around their texts.

`lexicon("en", "cy")` gives the words of these languages, `lexicon()` those of all. Each file
(`en.toml` names every entry and is the pattern to copy) holds phrases in lower case by what they
are for: months, the words before a name, labels of dates, buttons under a comment and so on.

Phrases are whole words. `{n}` stands for a number, in digits or as one of `numbers` or `few`, with
or without a word of `about`; `{unit}` for a unit of time, of which the first form is that of one;
`{name}` for up to 40 characters of a name. Months are 12 lists from January, weekdays 7 from
Monday, numbers begin with the words for one, each with all the forms that people write. In a
language that says of a month or a button nothing special, the entry may be empty or missing.

To add a language, write `xx.toml` (`xx` is its ISO 639-1 code); `tests/cleaning/test_lexicon.py`
checks it.
"""

from cleaning.lexicon.loading import NAMES, Lexicon, fold, known_languages, lexicon

__all__ = ["NAMES", "Lexicon", "fold", "known_languages", "lexicon"]
