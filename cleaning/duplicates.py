"""Find texts that say the same in nearly the same words: republished and mirrored posts."""

import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

_PERMUTATIONS = 128
_SEED = 1
_SHINGLE_WORDS = 5
_FEWEST_WORDS = 20
# 32 bands of 4 values bring together 999 of 1,000 pairs that share 0.7 of their shingles; what
# they bring together is then compared value by value.
_BAND = 4
_LEAST_SIMILARITY = 0.7
# How many of those that share a band each is compared with. Posts of one template share most bands,
# and all pairs of some thousand of them would take hours.
_NEIGHBOURS = 64
_AT_ONCE = 1 << 14

_WORD = re.compile(r"\w+")


def signature(text: str) -> bytes | None:
    """Return the MinHash signature of the word 5-shingles, or None for less than 20 words.

    512 bytes: 128 values of 32 bits, little-endian. Case, punctuation and blanks do not count.
    The share of equal values in two signatures estimates the Jaccard similarity of the shingles
    (Broder 1997). Signatures of different rensa `ALGORITHM_VERSION`s do not compare.
    """
    words = _WORD.findall(text.casefold())
    if len(words) < _FEWEST_WORDS:
        return None
    last = len(words) - _SHINGLE_WORDS + 1
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update([" ".join(words[start : start + _SHINGLE_WORDS]) for start in range(last)])
    return struct.pack(f"<{_PERMUTATIONS}I", *sketch.digest())


def group_near_duplicates(signatures: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Return the group of each document that has a near-duplicate: the smallest id of its group.

    Documents are near-duplicates from an estimated similarity of 0.7, and groups are transitive.
    The order of `signatures` does not matter; an id should occur once. Where more than 64 share a
    band, each is compared with the 64 on either side of it, in the order of the values that follow
    the band: the more alike two are, the nearer they stand, and each of the 32 bands has an order
    of its own (LSH forest, Bawa et al. 2005). So the time grows with the number of documents.
    """
    members: defaultdict[bytes, list[str]] = defaultdict(list)
    for document_id, value in signatures:
        members[value].append(document_id)
    values = sorted(members)
    leader = list(range(len(values)))
    for first, second in _similar_pairs(values, leader):
        leader[_leader_of(first, leader)] = _leader_of(second, leader)
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for number, value in enumerate(values):
        groups[_leader_of(number, leader)] += members[value]
    return {
        document_id: min(group)
        for group in groups.values()
        if len(group) > 1
        for document_id in group
    }


def _similar_pairs(values: list[bytes], leader: list[int]) -> Iterator[tuple[int, int]]:
    """The numbers of similar values, but for those that have one leader by then."""
    table = np.frombuffer(b"".join(values), "<u4").reshape(-1, _PERMUTATIONS)
    for band in range(0, _PERMUTATIONS, _BAND):
        turned = np.roll(table, -band, axis=1)
        # Compared as numbers with the highest byte first, whole rows sort as bytes do.
        order = np.argsort(np.ascontiguousarray(turned.astype(">u4")).view("S512").ravel())
        borders = (turned[order[1:], :_BAND] != turned[order[:-1], :_BAND]).any(axis=1)
        runs = np.concatenate([[0], np.cumsum(borders)])
        for distance in range(1, _NEIGHBOURS + 1):
            near = np.flatnonzero(runs[distance:] == runs[:-distance])
            if not len(near):
                break
            yield from _compared(table, order[near], order[near + distance], leader)


def _compared(
    table: NDArray[np.uint32],
    firsts: NDArray[np.intp],
    seconds: NDArray[np.intp],
    leader: list[int],
) -> Iterator[tuple[int, int]]:
    for start in range(0, len(firsts), _AT_ONCE):
        pairs = zip(
            firsts[start : start + _AT_ONCE].tolist(),
            seconds[start : start + _AT_ONCE].tolist(),
            strict=True,
        )
        new = [(a, b) for a, b in pairs if _leader_of(a, leader) != _leader_of(b, leader)]
        if new:
            one, two = np.array(new).T
            shares = (table[one] == table[two]).mean(axis=1)
            yield from (new[n] for n in np.flatnonzero(shares >= _LEAST_SIMILARITY))


def _leader_of(value: int, leader: list[int]) -> int:
    while leader[value] != value:
        leader[value] = leader[leader[value]]
        value = leader[value]
    return value
