"""Formulas in a line: MathML and TeX, in one form however often the page has them."""

from lxml.html import HtmlElement

from cleaning.page.model import Page
from cleaning.text import normalise_text
from cleaning.writing.raised import DIGITS, SUB, SUP, how_raised, raise_text

_INVISIBLE = "\u2061\u2062\u2063\u2064"  # signs between terms that nobody sees
_SKIPPED = frozenset({"annotation", "annotation-xml", "mphantom", "none", "mprescripts"})
_TEX = ("application/x-tex", "latex", "tex", "application/tex")
_DEEPEST = 60
# Signs above a letter, as signs that join it.
_ACCENTS = str.maketrans(
    "→⃗˙.¨¯‾ˉ^ˆ~˜", "\u20d7\u20d7\u0307\u0307\u0308\u0305\u0305\u0305\u0302\u0302\u0303\u0303"
)
_RELATIONS = ("=", "<", ">", "≤", "≥", "≈", "→")


def read_formula(page: Page, element: int) -> tuple[str, str]:
    """Return a formula as a line of text and, if the page has it, as TeX ("" else).

    `element` is a `math` or a `script` of type "math/tex".
    """
    node = page.nodes[element]
    if page.tags[element] == "script":
        tex = _tidy(node.text or "")
        return tex, tex
    notes = node.iterdescendants("annotation")
    tex = next((n.text or "" for n in notes if n.get("encoding", "").lower() in _TEX), "")
    tex = _tidy(tex or node.get("alttext") or "")
    text = normalise_text(_line(node, 0)).replace("\n", " ")
    return (text or tex), tex


def _tidy(tex: str) -> str:
    tex = " ".join(tex.replace("<![CDATA[", "").replace("]]>", "").split()).strip("% ")
    style = "{\\displaystyle "
    return tex[len(style) : -1].strip() if tex.startswith(style) and tex.endswith("}") else tex


def _line(node: HtmlElement, depth: int) -> str:
    """Return what MathML shows, written in one line; "" for what cannot be seen."""
    tag = node.tag.split("}")[-1].split(":")[-1].lower() if isinstance(node.tag, str) else ""
    if not tag or tag in _SKIPPED or depth > _DEEPEST:
        return ""
    if not len(node):
        text = " ".join((node.text or "").split()).translate(dict.fromkeys(map(ord, _INVISIBLE)))
        return f" {text} " if tag == "mo" and text and text in "=<>≤≥≠≈→⇒±×·+-−∈" else text
    parts = [_line(child, depth + 1) for child in node]
    shown = [part.strip() for part in parts]
    if tag == "semantics":
        return parts[0]
    if tag == "mfrac" and len(shown) == 2:
        return "/".join(map(_group, shown))
    if tag in ("msqrt", "mroot"):
        return "√" + _group(shown[0] if tag == "mroot" else "".join(parts).strip())
    if tag == "mover" and len(shown) == 2 and len(shown[0]) == len(shown[1]) == 1:
        return shown[0] + shown[1].translate(_ACCENTS)
    if tag in ("msup", "mover") and len(shown) == 2:
        return shown[0] + _raise(SUP, shown[1])
    if tag in ("msub", "munder") and len(shown) == 2:
        return shown[0] + _raise(SUB, shown[1])
    if tag in ("msubsup", "munderover") and len(shown) == 3:
        return shown[0] + _raise(SUB, shown[1]) + _raise(SUP, shown[2])
    if tag == "mfenced":
        return f"{node.get('open', '(')}{', '.join(shown)}{node.get('close', ')')}"
    if tag in ("mtr", "mlabeledtr"):
        cells = [part for part in shown if part]
        return "".join(
            c if not n or c.startswith(_RELATIONS) else f", {c}" for n, c in enumerate(cells)
        )
    return "; ".join(filter(None, shown)) if tag == "mtable" else "".join(parts)


def _group(text: str) -> str:
    return text if text.isalnum() or len(text) == 1 else f"({text})"


def _raise(tag: str, text: str) -> str:
    if not text:
        return ""
    if how_raised(tag, text, "x") == DIGITS:
        return raise_text(tag, DIGITS, text.replace(" ", ""))
    return ("^" if tag == SUP else "_") + _group(text)
