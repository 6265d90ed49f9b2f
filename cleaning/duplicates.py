"""Find texts that say the same in nearly the same words: republished and mirrored posts."""

import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from rensa import RMinHash

_PERMUTATIONS = 128
_SEED = 1
_SHINGLE_WORDS = 5
_FEWEST_WORDS = 20
# 32 bands of 4 values bring together 999 of 1,000 pairs that share 0.7 of their shingles; what
# they bring together is then compared value by value.
_BAND_BYTES = 4 * 4
_LEAST_SIMILARITY = 0.7

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
    The order of `signatures` does not matter; an id should occur once.
    """
    members: defaultdict[bytes, list[str]] = defaultdict(list)
    for document_id, value in signatures:
        members[value].append(document_id)
    leader = {value: value for value in members}
    for first, second in _similar_pairs(members):
        leader[_leader_of(first, leader)] = _leader_of(second, leader)
    groups: defaultdict[bytes, list[str]] = defaultdict(list)
    for value, document_ids in members.items():
        groups[_leader_of(value, leader)] += document_ids
    return {
        document_id: min(group)
        for group in groups.values()
        if len(group) > 1
        for document_id in group
    }


def _similar_pairs(values: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    buckets: defaultdict[tuple[int, bytes], list[bytes]] = defaultdict(list)
    for value in values:
        for start in range(0, len(value), _BAND_BYTES):
            buckets[start, value[start : start + _BAND_BYTES]].append(value)
    for bucket in buckets.values():
        for first, second in combinations(bucket, 2):
            if _similarity(first, second) >= _LEAST_SIMILARITY:
                yield first, second


def _similarity(first: bytes, second: bytes) -> float:
    pairs = zip(memoryview(first).cast("I"), memoryview(second).cast("I"), strict=True)
    return sum(left == right for left, right in pairs) / _PERMUTATIONS


def _leader_of(value: bytes, leader: dict[bytes, bytes]) -> bytes:
    while leader[value] != value:
        leader[value] = leader[leader[value]]
        value = leader[value]
    return value
