"""Score the reading of pages beside trafilatura, on pages whose content people marked.

    python -m benchmarks.reading                    # all sets, about six minutes
    python -m benchmarks.reading wcxb-dev --step 8  # every eighth page of one set
    python -m benchmarks.reading --pin [--lower]

Word F1 (F of snippets where only those are marked) and processor time a page, by set, and for
wcxb-dev by kind and half; pages of sites that no weight was fitted on stand apart. `--pin` writes
the figures that `tests/cleaning/test_reading_gate.py` holds; it refuses lower ones without
`--lower`. Exit codes: 0 every target met, 1 one missed, 2 the pages are not there or wrong use.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import trafilatura

from benchmarks import threads
from benchmarks.marked_pages import FOLDER, SETS, Marked, read_marked, word_f1, words
from cleaning.reader import read_page

PIN = Path(__file__).with_name("reading_pin.json")
GATE = {"wcxb-dev": 15, "mozilla": 5}
"""The sets of the gate, and which of their pages it reads: every so many-th."""
TARGETS = {
    "wcxb-dev": 0.880,
    "wcxb-articles": 0.957,
    "mozilla": 0.950,
    "trafilatura-half": 0.935,
    "newspaper4k": 0.930,
    "chinese": 0.870,
}
GREATEST_GAP = 0.02  # between the halves of wcxb-dev


@dataclass(frozen=True, slots=True)
class Score:
    """How a reader did on a page: word F1, or hits, misses and false alarms of its snippets."""

    f1: float | None
    hits: int
    misses: int
    alarms: int
    cpu: float


def score(page: Marked, text: str, cpu: float) -> Score:
    if page.text is not None:
        return Score(word_f1(words(text), words(page.text)), 0, 0, 0, cpu)
    found = sum(snippet in text for snippet in page.wanted)
    alarms = sum(snippet in text for snippet in page.unwanted)
    return Score(None, found, len(page.wanted) - found, alarms, cpu)


def mean(scores: Iterable[Score]) -> float:
    """Return the mean F1 of pages, or the F of all their snippets together."""
    known = list(scores)
    if known and known[0].f1 is not None:
        return fmean(one.f1 or 0.0 for one in known)
    hits = sum(one.hits for one in known)
    wrong = sum(one.misses + one.alarms for one in known)
    return 2 * hits / max(2 * hits + wrong, 1)


def gate_figures() -> dict[str, float]:
    """Return the figure of each set of the gate on its fixed sample, and those of threads."""
    texts = {
        name: mean(score(p, read_page(p.html, p.url).text, 0) for p in read_marked(name, step=step))
        for name, step in GATE.items()
    }
    return texts | threads.gate_figures()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", metavar="SET", help=", ".join(SETS))
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--lower", action="store_true", help="also pin lower figures")
    args = parser.parse_args()
    if not FOLDER.is_dir():
        print(f"{FOLDER} is not there: nothing to score", file=sys.stderr)
        return 2
    if args.pin:
        return pin(may_be_lower=args.lower)
    print(f"{'pages':34}      F1   traf.  target   aside     ms  traf.")
    are_met = [_report(name, args.step) for name in args.sets or SETS]
    return int(not all(are_met))


def pin(*, may_be_lower: bool) -> int:
    """Write the figures of the gate; 1 if one is lower than before and must not be."""
    figures = {name: round(value, 4) for name, value in gate_figures().items()}
    old = json.loads(PIN.read_text("utf-8")) if PIN.exists() else {}
    lower = [name for name, value in figures.items() if value < old.get(name, 0)]
    print(json.dumps(figures))
    if lower and not may_be_lower:
        print(f"lower than before: {', '.join(lower)}; use --lower to pin all the same")
        return 1
    PIN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def _report(name: str, step: int) -> bool:
    rows: list[tuple[Marked, Score, Score]] = []
    for page in read_marked(name, step=step):
        ours = _timed(page, lambda p: read_page(p.html, p.url).text)
        theirs = _timed(page, lambda p: trafilatura.extract(p.html, url=p.url or None) or "")
        rows.append((page, ours, theirs))
    groups: dict[str, list[tuple[Marked, Score, Score]]] = defaultdict(list)
    for row in rows:
        groups[name].append(row)
        if name == "wcxb-dev":
            groups[f"  {row[0].kind}"].append(row)
            groups[f"  {row[0].half} half"].append(row)
    for group, found in groups.items():
        _print(group, found)
    value = mean(ours for _, ours, _ in rows)
    halves = [mean(o for _, o, _ in groups[g]) for g in groups if g.endswith(" half")]
    gap = max(halves) - min(halves) if halves else 0.0
    if halves:
        print(f"gap between the halves {gap:.4f} (at most {GREATEST_GAP})")
    return value >= TARGETS[name] and gap <= GREATEST_GAP


def _timed(page: Marked, read: Callable[[Marked], str]) -> Score:
    start = time.process_time()
    text = read(page)
    return score(page, text, time.process_time() - start)


def _print(group: str, rows: list[tuple[Marked, Score, Score]]) -> None:
    aside = [ours for page, ours, _ in rows if page.is_kept_aside]
    target = f"{TARGETS[group]:.3f}" if group in TARGETS else ""
    kept = f"{mean(aside):.4f}" if aside else ""
    cpu = fmean(o.cpu for _, o, _ in rows) * 1000, fmean(t.cpu for _, _, t in rows) * 1000
    print(
        f"{group:28} {len(rows):5} {mean(o for _, o, _ in rows):7.4f}"
        f" {mean(t for _, _, t in rows):7.4f} {target:>7} {kept:>7} {cpu[0]:6.1f} {cpu[1]:6.1f}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
