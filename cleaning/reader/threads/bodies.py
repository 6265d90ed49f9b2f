"""Tell what was written in a post from what stands around it."""

from __future__ import annotations

import re
from collections import defaultdict

from cleaning.page.names import NAME_GROUPS
from cleaning.reader.threads.authors import USER_NAME
from cleaning.reader.threads.chrome import LONGEST_LABEL, Chrome
from cleaning.reader.threads.entry import Entry
from cleaning.reader.threads.layout import Layout, Part, Run
from cleaning.reader.threads.words import is_button, is_pingback_label

_SIGNATURE = re.compile(r"signature|(?:^|[\s_-])sig(?:$|[\s_-])", re.IGNORECASE)
_SHARE_NAMES = 1 << NAME_GROUPS.index("share")
_SENTENCES = frozenset({"p", "blockquote", "pre"})
_TEXTS = frozenset({"text", "commenttext", "articlebody", "reviewbody"})
"""Properties of schema.org whose value is what was written."""
_FEWEST = 3  # words a post beside chrome, without which no place is known for the body
_SHARE = 0.35  # of the words of the parts that the body has at least
_NEARLY = 0.75  # of the most words, which the innermost body may have
_PARAGRAPHS = frozenset({"p", "ul", "ol", "li", "blockquote", "pre", "span", "font"})
_INLINE = frozenset({"a", "b", "i", "em", "strong", "u", "cite", "small", "time", "dt"})


def body_slots(layout: Layout, chrome: Chrome) -> dict[int, int | None]:
    """The place of the text in the parts of each kind: where their words are and no header is."""
    kinds: dict[int, list[Part]] = defaultdict(list)
    for part in layout.parts:
        kinds[layout.slots[part.box.element]].append(part)
    return {kind: _body_slot(layout, parts, chrome) for kind, parts in kinds.items()}


def _body_slot(layout: Layout, parts: list[Part], chrome: Chrome) -> int | None:
    words: dict[int, float] = defaultdict(float)
    elements: dict[int, set[int]] = defaultdict(set)
    owners: dict[int, set[int]] = defaultdict(set)
    headed: dict[int, set[int]] = defaultdict(set)
    for place, part in enumerate(parts):
        for run in part.runs:
            is_header, is_chrome = chrome.is_header(run), run in chrome
            for element in layout.chain(part, run.element):
                slot = layout.slots[element]
                elements[slot].add(element)
                owners[slot].add(place)
                if is_header:
                    headed[slot].add(place)
                if not is_chrome:
                    words[slot] += run.weight
    named = [
        slot
        for slot in words
        if len(owners[slot]) >= 0.75 * len(parts)
        and len(elements[slot]) <= 1.3 * len(owners[slot])
        and not _is_bare(layout.names[slot])
        and not (" | " in layout.names[slot] and USER_NAME.search(own_name(layout.names[slot])))
    ]
    stated = [slot for slot in named if _is_stated(layout, elements[slot])]
    if stated:
        return max(stated, key=lambda slot: words[slot])
    total = sum(run.weight for part in parts for run in part.runs if run not in chrome)
    pure = [slot for slot in named if len(headed[slot]) <= 0.5 * len(parts)]
    most = max((words[slot] for slot in pure), default=0)
    if most and most >= _SHARE * total:
        named = pure
    elif total < _FEWEST * len(parts):
        return None
    else:
        most = total  # then the innermost that has nearly all, and its header is cut out of it
    fullest = [slot for slot in named if words[slot] >= _NEARLY * most]
    return max(fullest, key=lambda slot: (layout.names[slot].count(" | "), -slot), default=None)


def _is_stated(layout: Layout, elements: set[int]) -> bool:
    said = (layout.page.attributes[e].get("itemprop", "") for e in elements)
    return any(_TEXTS.intersection(names.lower().split()) for names in said)


def own_name(name: str) -> str:
    """What names say of the innermost element of a place."""
    return name.partition(" | ")[0]


def _is_bare(name: str) -> bool:
    """Whether a place is a paragraph or the like, as stand side by side in a text."""
    tag, _, said = name.partition(" | ")[0].partition(" ")
    return tag in _INLINE or (tag in _PARAGRAPHS and not said.strip())


def element_at(layout: Layout, part: Part, slot: int | None) -> int | None:
    if slot is None:
        return None
    return next((e for e in part.elements if layout.slots[e] == slot), None)


def read_body(layout: Layout, entry: Entry, element: int | None, chrome: Chrome) -> None:
    """Part what was written from what stands around it; "Thanks!" may be what most of them say."""
    for level in range(3):
        entry.body, entry.removed = [], []
        for run in entry.part.runs:
            is_inside = element is None or layout.page.holds(element, run.element)
            is_out = not is_inside or _is_cut(layout, entry, run, chrome, level)
            (entry.removed if is_out else entry.body).append(run)
        if entry.body:
            return


def read_pingback(layout: Layout, entry: Entry, chrome: Chrome) -> None:
    """The name of a pingback is the title of the page that links here, and often all there is."""
    runs = [run for run in entry.part.runs if run not in chrome]
    runs = [run for run in runs if not is_pingback_label(run.text)]
    entry.author, entry.author_run, entry.author_link = None, None, None
    for run in runs:
        chain = layout.chain(entry.part, run.element)
        link = next((e for e in chain if layout.page.tags[e] == "a"), None)
        if link is not None:
            entry.author, entry.author_run, entry.author_link = run.text, run, link
            break
    entry.body = [run for run in runs if run is not entry.author_run] or runs
    entry.removed = [run for run in entry.part.runs if run not in entry.body]


def _is_cut(layout: Layout, entry: Entry, run: Run, chrome: Chrome, level: int) -> bool:
    if level == 0 and _is_shared(layout, entry, run):
        return True
    if run is entry.author_run or _SIGNATURE.search(layout.names[run.slot].partition(" | ")[0]):
        return True
    if run.text == entry.author and _is_whole_block(layout, run):
        return True
    if level:
        return id(run) in chrome.times or (level == 1 and is_button(run.text))
    return run in chrome and _is_alone(layout, entry, run, chrome)


def _is_whole_block(layout: Layout, run: Run) -> bool:
    return len(layout.page.blocks[run.block].text) <= len(run.text) + 2


def _is_shared(layout: Layout, entry: Entry, run: Run) -> bool:
    """Whether a line stands in what a theme calls likes or shares ("Liked by 2 people")."""
    names = layout.page.names
    return len(run.text) <= LONGEST_LABEL and any(
        names[e] & _SHARE_NAMES for e in layout.chain(entry.part, run.element)
    )


def _is_alone(layout: Layout, entry: Entry, run: Run, chrome: Chrome) -> bool:
    """Whether chrome stands in a block with nothing else: a button in a sentence is a word."""
    block = layout.page.blocks[run.block]
    if layout.page.tags[block.element] not in _SENTENCES:
        return True
    beside = (other for other in entry.part.runs if other.block == run.block)
    return all(other in chrome or other is entry.author_run for other in beside)
