"""The marked pages that readers are fitted and scored on: real ones with what people marked.

They lie beside the checkout, in `../shared/benchmarks`; whoever needs them says so and stops where
they are missing.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaning.page.words import WORD
from cleaning.urls import host_of

FOLDER = Path(__file__).parents[2] / "shared" / "benchmarks"
SETS = ("wcxb-dev", "wcxb-articles", "mozilla", "trafilatura-half", "newspaper4k", "chinese")
FIFTH = 5
_RUN = 5  # words that must stand in the same order
_NEAR = 15  # blocks that tell which of several copies is meant


@dataclass(frozen=True, slots=True)
class Marked:
    """A page and what people marked in it; `text` is None where only snippets are marked."""

    of: str
    number: str
    url: str
    kind: str
    html: bytes
    text: str | None
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]

    @property
    def site(self) -> str:
        return host_of(self.url) or f"{self.of}-{self.number}"

    @property
    def is_kept_aside(self) -> bool:
        """Whether its site is one of the fifth that no weight is fitted on."""
        return int(hashlib.sha256(self.site.encode()).hexdigest(), 16) % FIFTH == 0

    @property
    def half(self) -> str:
        return "odd" if self.number.isdecimal() and int(self.number) % 2 else "even"


def read_marked(*names: str, step: int = 1) -> Iterator[Marked]:
    """Yield every `step`-th page of these sets (all unless given), in the order of their files."""
    for name in names or SETS:
        folder = FOLDER / name
        file = folder / "truth.jsonl.gz"
        file = file if file.exists() else folder / "ground-truth.jsonl.gz"
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for place, line in enumerate(lines):
                if place % step == 0:
                    yield _marked(name, folder, json.loads(line))


def _marked(name: str, folder: Path, row: dict[str, str | None]) -> Marked:
    wanted, unwanted = tuple(row.get("with") or ()), tuple(row.get("without") or ())
    return Marked(
        of=name,
        number=str(row["id"]),
        url=row.get("url") or "",
        kind=row.get("page_type") or "article",
        html=gzip.decompress((folder / "html" / f"{row['id']}.html.gz").read_bytes()),
        text=row.get("main_content") if "main_content" in row else None,
        wanted=wanted,
        unwanted=unwanted,
    )


def words(text: str | None) -> list[str]:
    """Return the words as they are compared; characters of scripts without blanks are words."""
    return WORD.findall((text or "").lower())


def word_f1(found: Sequence[str], wanted: Sequence[str]) -> float:
    """Return the F1 of two bags of words; two empty ones agree."""
    if not found or not wanted:
        return float(not found and not wanted)
    overlap = sum((Counter(found) & Counter(wanted)).values())
    return 2 * overlap / (len(found) + len(wanted))


def shares_in_text(blocks: Sequence[Sequence[str]], text: Sequence[str]) -> list[float]:
    """Return for each block the share of its runs of words that stand in a marked text.

    Of several copies of a short block only as many count as the text has, those that have most of
    the certain content around them.
    """
    runs = {tuple(text[i : i + k]) for k in range(1, _RUN + 1) for i in range(len(text) - k + 1)}
    shares = [_share(block, runs) for block in blocks]
    certain = [s > 0.8 and len(w) >= 8 for s, w in zip(shares, blocks, strict=True)]
    copies: dict[tuple[str, ...], list[int]] = {}
    for place, block in enumerate(blocks):
        if shares[place] == 1:
            copies.setdefault(tuple(block), []).append(place)
    whole = f" {' '.join(text)} "
    for block, places in copies.items():
        wanted = whole.count(f" {' '.join(block)} ")
        if len(places) > wanted:
            places.sort(key=lambda place: -_certainty(certain, place))
            for place in places[wanted:]:
                shares[place] = 0.0
    return shares


def shares_by_snippets(texts: Sequence[str], page: Marked) -> list[float]:
    """Return 1 for blocks with a snippet that must appear, 0 with one that must not, else -1."""
    wanted = [" ".join(snippet.split()) for snippet in page.wanted]
    unwanted = [" ".join(snippet.split()) for snippet in page.unwanted]
    return [
        1.0
        if any(snippet in text for snippet in wanted)
        else 0.0
        if any(snippet in text for snippet in unwanted)
        else -1.0
        for text in texts
    ]


def _share(block: Sequence[str], runs: set[tuple[str, ...]]) -> float:
    size = min(_RUN, len(block))
    if not size:
        return 0.0
    own = [tuple(block[i : i + size]) in runs for i in range(len(block) - size + 1)]
    return sum(own) / len(own)


def _certainty(certain: Sequence[bool], place: int) -> float:
    steps = range(1, _NEAR)
    before = sum(certain[place - step] / step for step in steps if place >= step)
    return before + sum(certain[place + s] / s for s in steps if place + s < len(certain))
