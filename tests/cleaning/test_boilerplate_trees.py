"""The trees that judge segments, and how like segments share a verdict."""

import json
import math
from importlib.resources import files

import lxml.html
import numpy as np
import pytest

from cleaning.boilerplate import choice, trees
from cleaning.boilerplate.segments import read_segments

MODEL = files("cleaning.boilerplate").joinpath("segments.json")
LARGEST = 1_500_000  # bytes that the weights may take of the checkout


def test_all_trees_are_followed_from_root_to_leaf() -> None:
    columns = trees.load_trees().columns
    table = np.random.RandomState(3).normal(0.5, 1, (120, columns.max() + 1)).astype(np.float32)
    model = json.loads(MODEL.read_text("utf-8"))
    expected = [1 / (1 + math.exp(-sum(_walk(tree, row) for tree in model))) for row in table]
    assert trees.judge(table) == pytest.approx(expected, abs=1e-9)


def _walk(tree: list[list[float]], row: np.ndarray[tuple[int], np.dtype[np.float32]]) -> float:
    columns, thresholds, leaves = tree
    node = 0
    while node < len(columns):
        node = 2 * node + 1 + bool(row[int(columns[node])] > np.float32(thresholds[node]))
    return leaves[node - len(columns)]


def test_the_weights_are_small() -> None:
    assert len(MODEL.read_bytes()) < LARGEST


CARDS = "".join(
    f"<li class='card'><h3>Shed {n}</h3><p class='about'>Where {n} tools stand</p></li>"
    for n in range(4)
)


def test_segments_that_stand_alike_are_drawn_to_their_mean() -> None:
    page = read_segments(lxml.html.fromstring(f"<body><ul>{CARDS}</ul><p>Alone</p></body>"))
    texts = [segment.text for segment in page.segments]
    told = np.array([0.9 if text.startswith("Shed") else 0.2 for text in texts])
    told[texts.index("Shed 2")] = 0.1
    found = dict(zip(texts, choice.even_out(page, told), strict=True))
    assert found["Shed 2"] > 0.4  # its like outvote it
    assert found["Shed 0"] < 0.9
    assert found["Where 1 tools stand"] == pytest.approx(0.2)
    assert found["Alone"] == pytest.approx(0.2)


@pytest.mark.parametrize("certain", [0.0, 1.0])
def test_certainty_is_no_error(certain: float) -> None:
    page = read_segments(lxml.html.fromstring(f"<body><ul>{CARDS}</ul></body>"))
    found = choice.even_out(page, np.full(len(page.segments), certain))
    assert np.abs(found - certain).max() < 0.001
