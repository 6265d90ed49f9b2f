"""Mark which segments of a page stand in the text that people marked as its content."""

import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_RUN = 5  # words that must stand in the same order
_NEAR = 15  # segments that tell which of several copies is meant


def words(text: str | None) -> list[str]:
    """Return the words as the benchmark counts them."""
    return _WORD.findall((text or "").lower())


def word_f1(predicted: Sequence[str], reference: Sequence[str]) -> float:
    """Return the F1 of two bags of words; two empty ones agree."""
    if not predicted or not reference:
        return float(not predicted and not reference)
    overlap = sum((Counter(predicted) & Counter(reference)).values())
    return 2 * overlap / (len(predicted) + len(reference))


def shares_in_truth(segments: Sequence[Sequence[str]], truth: Sequence[str]) -> list[float]:
    """Return for each segment the share of its runs of words that stand in `truth`.

    Of several copies of a short segment only as many count as `truth` has, those that have most
    of the certain content around them.
    """
    runs = {tuple(truth[i : i + k]) for k in range(1, _RUN + 1) for i in range(len(truth) - k + 1)}
    shares = [_share(segment, runs) for segment in segments]
    certain = [s > 0.8 and len(w) >= 8 for s, w in zip(shares, segments, strict=True)]
    copies: dict[tuple[str, ...], list[int]] = {}
    for place, segment in enumerate(segments):
        if shares[place] == 1:
            copies.setdefault(tuple(segment), []).append(place)
    text = f" {' '.join(truth)} "
    for segment, places in copies.items():
        wanted = text.count(f" {' '.join(segment)} ")
        if len(places) > wanted:
            places.sort(key=lambda place: -_certainty(certain, place))
            for place in places[wanted:]:
                shares[place] = 0.0
    return shares


def _share(segment: Sequence[str], runs: set[tuple[str, ...]]) -> float:
    size = min(_RUN, len(segment))
    if not size:
        return 0.0
    own = [tuple(segment[i : i + size]) in runs for i in range(len(segment) - size + 1)]
    return sum(own) / len(own)


def _certainty(certain: Sequence[bool], place: int) -> float:
    steps = range(1, _NEAR)
    before = sum(certain[place - step] / step for step in steps if place >= step)
    return before + sum(certain[place + s] / s for s in steps if place + s < len(certain))
