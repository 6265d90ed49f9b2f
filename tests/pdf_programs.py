"""PDFs made by real programs while the tests run: LibreOffice, Chromium and groff.

The sources are our own invented texts. Where a program is missing, its document is None, and the
tests of it are skipped. Debian's packages: libreoffice-writer-nogui, libreoffice-impress-nogui,
chromium, groff; poppler-utils for the comparison with `pdftotext`.
"""

from __future__ import annotations

import shutil
import subprocess
from html import escape
from pathlib import Path

LIMIT = 120
"""Seconds after which a program is taken to hang."""

SENTENCES = (
    "The parish keeps a list of every spring, well and ford along the valley floor.",
    "Neighbours walk the bank each month and write down what they find, however small.",
    "A council engineer reads the notes beside them, and both decide what is mended first.",
    "Nobody is asked for an opinion on a plan that has already been signed elsewhere.",
    "Where a footbridge is closed, the people who used it say what a detour costs them.",
    "Self-help groups and co-production panels share one budget and one public ledger.",
    "Flooding does not wait for a committee, so the panel may spend small sums at once.",
)


def prose(start: int, count: int) -> str:
    """`count` sentences, a different order for each `start`."""
    return " ".join(SENTENCES[(start + 3 * n) % len(SENTENCES)] for n in range(count))


# --- Chromium: a report with a head and a foot on every page, columns, lists and tables ---

REPORT_TITLE = "Water and neighbours: a review of shared upkeep"
REPORT = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{REPORT_TITLE}</title>
<style>
body {{ font: 11pt serif; }} .columns {{ columns: 2; text-align: justify; hyphens: auto; }}
td, th {{ border: 1px solid black; padding: 4px; vertical-align: top; }}
table {{ border-collapse: collapse; }} h2 {{ break-before: page; }}
</style></head><body>
<h1>{REPORT_TITLE}</h1>
<p>{prose(0, 4)} See <a href="https://rivers.example/guide">the guide for walkers</a>, or write to
<a href="mailto:bank@rivers.example">bank@rivers.example</a>.</p>
<h3>What a walk needs</h3>
<ul><li>A map with <b>numbered fords</b></li><li>Two people who know the path
<ul><li>one from upstream</li><li>one from downstream</li></ul></li><li>{prose(1, 2)}</li></ul>
<ol><li>Measure the depth.</li><li>Write it down.</li></ol>
<h2>Left and right of the weir</h2>
<div class="columns"><p>ALPHABEGIN {prose(2, 14)} ALPHAEND</p>
<p>OMEGABEGIN {prose(4, 14)} OMEGAEND</p></div>
<p>After both columns, one line runs across the page again: {prose(5, 2)}</p>
<h2>Who pays for what</h2>
<table><tr><th>Work</th><th colspan="2">Share of the cost</th><th>Remark</th></tr>
<tr><td></td><td>parish</td><td>county</td><td></td></tr>
<tr><td>Dredging the mill pond below the weir, once in five years</td><td>20</td><td>80</td>
<td>subject to a survey | or two</td></tr>
<tr><td>Footbridges</td><td>50</td><td>50</td><td></td></tr></table>
<p>{prose(6, 3)}</p>
</body></html>
"""


def chromium_report(folder: Path) -> Path | None:
    """The report, printed by Chromium with its own head (date, title) and foot (address, page)."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return None
    source, result = folder / "report.html", folder / "report.pdf"
    source.write_text(REPORT, encoding="utf-8")
    profile = f"--user-data-dir={folder / 'profile'}"
    switches = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", profile]
    _run([program, *switches, f"--print-to-pdf={result}", source.as_uri()])
    return result if result.exists() else None


# --- groff: a paper of two columns, hyphenated, with a running head ---

PAPER_TITLE = "Ledgers of the Commons"


def paper() -> str:
    """The source of the paper, for groff's ms macros and tbl."""
    body = "\n".join(
        f".NH\nPart {name}\n.PP\nBEGIN{name} {prose(n, 9)}\n.PP\n{prose(n + 2, 9)} END{name}"
        for n, name in enumerate(("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX"))
    )
    rows = "Ford|Depth|Walkers\nUpper|12|Ines, Tom\nLower||nobody\nMill|40|Siân\n"
    return (
        f".TL\n{PAPER_TITLE}\n.AU\nRhiannon Tansy\n.AB\n{prose(1, 3)}\n.AE\n"
        ".ds LH Commons Quarterly\n.ds CH\n.ds RH Vol. 7\n.ds CF Page %\n.P1\n.2C\n"
        f"{body}\n.1C\n.SH\nA table\n.LP\n.TS\nallbox tab(|);\nl n l.\n{rows}.TE\n.LP\n"
        f".IP \\(bu 2\nfirst thing\n.IP \\(bu 2\nsecond thing\n.LP\n{prose(3, 2)}\n"
    )


