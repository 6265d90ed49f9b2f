"""Figures of the boxes around blocks: their size, how they repeat, and which is the main one."""

from __future__ import annotations

import numpy as np

from cleaning.reader.boxes import Boxes, Floats

_HIGHEST = 40  # boxes looked at around a block; more are nesting without meaning
_LEVELS = (0, 1, 2, 4, 6)
_MAIN_SHARES = (0.5, 0.75, 0.9)


def groups_of(boxes: Boxes) -> Floats:
    """Return how many like siblings each box has, and their characters, linked ones, blocks."""
    page = boxes.page
    is_box = np.array(page.is_border)
    is_box[0] = False
    key = boxes.parents * (boxes.signature.max() + 1) + boxes.signature
    _, sorts = np.unique(np.where(is_box, key, -1), return_inverse=True)
    sums = [is_box.astype(float), boxes.total(boxes.lengths), boxes.total(boxes.linked)]
    sums.append((boxes.last - boxes.first).astype(float))
    found = np.column_stack([np.bincount(sorts, values * is_box)[sorts] for values in sums])
    found[~is_box | (found[:, 0] < 2)] = (0, -1, 0, 0)
    return np.asarray(found)


def of_boxes(boxes: Boxes, groups: Floats) -> Floats:
    """Figures of the boxes around a block, and of the nearest and largest repeated ones."""
    characters, linked = boxes.total(boxes.lengths), boxes.total(boxes.linked)
    number = (boxes.last - boxes.first).astype(float)
    total = max(boxes.lengths.sum(), 1)
    own = np.column_stack(
        [
            np.log1p(characters),
            characters / total,
            linked / np.maximum(characters, 1),
            np.log1p(number),
            characters / np.maximum(number, 1) / 100,
        ]
    )
    columns = []
    nearest = np.full((boxes.number, 5), -1.0)  # the level at which it stands, and its sums
    largest = nearest.copy()
    place = boxes.element
    for level in range(_HIGHEST):
        if level in _LEVELS:
            columns.append(own[place])
        here = np.column_stack([np.full(len(place), level), groups[place]])
        is_near = (nearest[:, 0] < 0) & (here[:, 1] > 0)
        nearest[is_near] = here[is_near]
        is_larger = (here[:, 1] >= 3) & (here[:, 2] > largest[:, 2])
        largest[is_larger] = here[is_larger]
        if level >= _LEVELS[-1] and not place.any():  # all have come to the body
            break
        place = boxes.parents[place]
    return np.hstack([*columns, _of_group(nearest, total), _of_group(largest, total)])


def _of_group(found: Floats, total: float) -> Floats:
    level, number, characters, linked, blocks = found.T
    of_some = np.column_stack(
        [
            level,
            np.log(np.maximum(number, 1)),
            characters / total,
            linked / np.maximum(characters, 1),
            characters / np.maximum(number, 1) / 100,
            blocks / np.maximum(number, 1),
        ]
    )
    return np.where(level[:, None] < 0, -1.0, of_some)


def of_main_box(boxes: Boxes) -> Floats:
    """Where a block stands beside the smallest boxes that hold most of the running text."""
    running = boxes.total(np.where(boxes.is_long, boxes.sizes, 0))
    order = np.arange(boxes.number)
    columns = []
    for share in _MAIN_SHARES:
        holds = np.flatnonzero(running >= share * running[0]) if running[0] else np.array([0])
        main = int(holds[-1])  # boxes that hold so much stand in one another: the last is innermost
        first, last = boxes.first[main], boxes.last[main]
        inside = (order >= first) & (order < last)
        columns += [
            inside,
            np.clip(np.where(order < first, order - first, order - last + 1), -20, 20) * ~inside,
            np.where(inside, (order - first) / max(last - first, 1), -1),
            np.full(boxes.number, (last - first) / boxes.number),
        ]
    return np.column_stack(columns)
