"""PDFs that hang a parser, or grow in it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping

from crawlers import reasons
from tests.hostile.cases.case import Case, Place, always, page
from tests.hostile.server import Answer

PDF = "application/pdf"


def _pdf(objects: Mapping[int, bytes]) -> bytes:
    """A file of these objects; 1 is its catalogue."""
    out, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n"
        for n in range(max(objects) + 1)
    )
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        max(objects) + 1,
        len(out),
    )
    return out + b"xref\n0 %d\n" % (max(objects) + 1) + table + trailer


def _stream(data: bytes, extra: bytes = b"", filters: int = 1) -> bytes:
    for _ in range(filters):
        data = zlib.compress(data, 9)
    names = b"/FlateDecode " * filters
    head = b"<< /Length %d /Filter [%s] %s >>" % (len(data), names, extra)
    return head + b"\nstream\n" + data + b"\nendstream"


FONT = b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >> >>"
CATALOGUE = {
    1: b"<< /Type /Catalog /Pages 2 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " + FONT + b" >>",
}


def stream_bomb() -> bytes:
    """One page whose content unpacks to a gigabyte."""
    blanks = zlib.compressobj(9)
    data = b"".join(blanks.compress(b" " * (1 << 20)) for _ in range(1024)) + blanks.flush()
    head = b"<< /Length %d /Filter /FlateDecode >>" % len(data)
    return _pdf(CATALOGUE | {4: head + b"\nstream\n" + data + b"\nendstream"})


def many_words() -> bytes:
    """One page of a million words on top of each other."""
    return _pdf(CATALOGUE | {4: _stream(b"BT /F1 9 Tf (word ) Tj " * 1_000_000 + b"ET")})


def many_lines() -> bytes:
    """One page of a million drawn lines, as a table has them."""
    lines = b"".join(
        b"%d %d m %d %d l S " % (n % 595, n % 842, (n * 7) % 595, n % 842) for n in range(300_000)
    )
    return _pdf(CATALOGUE | {4: _stream(b"BT /F1 9 Tf 20 20 Td (Table) Tj ET " + lines)})


def page_tree_loop() -> bytes:
    """A tree of pages that is its own child."""
    tree = b"<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 999999999 /Parent 2 0 R >>"
    return _pdf(CATALOGUE | {2: tree, 4: _stream(b"")})


def form_loop() -> bytes:
    """Forms that each draw the next one ten times: 10^12 drawings."""
    forms = {}
    for n in range(10, 22):
        inner = b"/X Do " * 10 if n < 21 else b"BT (x) Tj ET"
        extra = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
        extra += b"/Resources << /XObject << /X %d 0 R >> >>" % min(n + 1, 21)
        forms[n] = _stream(inner, extra)
    one = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /XObject << /X 10 0 R >> >> >>"
    )
    return _pdf(CATALOGUE | forms | {3: one, 4: _stream(b"/X Do")})


def deep_objects() -> bytes:
    """An information dictionary of 100,000 arrays inside each other."""
    return _pdf(CATALOGUE | {4: _stream(b""), 5: b"[" * 100_000 + b"]" * 100_000})


def _linking(**files: Callable[[], bytes]) -> Callable[[Place], Mapping[str, Answer]]:
    def answers(place: Place) -> Mapping[str, Answer]:
        links = "".join(f"<li><a href='/{name}.pdf'>{name}</a></li>" for name in files)
        made = {f"/{name}.pdf": always(make(), PDF) for name, make in files.items()}
        return {"/": always(page("Papers", f"<ul>{links}</ul>")), **made}

    return answers


CASES = (
    Case(
        "pdf_bombs",
        "PDFs that hang or explode a parser",
        "PDFs that unpack to a gigabyte, draw for ever or contain themselves",
        _linking(
            stream_bomb=stream_bomb,
            page_tree_loop=page_tree_loop,
            form_loop=form_loop,
            deep_objects=deep_objects,
        ),
        "exhausted",
        quarantined=(reasons.PDF_NO_TEXT,),
        documents=1,
    ),
    Case(
        "pdf_hangs",
        "PDFs that hang or explode a parser",
        "PDFs of a million words and lines on one page",
        _linking(many_words=many_words, many_lines=many_lines),
        "exhausted",
        quarantined=(reasons.PARSER_TIMEOUT,),
        documents=1,
    ),
)
