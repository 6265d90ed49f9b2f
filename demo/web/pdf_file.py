"""Small PDFs written by hand: the same bytes for the same content, on every machine.

Places are PDF's own: points from the lower left corner. Text may hold what Windows-1252 has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
FONTS = {"F1": "Times-Roman", "F2": "Times-Bold"}


@dataclass
class PdfPage:
    """A page: drawing operators, and links as (address, left, low, right, high)."""

    content: list[str] = field(default_factory=list)
    links: list[tuple[str, float, float, float, float]] = field(default_factory=list)
    turn: int = 0
    picture: bool = False
    size: tuple[int, int] = (WIDTH, HEIGHT)

    def text(self, x: float, y: float, words: str, size: float = 11, font: str = "F1") -> PdfPage:
        escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        self.content.append(f"BT /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET")
        return self

    def lines(self, x: float, y: float, lines: Iterable[str], size: float = 11) -> PdfPage:
        """Lines below each other, in the usual distance."""
        for number, words in enumerate(lines):
            self.text(x, y - 1.2 * size * number, words, size)
        return self

    def line(self, x: float, y: float, to_x: float, to_y: float) -> PdfPage:
        self.content.append(f"0.5 w {x} {y} m {to_x} {to_y} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> PdfPage:
        """The borders of a table."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        return self


def pdf(
    pages: Sequence[PdfPage], *, information: dict[str, str] | None = None, encrypted: bool = False
) -> bytes:
    """The bytes of a PDF 1.4. `encrypted`: it asks for a password that nobody has."""
    objects: dict[int, bytes] = {}
    kids, number = [], 10
    for page in pages:
        kids.append(number)
        objects |= _page(page, number)
        number += 10 + len(page.links)
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
    references = " ".join(f"{kid} 0 R" for kid in kids)
    objects[2] = f"<< /Type /Pages /Kids [{references}] /Count {len(kids)} >>".encode()
    for place, name in enumerate(FONTS.values(), 3):
        objects[place] = (
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        ).encode()
    objects[5] = _stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 "
                         "/ColorSpace /DeviceGray /BitsPerComponent 8", b"\x80")  # fmt: skip
    entries = " ".join(f"/{name} ({value})" for name, value in (information or {}).items())
    objects[6] = f"<< {entries} >>".encode("latin-1")
    if encrypted:
        key = "00" * 32
        objects[7] = f"<< /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >>".encode()
    return _file(objects, encrypted=encrypted)


def _page(page: PdfPage, number: int) -> dict[int, bytes]:
    content = list(page.content)
    if page.picture:
        content.append(f"q {page.size[0]} 0 0 {page.size[1]} 0 0 cm /Im Do Q")
    annotations = " ".join(f"{number + 2 + n} 0 R" for n in range(len(page.links)))
    width, height = page.size
    objects = {
        number: (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Rotate {page.turn} "
            f"/Contents {number + 1} 0 R /Annots [{annotations}] /Resources << /Font "
            "<< /F1 3 0 R /F2 4 0 R >> /XObject << /Im 5 0 R >> >> >>"
        ).encode(),
        number + 1: _stream("", "\n".join(content).encode("cp1252")),
    }
    for place, (url, *box) in enumerate(page.links):
        rectangle = " ".join(map(str, box))
        objects[number + 2 + place] = (
            f"<< /Type /Annot /Subtype /Link /Rect [{rectangle}] /A << /S /URI /URI ({url}) >> >>"
        ).encode()
    return objects


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: dict[int, bytes], *, encrypted: bool) -> bytes:
    body = bytearray(b"%PDF-1.4\n")
    places = {}
    for number, value in sorted(objects.items()):
        places[number] = len(body)
        body += f"{number} 0 obj\n".encode() + value + b"\nendobj\n"
    size, start = max(objects) + 1, len(body)
    rows = (
        f"{places[n]:010d} 00000 n \n" if n in places else "0000000000 65535 f \n"
        for n in range(size)
    )
    body += f"xref\n0 {size}\n".encode() + "".join(rows).encode()
    extra = f" /Encrypt 7 0 R /ID [<{'00' * 16}> <{'00' * 16}>]" if encrypted else ""
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R{extra} >>\nstartxref\n{start}\n"
    return bytes(body + trailer.encode() + b"%%EOF\n")
