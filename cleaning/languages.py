"""Tell in which languages a text is written, block by block."""

import math
import re
import string
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# The written languages of the sites and of those that may be quoted there. The model's others are
# dialects and creoles that take short English, Spanish or Italian lines for themselves.
_CANDIDATES = (
    "af ar bg bn ca cs cy da de el en es et eu fa fi fr ga gd gl gu he hi hr hu hy id is it ja ka "
    "kk km kn ko lo lt lv mk ml mn mr ms mt my ne nl no pa pl ps pt ro ru si sk sl so sq sr sv sw "
    "ta te th tl tr uk ur uz vi zh"
)
_FEWEST_LETTERS = 20
# A declared language is this much likelier than another before anything is read.
_EXPECTED_WEIGHT = 8.0
# Below these a block says too little: it counts for the language of the whole text.
_CLEAR = 0.8
_CLEAR_LETTERS = 40
_FEWEST_CLEAR = 12
# Letters of a block that are read; more change nothing but the time.
_LONGEST_BLOCK = 2000

_LETTERS = string.ascii_letters.encode()
# A mail address is looked for from the start of a word only: a word of a megabyte has many places.
_NO_LANGUAGE = re.compile(r"https?://\S+|www\.\S+|(?<!\S)[^\s@]+@\S+|[@#]\w+")


@dataclass(frozen=True, slots=True)
class Language:
    """The main language (ISO 639-1) and the share of each; `code` is None where it is unknown."""

    code: str | None
    shares: tuple[tuple[str, float], ...]


def detect_language(text: str, expected: Sequence[str] = ()) -> Language:
    """Return the languages of `text`, weighted by letters.

    `expected` are the languages that the source declares (codes such as "cy" or "en-GB"). They
    decide where a text is short or mixed; a clear other language wins over them. Texts with fewer
    than 20 letters have no language. Shares sum up to 1 and are sorted, largest first; blocks too
    short to tell count for the language of the whole.
    """
    text = _NO_LANGUAGE.sub(" ", text)
    wanted = frozenset(code.split("-")[0].lower() for code in expected)
    blocks = re.split(r"\n+", text)
    counts = [_count_letters(block) for block in blocks]
    letters = sum(counts)
    whole = _classify(text, wanted)[0] if letters >= _FEWEST_LETTERS else None
    if whole is None:
        return Language(None, ())
    if len(blocks) == 1:
        return Language(whole, ((whole, 1.0),))
    weights: defaultdict[str, int] = defaultdict(int)
    for block, count in zip(blocks, counts, strict=True):
        weights[_block_language(block, count, whole, wanted)] += count
    shares = [(code, weight / letters) for code, weight in weights.items() if weight]
    shares.sort(key=lambda share: (-share[1], share[0]))
    return Language(shares[0][0], tuple(shares))


def _block_language(block: str, letters: int, whole: str, wanted: frozenset[str]) -> str:
    if letters < _FEWEST_CLEAR:
        return whole
    if letters < _CLEAR_LETTERS:
        # Welsh and English stand in turn on bilingual pages, also in short lines.
        wanted = wanted | {whole}
    code, probability = _classify(block, wanted)
    return code if code is not None and probability >= _CLEAR else whole


def _classify(text: str, wanted: frozenset[str]) -> tuple[str | None, float]:
    ranked = _identifier().rank(text[:_LONGEST_BLOCK])
    # Only those that are wanted change their place.
    expected = [(code, _EXPECTED_WEIGHT * share) for code, share in ranked if code in wanted]
    others = [share for code, share in ranked if code not in wanted]
    first = next((pair for pair in ranked if pair[0] not in wanted), ranked[0])
    total = math.fsum([*others, *(weight for _, weight in expected)])
    code, weight = max([first, *expected], key=itemgetter(1))
    return (code, weight / total) if total else (None, 0.0)


def _count_letters(text: str) -> int:
    if text.isascii():  # most are, and bytes are counted many times faster
        return len(text) - len(text.encode().translate(None, _LETTERS))
    return sum(map(str.isalpha, text))


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_CANDIDATES.split())
    return identifier
