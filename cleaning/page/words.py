"""What counts as a word, in scripts with blanks between words and in those without."""

import re

# Scripts that put no blanks between words: each of their characters counts as a word.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")


def count_unspaced(text: str) -> int:
    """Return how many words of a text are characters of scripts without blanks between words.

    >>> count_unspaced("a 共同 ไ")
    3
    """
    return 0 if text.isascii() else len(_UNSPACED.findall(text))
