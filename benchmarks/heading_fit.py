"""Fit the weights by which title, authors and date of a page are chosen.

    python -m benchmarks.heading_fit FOLDER...     # some minutes

Each folder holds marked pages: `truth.jsonl.gz` (or `ground-truth.jsonl.gz`) with `id`, `url`,
`title`, `author`, `publish_date`, and `html/<id>.html.gz`. Writes `cleaning/reader/heading.json`
and prints, for each field and folder, the share that is right and the number of values where the
truth names none: of all pages, and of every fifth site, which a first fit does not see.

The model is a conditional logit: of the candidates of a page, and of naming none, the chance of
each grows with the exponential of the sum of its weights. Pages whose truth names none count with
a share of `_NONE`, since many truths leave out what the page does say.
"""

import gzip
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

import cleaning.reader.ranking as ranking
from cleaning.evidence import find_evidence
from cleaning.page import read_page_model
from cleaning.reader import read_heading

FIELDS = {"title": "title", "authors": "author", "published": "publish_date"}
# What is said from outside of the page stands in no marked page.
_TOLD = {"selector": 8.0, "feed": 2.5, "list": 1.5}
# Of these kinds marked pages have too few to fit a weight.
BY_HAND: Mapping[str, Mapping[str, float]] = {
    "title": {
        "is section": -1.0,
        "another is shown in front": -1.5,
        "one word of a title": -1.5,
        "behind a border only": -1.5,
        "with the site's name": -1.0,
        "holds a declared part": 0.5,
    },
    "authors": {
        "shown named in a teaser": -2.5,
        "announced named in a teaser": -2.5,
        "is site beside persons": -1.5,
        "in the title": -1.0,
        "bare with address near title": -0.2,
        "bare with address and day near title": 0.4,
    },
    "published": {
        "month stated": -1.0,
        "line in text or after": -1.2,
        "line in a teaser": -0.5,
        "stamp alone in a teaser": -1.6,
        "after the last change": -2.0,
        "later in microdata": -1.0,
    },
}
# How much more than the fit asks for must speak for a value.
CAUTION = {"authors": 0.35, "published": 0.6}
_NONE = 7  # of as many pages without a value in the truth one is used
_STEPS, _RATE, _L2 = 1500, 0.05, 1.0
_JOINTS = re.compile(r"\s*[;,&|]\s*|\s+(?:and|und|y|et)\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of a page for one field: their signs, and which of them are right."""

    folder: str
    site: str
    has_truth: bool
    signs: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


def main() -> int:
    folders = [Path(name) for name in sys.argv[1:]]
    if not folders:
        print(__doc__)
        return 2
    choices: dict[str, list[Choice]] = {field: [] for field in FIELDS}
    for folder in folders:
        for field, choice in read_choices(folder):
            choices[field].append(choice)
    tables = {}
    for field, rows in choices.items():
        seen = [row for row in rows if not _is_fifth(row.site)]
        _report(field, "fifth", [row for row in rows if _is_fifth(row.site)], _table(field, seen))
        tables[field] = _table(field, rows)
        _report(field, "all", rows, tables[field])
    text = json.dumps(tables, indent=1, ensure_ascii=False, sort_keys=True)
    Path(ranking.__file__).with_name("heading.json").write_text(f"{text}\n", encoding="utf-8")
    return 0


def read_choices(folder: Path) -> Iterator[tuple[str, Choice]]:
    """Yield, for each marked page and field, what could be chosen."""
    names = (folder / name for name in ("truth.jsonl.gz", "ground-truth.jsonl.gz"))
    lines = gzip.decompress(next(filter(Path.exists, names)).read_bytes()).splitlines()
    for truth in map(json.loads, lines):
        html = gzip.decompress((folder / "html" / f"{truth['id']}.html.gz").read_bytes())
        url = truth.get("url") or ""
        page = read_page_model(html, url)
        heading = read_heading(page, find_evidence(page))
        for field, name in FIELDS.items():
            if folder.name.startswith("dates") and field != "published":
                continue
            wanted = _plain(field, truth.get(name))
            found = [one for one in heading.candidates[field] if one.weight > ranking.LOST]
            right = tuple(bool(wanted) and _plain(field, one.value) == wanted for one in found)
            site = urlsplit(url).hostname or truth["id"]
            signs = tuple(one.signs for one in found)
            yield field, Choice(folder.name, site, bool(wanted), signs, right)


def _plain(field: str, value: object) -> object:
    if isinstance(value, list):
        value = "; ".join(value)
    text = " ".join(str(value or "").translate(_QUOTES).split()).casefold()
    if field == "published":
        return text[:10]
    if field == "title":
        return text
    text = re.sub(r"^(?:by|von|par|por)\s+", "", text)
    names = (re.sub(r"[^\w\s'.-]", "", name).strip(" .,") for name in _JOINTS.split(text))
    return frozenset(name for name in names if name)


def _is_fifth(site: str) -> bool:
    return int(hashlib.md5(site.encode(), usedforsecurity=False).hexdigest(), 16) % 5 == 0


def _table(field: str, rows: Sequence[Choice]) -> Weights:
    """Return the weights of a field; "bias" is what speaks against any value."""
    weights, none = _fit(_used(rows), BY_HAND[field])
    weights.update({**BY_HAND[field], **_TOLD})
    if field != "title":
        weights["bias"] = -(none + CAUTION[field])
    return {sign: round(w, 2) for sign, w in weights.items() if abs(w) >= 0.01}


def _used(rows: Sequence[Choice]) -> list[Choice]:
    used = [row for row in rows if any(row.right)]
    return used + [row for row in rows if not row.has_truth][::_NONE]


def _fit(rows: Sequence[Choice], fixed: Mapping[str, float]) -> tuple[Weights, float]:
    """Return a weight for each sign, and the weight of naming none, by gradient steps (Adam).

    Those that are `fixed` stay, and the others are fitted around them.
    """
    names = sorted({sign for row in rows for signs in row.signs for sign in signs})
    place = {name: number for number, name in enumerate(names)}
    candidates = [(n, signs) for n, row in enumerate(rows) for signs in row.signs]
    group = np.array([n for n, _ in candidates])
    right = np.array([one for row in rows for one in row.right], bool)
    owner = np.array([c for c, (_, signs) in enumerate(candidates) for _ in signs])
    sign = np.array([place[name] for _, signs in candidates for name in signs])
    has_right = np.array([any(row.right) for row in rows])
    theta = np.zeros(len(names) + 1)  # the last is that of naming none
    held = [place[name] for name in fixed if name in place]
    theta[held] = [fixed[name] for name in fixed if name in place]
    mean, square = np.zeros_like(theta), np.zeros_like(theta)
    for step in range(1, _STEPS + 1):
        score = np.bincount(owner, theta[sign], len(candidates))
        top = np.full(len(rows), theta[-1])
        np.maximum.at(top, group, score)
        grown, none = np.exp(score - top[group]), np.exp(theta[-1] - top)
        total = np.bincount(group, grown, len(rows)) + none
        rights = np.bincount(group, np.where(right, grown, 0), len(rows))
        aim = np.where(right, grown / np.where(rights > 0, rights, 1)[group], 0)
        slope = np.bincount(sign, (grown / total[group] - aim)[owner], len(names))
        slope = np.append(slope, (none / total - ~has_right).sum())
        slope += np.append(_L2 * theta[:-1], 0.0)
        slope[held] = 0.0
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        corrected = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        theta -= _RATE * (mean / (1 - 0.9**step)) / corrected
    return dict(zip(names, map(float, theta), strict=False)), float(theta[-1])


def _report(field: str, which: str, rows: Sequence[Choice], weights: Weights) -> None:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        scores = [
            weights.get("bias", 0.0) + sum(weights.get(s, 0.0) for s in signs)
            for signs in row.signs
        ]
        best = max(range(len(scores)), key=scores.__getitem__, default=None)
        is_taken = best is not None and (field == "title" or scores[best] >= 0)
        count = counts[row.folder]
        count[0] += row.has_truth
        count[1] += is_taken and best is not None and row.right[best]
        count[2] += is_taken and not row.has_truth
    for folder, (number, right, invented) in counts.items():
        share = right / max(number, 1)
        print(f"{field:10}{which:7}{folder:20}{number:5} right {share:.3f} invented {invented}")


if __name__ == "__main__":
    sys.exit(main())