def groff_paper(folder: Path) -> Path | None:
    """The paper; None also where groff has no macros (Debian's groff-base)."""
    if shutil.which("groff") is None or shutil.which("tbl") is None:
        return None
    source, result = folder / "paper.ms", folder / "paper.pdf"
    source.write_text(paper(), encoding="utf-8")
    done = _run(["groff", "-Tpdf", "-t", "-Kutf8", "-ms", str(source)])
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        return None
    result.write_bytes(done.stdout)
    return result


# --- LibreOffice: a slide deck (Impress) and minutes (Writer), as flat XML ---

NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
        "meta": "meta",
    }.items()
)
NAMESPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
NAMESPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'

MEMBERSHIP = "https://rivers.example/membership/walkers-and-wardens/individual-membership/"
SPECTRUM = [
    ["done to", "", "done for", "", "", "done with"],
    ["order shelter", "advice", "notice", "hearing", "walks", "shared ledger wardens"],
    ["fences", "leaflets", "a board", "surveys", "open days", "joint budgets"],
]
"""The first row's cells span two, three and one columns."""
SPANS = [2, 0, 3, 0, 0, 1]
OFFERS = [
    ["What is it?", "What for?", "Cost?"],
    ["Walks in spring and autumn", "To learn the bank", "Free"],
    ["Membership", "To join in", f"Free (join with online form) {MEMBERSHIP}"],
]


def _span(style: str, text: str, link: str | None = None) -> str:
    words = escape(text)
    if link:
        words = f'<text:a xlink:type="simple" xlink:href="{link}">{words}</text:a>'
    return f'<text:p><text:span text:style-name="{style}">{words}</text:span></text:p>'


def _frame(x: float, y: float, width: float, height: float, *paragraphs: str) -> str:
    """A text box; centimetres from the upper left."""
    return (
        f'<draw:frame draw:style-name="G" svg:x="{x}cm" svg:y="{y}cm" svg:width="{width}cm" '
        f'svg:height="{height}cm"><draw:text-box>{"".join(paragraphs)}</draw:text-box></draw:frame>'
    )


def _table(rows: list[list[str]], spans: list[int] | None, y: float, width: float) -> str:
    columns = f'<table:table-column table:style-name="K{len(rows[0])}"/>' * len(rows[0])
    lines = []
    for number, row in enumerate(rows):
        cells = []
        for place, words in enumerate(row):
            span = spans[place] if spans and number == 0 else 1
            kind = "table:table-cell" if span else "table:covered-table-cell"
            wide = f' table:number-columns-spanned="{span}"' if span > 1 else ""
            cells.append(f'<{kind} table:style-name="C"{wide}>{_span("S", words)}</{kind}>')
        lines.append(f'<table:table-row table:style-name="R">{"".join(cells)}</table:table-row>')
    return (
        f'<draw:frame svg:x="1.5cm" svg:y="{y}cm" svg:width="{width}cm" svg:height="6cm">'
        f"<table:table>{columns}{''.join(lines)}</table:table></draw:frame>"
    )


def _slides() -> list[str]:
    title = _frame(
        2, 2, 24, 3, _span("T", "Rivers we share"), _span("H", "How a valley looks after its water")
    )
    people = _frame(
        2, 9, 14, 4, _span("S", "Dilys Marrow"), _span("S", "The Rivers Network"),
        _span("S", "@riversnetwork"), _span("S", "#RiverLearning"),
    )  # fmt: skip
    meaning = (
        _frame(1.5, 0.8, 24, 2, _span("H", "What sharing means"))
        + _frame(1.5, 4, 25, 3, _span("B", prose(0, 2)))
        + _frame(1.5, 13, 25, 1, _span("B", "Pawb wrth yr afon / Everyone at the river"))
    )
    values = _frame(1.5, 0.8, 24, 2, _span("H", "3 values of shared rivers"))
    for place, words in enumerate(
        (
            "Value all who live there, and build on what they know.",
            "Open the books to upstream and downstream.",
            "Do what matters to those who get wet feet.",
        )
    ):
        values += _frame(1.5 + 8.5 * place, 6, 7, 3, _span("B", words))
    contact = (
        _frame(1.5, 0.8, 24, 2, _span("H", "Rivers Network is..."))
        + _frame(1.5, 4, 25, 2, _span("B", "afonydd.example | rivers.example", "https://rivers.example/"))
        + _frame(1.5, 7, 25, 2, _span("B", "Enquiries? hello@rivers.example"))
    )  # fmt: skip
    heading = "A spectrum of sharing"
    return [
        title + people,
        meaning,
        _frame(1.5, 0.8, 24, 2, _span("H", heading)) + _table(SPECTRUM, SPANS, 4, 24),
        values,
        _frame(1.5, 0.8, 24, 2, _span("H", "What you can join")) + _table(OFFERS, None, 4, 18),
        contact,
    ]


