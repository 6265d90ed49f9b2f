"""Tell the comments below a text from the posts of a discussion: the ones go, the others stay.

A blog's post with many comments looks like a thread of a forum, and a forum's posts are its text.
What tells them apart is what stands around them: a text of its own above the first, a heading that
counts comments or a form in which visitors leave their names, and the name "comment".
"""

import re

import numpy as np
from lxml import etree
from lxml.html import HtmlElement
from numpy.typing import NDArray

from cleaning.boilerplate.segments import Page
from cleaning.comments.declared import is_comment_heading, read_count
from cleaning.comments.general import find_posts
from cleaning.comments.post import Post
from cleaning.pruning import blank

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONGEST_HEADING = 80  # characters
_MAIL = re.compile(r"mail", re.IGNORECASE)
_COMMENT = re.compile(r"comment|kommentar|coment[aá]r|sylw", re.IGNORECASE)
_NAMES_OF = ("name", "id", "class", "type", "placeholder", "autocomplete", "action")
_MOST_HEADINGS = 2  # one for small screens, one for large ones
_NAMED = ("class", "id", "itemtype")
_PLACE = "data-place"
# Of the signs that `cleaning.comments.evidence` weighs (2 for each of four strong ones, 1 for each
# of three others) blogs show 7 and more, and forums with posts that are called comments up to 6:
# on the saved pages with comments and on the even development pages of WCXB (2026-11).
_FEWEST_SIGNS = 7
# Words in long paragraphs above the first comment; a discussion has a few lines there.
_FEWEST_WORDS = 60
_LONG_WORDS = 15
_SHORT_THREAD = 200  # words of the whole page


def cut_comments(tree: HtmlElement, url: str) -> int:
    """Blank the comments below the text of `tree` in place; return how many there were.

    None is cut from a page that has no text of its own above them: there they are the content.
    """
    has_guests = _has_guest_form(tree)
    if not (has_guests or _has_heading(tree)):
        return 0
    elements = list(tree.iter(etree.Element))
    for place, element in enumerate(elements):
        element.set(_PLACE, str(place))
    posts, evidence = find_posts(tree, url)
    roots = [elements[int(place)] for post in posts for place in _places(post)]
    for element in elements:
        element.attrib.pop(_PLACE, None)
    # A form for guests says more than the form that `Evidence` asks for.
    signs = 0 if evidence is None else evidence.strength + has_guests
    if signs < _FEWEST_SIGNS or not _are_below_a_text(roots, tree):
        return 0
    for root in roots:
        blank(root)
    return len(posts)


def level_posts(
    page: Page, probabilities: NDArray[np.float64], words: NDArray[np.float64], url: str
) -> NDArray[np.float64]:
    """Return the probabilities with those of a short thread's posts at that of the likeliest.

    With many posts the figures of all of them tell what one is. Of three short ones a single
    doubtful one would be missed.
    """
    if words.sum() > _SHORT_THREAD:
        return probabilities
    posts, _ = find_posts(page.root.element, url)
    said = {piece.text for post in posts for piece in post.body}
    is_said = np.array([segment.text in said for segment in page.segments])
    return np.where(is_said, probabilities.max(initial=0.0, where=is_said), probabilities)


def _places(post: Post) -> list[str]:
    """Return the numbers of the elements that a post is; of a wrapper those inside."""
    element = post.part.element
    own = element.get(_PLACE)
    inside = (child.get(_PLACE) for child in element)
    return [own] if own else [place for place in inside if place]


def _are_below_a_text(roots: list[HtmlElement], tree: HtmlElement) -> bool:
    if not roots or not _is_called_comment(roots[0]):
        return False
    words = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element is roots[0]:
            return False
        text = element.text if event == "start" else element.tail
        number = len(text.split()) if text and element.tag not in ("script", "style") else 0
        words += number if number >= _LONG_WORDS else 0
        if words >= _FEWEST_WORDS:
            return True
    return False


def _is_called_comment(element: HtmlElement) -> bool:
    around = [element, *element.iterancestors()][:4]
    return any(_COMMENT.search(e.get(name) or "") for e in around for name in _NAMED)


def _has_guest_form(tree: HtmlElement) -> bool:
    """Tell whether a form for comments asks for a mail address, as none does of members."""
    for field in tree.iter("textarea"):
        form = next(field.iterancestors("form"), None)
        if form is not None and any(_COMMENT.search(_attributes(e)) for e in (field, form)):
            return any(_MAIL.search(_attributes(entry)) for entry in form.iter("input"))
    return False


def _attributes(element: HtmlElement) -> str:
    return " ".join(element.get(name) or "" for name in _NAMES_OF)


def _has_heading(tree: HtmlElement) -> bool:
    """Tell whether one or two headings are those of comments; with more, each post has its own."""
    found = 0
    for heading in tree.iter(*_HEADINGS):
        line = " ".join("".join(heading.itertext()).split())
        if len(line) <= _LONGEST_HEADING:
            is_bare = is_comment_heading(line) and bool(_COMMENT.search(line))
            found += is_bare or bool(read_count(line))
    return 0 < found <= _MOST_HEADINGS
