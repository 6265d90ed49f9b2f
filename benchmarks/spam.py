"""`python -m benchmarks.spam`: the spam model against a plain logistic regression.

Both are trained and scored on the same labelled comments in the same folds, no site on both sides.
Takes some minutes; `--only-speed` trains nothing. Exit codes: 0 every target met; 1 one was missed;
2 the labelled comments are not there.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.compare import Target
from benchmarks.spam_folds import Outcome, cross_validate
from cleaning.spam import judge_comment, model_version
from cleaning.spam.labelled import LabelledComment, read_labelled
from cleaning.spam.training import count, threshold_at

LABELLED = Path(__file__).parents[2] / "shared" / "spam" / "dev.jsonl.gz"
HAM_LOSS = 0.002
WANTED_POINTS = 10
WANTED_SPEED = 5000  # comments a second
HAM_LOSSES = (0.0005, 0.001, 0.002, 0.003, 0.005, 0.01)
HEAD = (
    "",
    "ham",
    "lost, baseline",
    "lost, model",
    "shipped",
    "spam",
    "found, b.",
    "found, m.",
    "s.",
)

Flags = NDArray[np.bool_]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spam", description=__doc__)
    parser.add_argument("labelled", type=Path, nargs="?", default=LABELLED)
    parser.add_argument("--only-speed", action="store_true")
    options = parser.parse_args(arguments)
    path = options.labelled
    if not path.is_file():
        print(f"the labelled comments are not there: {path}")
        return 2
    if options.only_speed:
        return told([speed(path)])
    comments = read_labelled(path)
    outcome = cross_validate(count(comments))
    print_curve(outcome)
    flags = called(outcome)
    for name in ("language", "stratum", "source"):
        print_table(name, [getattr(comment, name) for comment in comments], outcome, flags)
    return told([*reached(comments, outcome, flags), speed(path)])


def told(targets: Sequence[Target]) -> int:
    print()
    for target in targets:
        print(f"{'met   ' if target.is_met else 'MISSED'} {target}")
    return 0 if all(target.is_met for target in targets) else 1


def called(outcome: Outcome) -> tuple[Flags, Flags, Flags]:
    """What the baseline, the model and the model as it ships call spam.

    The first two at the threshold that loses `HAM_LOSS` of these very comments; the third with the
    threshold that the other folds set, with every guard.
    """
    both = (outcome.baseline, outcome.model)
    base, model = (s > threshold_at(s, outcome.is_spam, HAM_LOSS) for s in both)
    return base, model, outcome.shipped


def print_curve(outcome: Outcome) -> None:
    print("share of spam found, at the same share of ham lost, folds by site")
    print(f"{'':34}" + "".join(f"{loss:>8.2%}" for loss in HAM_LOSSES))
    for name, scores in (
        ("baseline", outcome.baseline),
        ("n-grams of the model", outcome.ngrams),
        ("features alone", outcome.features),
        ("model: n-grams and features", outcome.model),
        ("model with its guards", outcome.guarded),
    ):
        shares = [recall(scores, outcome.is_spam, loss) for loss in HAM_LOSSES]
        print(f"{name:34}" + "".join(f"{share:>8.3f}" for share in shares))


def recall(scores: NDArray[np.float64], is_spam: Flags, ham_loss: float) -> float:
    threshold = threshold_at(scores, is_spam, ham_loss)
    return float((scores[is_spam] > threshold).mean())


def print_table(
    name: str, groups: Sequence[str], outcome: Outcome, flags: tuple[Flags, Flags, Flags]
) -> None:
    """Ham lost and spam found in each group, the largest first."""
    print(f"\nby {name}, at {HAM_LOSS:.1%} of ham lost; shipped: threshold of the other folds")
    print(f"{HEAD[0]:52}" + "".join(f"{title:>15}" for title in HEAD[1:]))
    of_group, spam = np.array(groups), outcome.is_spam
    for group, _ in sorted(zip(*np.unique(of_group, return_counts=True), strict=True), key=_size):
        here = of_group == group
        ham = [int((flag & here & ~spam).sum()) for flag in flags]
        found = [int((flag & here & spam).sum()) for flag in flags]
        cells = (int((here & ~spam).sum()), *ham, int((here & spam).sum()), *found)
        print(f"{str(group)[:51]:52}" + "".join(f"{cell:>15}" for cell in cells))


def _size(group: tuple[str, int]) -> tuple[int, str]:
    return -int(group[1]), str(group[0])


def reached(
    comments: Sequence[LabelledComment], outcome: Outcome, flags: tuple[Flags, Flags, Flags]
) -> list[Target]:
    spam = outcome.is_spam
    base, model = (float(flag[spam].mean()) for flag in flags[:2])
    found, lost = float(flags[2][spam].mean()), float(flags[2][~spam].mean())
    welsh = np.array([comment.language == "cy" for comment in comments]) & ~spam
    lost_welsh = int((welsh & (flags[1] | flags[2])).sum())
    points = 100 * (model - base)
    return [
        Target(
            f"spam found at {HAM_LOSS:.1%} of ham lost",
            f"{WANTED_POINTS} points above the baseline",
            f"{model:.1%}, baseline {base:.1%}: {points:+.1f} points",
            points >= WANTED_POINTS,
        ),
        Target(
            "the same with the threshold of the other folds, and guards",
            f"at most {HAM_LOSS:.1%} of ham lost",
            f"{lost:.2%} of ham lost, {found:.1%} of spam found",
            lost <= HAM_LOSS,
        ),
        Target("Welsh", "no ham lost", f"{lost_welsh} of {welsh.sum()} lost", lost_welsh == 0),
    ]


def speed(path: Path) -> Target:
    """Comments a second of CPU time on one core, as the build judges them; in a fresh process, so
    that no word has been met before."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        rate = pool.submit(rate_of, path).result()
    wanted = f"{WANTED_SPEED} comments a second on one core"
    return Target("speed", wanted, f"{rate:.0f}", rate >= WANTED_SPEED)


def rate_of(path: Path) -> float:
    """How many comments of the file `judge_comment` judges in a second of CPU time."""
    comments = read_labelled(path)
    model_version()  # reads the weights, once in a process
    start = time.process_time()
    for one in comments:
        judge_comment(
            one.text,
            author=one.author,
            author_url=one.author_url,
            links=one.links,
            page_host=one.page_host,
            is_pingback=one.is_pingback,
        )
    return len(comments) / (time.process_time() - start)


if __name__ == "__main__":
    sys.exit(main())