def deck() -> str:
    """The slides as a flat OpenDocument presentation."""
    fonts = {"T": ("36pt", "bold"), "H": ("26pt", "bold"), "B": ("16pt", "normal")}
    fonts["S"] = ("14pt", "normal")
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties '
        f'fo:font-size="{size}" fo:font-weight="{weight}"/></style:style>'
        for name, (size, weight) in fonts.items()
    )
    pages = "".join(
        f'<draw:page draw:name="s{n}" draw:master-page-name="M">{slide}</draw:page>'
        for n, slide in enumerate(_slides(), 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.presentation"><office:meta>'
        "<dc:title>Rivers we share</dc:title><meta:initial-creator>Dilys Marrow"
        "</meta:initial-creator><dc:creator>Dilys Marrow</dc:creator></office:meta>"
        f"<office:automatic-styles>{styles}"
        '<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="28cm" '
        'fo:page-height="15.75cm" style:print-orientation="landscape"/></style:page-layout>'
        '<style:style style:name="G" style:family="graphic"><style:graphic-properties '
        'draw:stroke="none" draw:fill="none"/></style:style>'
        '<style:style style:name="K6" style:family="table-column"><style:table-column-properties '
        'style:column-width="4cm"/></style:style>'
        '<style:style style:name="K3" style:family="table-column"><style:table-column-properties '
        'style:column-width="6cm"/></style:style>'
        '<style:style style:name="C" style:family="table-cell"><style:graphic-properties '
        'draw:fill="none"/><style:paragraph-properties fo:border="1pt solid #000000"/>'
        "</style:style></office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="M" style:page-layout-name="L"/></office:master-styles>'
        f"<office:body><office:presentation>{pages}</office:presentation></office:body>"
        "</office:document>"
    )


def minutes() -> str:
    """Minutes as a flat OpenDocument text: head, foot with page numbers, a section of columns."""
    parts = "".join(
        f"<text:h text:outline-level='1' text:style-name='H1'>Item {n}: {name}</text:h>"
        f"<text:p text:style-name='P'>{prose(n, 8)}</text:p>"
        f"<text:p text:style-name='P'>{prose(n + 3, 9)}</text:p>"
        for n, name in enumerate(("bridges", "wells", "the ledger", "the mill", "the weir"), 1)
    )
    columns = (
        '<text:section text:name="two" text:style-name="TWO">'
        f"<text:p text:style-name='P'>FIRSTCOLUMN {prose(1, 9)}</text:p>"
        f"<text:p text:style-name='P'>{prose(2, 9)} LASTCOLUMN</text:p></text:section>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:meta>'
        "<dc:title>Microsoft Word - minutes_final.doc</dc:title><meta:initial-creator>user"
        "</meta:initial-creator><dc:creator>user</dc:creator></office:meta>"
        "<office:automatic-styles>"
        '<style:style style:name="H1" style:family="paragraph"><style:paragraph-properties '
        'fo:margin-top="0.5cm" fo:margin-bottom="0.2cm"/><style:text-properties '
        'fo:font-size="16pt" fo:font-weight="bold"/></style:style>'
        '<style:style style:name="TT" style:family="paragraph"><style:text-properties '
        'fo:font-size="24pt"/></style:style>'
        '<style:style style:name="P" style:family="paragraph"><style:paragraph-properties '
        'fo:margin-bottom="0.3cm"/><style:text-properties fo:font-size="11pt"/></style:style>'
        '<style:style style:name="TWO" style:family="section"><style:section-properties>'
        '<style:columns fo:column-count="2" fo:column-gap="0.8cm"/></style:section-properties>'
        '</style:style><style:page-layout style:name="L"><style:page-layout-properties '
        'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/><style:header-style/>'
        "<style:footer-style/></style:page-layout></office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Standard" style:page-layout-name="L">'
        "<style:header><text:p>Valley Water Panel, minutes</text:p></style:header>"
        "<style:footer><text:p>Page <text:page-number>1</text:page-number> of "
        "<text:page-count>4</text:page-count></text:p></style:footer></style:master-page>"
        "</office:master-styles><office:body><office:text>"
        "<text:p text:style-name='TT'>Minutes of the spring meeting</text:p>"
        f"<text:p text:style-name='P'>By Rhiannon Tansy</text:p>{parts}{columns}"
        f"<text:h text:outline-level='1' text:style-name='H1'>Close</text:h>"
        f"<text:p text:style-name='P'>{prose(6, 4)}</text:p>"
        "</office:text></office:body></office:document>"
    )


def libreoffice_files(folder: Path) -> tuple[Path | None, Path | None]:
    """(deck, minutes) as LibreOffice writes them."""
    if shutil.which("soffice") is None:
        return None, None
    (folder / "deck.fodp").write_text(deck(), encoding="utf-8")
    (folder / "minutes.fodt").write_text(minutes(), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    sources = [str(folder / "deck.fodp"), str(folder / "minutes.fodt")]
    _run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *sources]
    )
    made = folder / "deck.pdf", folder / "minutes.pdf"
    return (made[0] if made[0].exists() else None, made[1] if made[1].exists() else None)


def _run(command: list[str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, capture_output=True, timeout=LIMIT, check=False)
