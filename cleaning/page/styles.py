"""What the style of an element hides from every reader. Only the attribute is read, no sheet."""

import re
from functools import lru_cache

TINY, FAINT, UNSEEN = "tiny", "faint", "unseen"
_NUMBER = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))(px|r?em|ex|ch|v[wh]|%|pt|pc|cm|mm|in)?")
_PIXELS = {"em": 16, "rem": 16, "ex": 8, "ch": 8, "pt": 1.33, "pc": 16, "cm": 38, "mm": 3.8}
_PIXELS |= {"in": 96, "vw": 10, "vh": 10, "%": 10}  # of a window of a thousand pixels
# Pixels beyond which a box cannot be seen. A box in the middle is often drawn back by half its
# width, and a strip of slides by all slides before the one that is shown.
_FAR_PLACE, _FAR_SHIFT, _FAR_MARGIN, _FAR_SLIDE = -400, -900, -1500, -5000
_SMALLEST_LETTER = 1.5
_MOVED = ("transform", "transition", "animation", "will-change")
_HINTS = re.compile(
    r"none|hidden|collapse|font|opacity|clip|indent|overflow|color|-\s*[\d.]|\d{4}", re.IGNORECASE
)


@lru_cache(maxsize=20_000)
def hides(style: str) -> str:
    """Return how a `style` hides an element, or "" if it does not.

    `TINY` are letters of no size, which an element inside can make larger again, `FAINT` is what
    cannot be seen through, `UNSEEN` all else: not displayed, placed far off the window, clipped,
    indented out of its box, of no width or height, or in the colour of its ground.
    """
    if not _HINTS.search(style):
        return ""
    said = _read_style(style)
    if said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse"):
        return UNSEEN
    if _is_far(said) or _is_clipped(said) or _is_without_size(said) or _is_as_its_ground(said):
        return UNSEEN
    if letter_size(style) == 0:
        return TINY
    is_moved = any(name.startswith(_MOVED) for name in said)
    return FAINT if _is_clear(said) and not is_moved else ""


@lru_cache(maxsize=20_000)
def letter_size(style: str) -> float | None:
    """Return the size of letters that a `style` sets, in pixels, 0 for none that can be read."""
    said = _read_style(style)
    size = _pixels(said["font-size"]) if "font-size" in said else None
    if size is None and said.get("font", "").startswith(("0/", "0px/")):
        size = 0.0
    return 0.0 if size is not None and size <= _SMALLEST_LETTER else size


@lru_cache(maxsize=20_000)
def is_row(style: str) -> bool:
    """Tell whether the children of an element stand in a row of boxes, apart from each other."""
    return _read_style(style).get("display", "").startswith(("flex", "inline-flex", "grid"))


@lru_cache(maxsize=20_000)
def stands_apart(style: str) -> bool:
    """Tell whether an element is a box of its own in the line."""
    return _read_style(style).get("display", "").startswith("inline-")


@lru_cache(maxsize=20_000)
def is_raised(style: str) -> bool:
    """Tell whether letters stand above the line, as in `sup`."""
    return _read_style(style).get("vertical-align") in ("super", "text-top")


@lru_cache(maxsize=20_000)
def is_lowered(style: str) -> bool:
    """Tell whether letters stand below the line, as in `sub`."""
    return _read_style(style).get("vertical-align") == "sub"


@lru_cache(maxsize=20_000)
def shows_lines(style: str) -> bool:
    """Tell whether lines are shown as they stand in the markup."""
    shown = _read_style(style).get("white-space", "")
    return shown.startswith(("pre", "break-spaces")) or shown == "preserve"


@lru_cache(maxsize=20_000)
def shows_blanks(style: str) -> bool:
    """Tell whether letters of one width stand at the places that the markup gives them."""
    said = _read_style(style)
    family = f"{said.get('font-family', '')} {said.get('font', '')}"
    has_one_width = any(name in family for name in ("mono", "courier", "consolas"))
    return has_one_width and shows_lines(style)


def _read_style(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.lower().split(";"))
    return {
        name.strip(): value.replace("!important", "").strip()
        for name, _, value in pairs
        if value.strip()
    }


def _pixels(value: str) -> float | None:
    found = _NUMBER.match(value)
    return float(found[1]) * _PIXELS.get(found[2] or "px", 1) if found else None


def _least(value: str) -> float:
    """Return the smallest length of a value, 0 if none is negative."""
    lengths = (float(number) * _PIXELS.get(unit, 1) for number, unit in _NUMBER.findall(value))
    return min(0.0, *lengths, 0.0)


def _is_far(said: dict[str, str]) -> bool:
    far = _FAR_PLACE if said.get("position") in ("absolute", "fixed") else _FAR_SHIFT
    sides = [said[side] for side in ("left", "right", "top", "bottom", "inset") if side in said]
    if any(_least(side) <= far for side in sides):
        return True
    if (_pixels(said.get("left", "")) or 0) >= -_FAR_SLIDE:
        return True
    margins = (value for name, value in said.items() if name.startswith("margin"))
    if any("%" not in value and _least(value) <= _FAR_MARGIN for value in margins):
        return True
    if _least(said.get("transform", "")) <= _FAR_SLIDE:
        return True
    indent = _pixels(said.get("text-indent", "")) or 0
    is_cut = said.get("overflow") == "hidden" and said.get("white-space") == "nowrap"
    return indent <= _FAR_PLACE or (indent >= -_FAR_SHIFT and is_cut)


def _is_clipped(said: dict[str, str]) -> bool:
    clip = said.get("clip", "")
    if clip.startswith("rect") and "auto" not in clip:
        sides = [float(number) for number, _ in _NUMBER.findall(clip)]
        return len(sides) == 4 and sides[2] - sides[0] <= 1 and sides[1] - sides[3] <= 1
    path = said.get("clip-path", "")
    first = _NUMBER.search(path)
    if not first:
        return False
    if path.startswith("inset"):
        return first[2] == "%" and float(first[1]) >= 50
    return path.startswith(("circle", "ellipse")) and float(first[1]) == 0


def _is_without_size(said: dict[str, str]) -> bool:
    if not {said.get(name) for name in ("overflow", "overflow-x", "overflow-y")} & {
        "hidden",
        "clip",
    }:
        return False
    # A film that keeps its shape stands in a box without height and with a padding.
    if any(name.startswith("padding") and (_pixels(said[name]) or 0) > 1 for name in said):
        return False
    sizes = (said[name] for name in ("width", "height", "max-width", "max-height") if name in said)
    lengths = [size for size in map(_pixels, sizes) if size is not None]
    return any(0 <= length <= 1 for length in lengths)


def _is_as_its_ground(said: dict[str, str]) -> bool:
    ground = said.get("background-color") or said.get("background", "")
    return bool(ground) and said.get("color", "").replace(" ", "") == ground.replace(" ", "")


def _is_clear(said: dict[str, str]) -> bool:
    value = said.get("opacity", "")
    found = _NUMBER.match(value)
    if found:
        return float(found[1]) <= 0.01
    return bool(re.search(r"opacity\s*[(=]\s*0(?:\.0*)?%?\s*\)", said.get("filter", "")))
