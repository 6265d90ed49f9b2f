"""Cut a page into segments: runs of text between two borders of blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from cleaning.boilerplate.names import read_area, read_names, tag_area
from cleaning.pruning import blank, text_length
from cleaning.text import BLOCK_TAGS

# Nobody reads them, or they are choices of a form. Where markup is broken, they hold the page.
_CODE = ("script", "style", "template", "head", "title", "link", "meta", "base", "map", "source")
_DRAWN = (
    *("svg", "math", "select", "datalist", "textarea", "iframe", "object", "embed", "video"),
    *("audio", "canvas", "input", "noscript"),
)
_PROSE = ("p", "h1", "h2", "article")
_BORDERS = BLOCK_TAGS | {"button", "summary", "label", "legend"}
_FEWEST_IN_NOSCRIPT = 200  # characters; a tracking pixel or "enable JavaScript" has fewer


@dataclass(slots=True, eq=False)
class Frame:
    """A block element: its place in the page and the sums of the text inside."""

    element: HtmlElement
    parent: "Frame | None"
    signature: str
    depth: int
    area: int
    names: int
    names_above: int
    characters: int = 0
    link_characters: int = 0
    segments: int = 0
    children: dict[str, list["Frame"]] = field(default_factory=dict)

    def line(self) -> Iterator["Frame"]:
        """Yield this frame and those around it, the innermost first."""
        frame: Frame | None = self
        while frame is not None:
            yield frame
            frame = frame.parent


@dataclass(slots=True, eq=False)
class Segment:
    """A run of text: where its pieces stand (element, whether in its tail), and its figures."""

    frame: Frame
    text: str
    places: list[tuple[HtmlElement, bool]]
    link_characters: int
    names: int
    area: int


@dataclass(slots=True, eq=False)
class Page:
    """The segments in reading order, the frames, and how many segments precede each image."""

    root: Frame
    frames: list[Frame]
    segments: list[Segment]
    images: list[tuple[HtmlElement, int]]


def read_segments(body: HtmlElement) -> Page:
    """Cut `body` into segments; what nobody reads is blanked in place."""
    _blank_unread(body)
    reader = _Reader(body)
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if event == "start":
            reader.enter(element)
        elif event == "end":
            reader.leave(element)
        else:
            reader.pass_by(element)
    _add_up(reader.page)
    return reader.page


def _blank_unread(body: HtmlElement) -> None:
    for element in list(body.iter(*_CODE)):
        blank(element)
    _open_noscript(body)
    for element in list(body.iter(*_DRAWN)):
        if next(element.iterdescendants(*_PROSE), None) is None:
            blank(element)


def _open_noscript(body: HtmlElement) -> None:
    copies = list(body.iterdescendants("noscript"))
    inside = sum(map(text_length, copies))
    is_page = inside >= _FEWEST_IN_NOSCRIPT and inside > text_length(body) - inside
    for noscript in copies:
        if is_page:
            noscript.tag = "div"
        else:
            blank(noscript)


class _Reader:
    """Collects the pieces of the current run while the tree is walked."""

    def __init__(self, body: HtmlElement) -> None:
        self._frame = Frame(body, None, "body", 0, 0, 0, 0)
        self.page = Page(self._frame, [self._frame], [], [])
        self._open_links = 0
        self._start_run()

    def _start_run(self) -> None:
        self._places: list[tuple[HtmlElement, bool]] = []
        self._pieces: list[str] = []
        self._linked = self._names = self._area = 0

    def enter(self, element: HtmlElement) -> None:
        tag = element.tag
        self._open_links += tag == "a"
        if tag == "br":
            self._pieces.append("\n")
            self._places.append((element, True))
        elif tag == "img":
            self.page.images.append((element, len(self.page.segments)))
        elif element is self.page.root.element:
            pass
        elif tag in _BORDERS:
            self._end_run()
            self._open_frame(element)
        else:
            self._area |= tag_area(tag)
            names = element.get("class")
            if names:
                self._names |= read_names(names)
        self._take(element, element.text, is_tail=False)

    def leave(self, element: HtmlElement) -> None:
        tag = element.tag
        if element is self.page.root.element:
            self._end_run()
            return
        if tag in _BORDERS:
            self._end_run()
            assert self._frame.parent is not None
            self._frame = self._frame.parent
        self._open_links -= tag == "a"
        self._take(element, element.tail, is_tail=True)

    def pass_by(self, comment: HtmlElement) -> None:
        """Read on behind a comment: what it says is not for readers."""
        self._take(comment, comment.tail, is_tail=True)

    def _open_frame(self, element: HtmlElement) -> None:
        parent = self._frame
        attributes = dict(element.items())
        class_names = attributes.get("class", "")
        own = read_names(f"{class_names} {attributes.get('id', '')}") if attributes else 0
        frame = Frame(
            element,
            parent,
            f"{element.tag}.{class_names.strip().partition(' ')[0]}",
            parent.depth + 1,
            parent.area
            | read_area(element, attributes)
            | (tag_area("a") if self._open_links else 0),
            own,
            parent.names_above | own,
        )
        parent.children.setdefault(frame.signature, []).append(frame)
        self.page.frames.append(frame)
        self._frame = frame

    def _take(self, element: HtmlElement, text: str | None, *, is_tail: bool) -> None:
        if text:
            self._places.append((element, is_tail))
            self._pieces.append(text)
            if self._open_links:
                self._linked += len(" ".join(text.split()))

    def _end_run(self) -> None:
        if not self._places:  # as between most borders
            self._linked = self._names = self._area = 0
            return
        text = " ".join("".join(self._pieces).split())
        if text:
            linked = min(self._linked, len(text))
            run = Segment(self._frame, text, self._places, linked, self._names, self._area)
            self.page.segments.append(run)
        self._start_run()


def _add_up(page: Page) -> None:
    for segment in page.segments:
        segment.frame.characters += len(segment.text)
        segment.frame.link_characters += segment.link_characters
        segment.frame.segments += 1
    for frame in reversed(page.frames):  # children come behind their parents
        if frame.parent is not None:
            frame.parent.characters += frame.characters
            frame.parent.link_characters += frame.link_characters
            frame.parent.segments += frame.segments
