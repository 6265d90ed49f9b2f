"""PDFs written by hand: each for one thing that reading must get right."""

from __future__ import annotations

from itertools import pairwise

import pytest

import cleaning.pdf.reader
from cleaning.pdf import (
    DAMAGED,
    ENCRYPTED,
    NO_TEXT,
    TOO_LARGE,
    PdfContent,
    PdfProblem,
    read_pdf,
    telling_link_text,
)
from cleaning.pdf.information import iso_date, trusted_author, trusted_title
from demo.web.pdf_file import PdfPage, pdf
from tests.pdf_programs import SENTENCES

URL = "https://rivers.example/files/report.pdf"
LONG = "The parish keeps a list of every spring and well along the valley floor for all"


def read(*pages: PdfPage, **options: dict[str, str]) -> PdfContent:
    return read_pdf(pdf(pages, **options), URL)  # type: ignore[arg-type]


def prose_page() -> PdfPage:
    return PdfPage().lines(72, 700, SENTENCES)


# --- what is not read ---


def problem_of(data: bytes) -> PdfProblem:
    with pytest.raises(PdfProblem) as caught:
        read_pdf(data, URL)
    return caught.value


WHOLE = pdf([prose_page()])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(pdf([prose_page()], encrypted=True), ENCRYPTED, id="password"),
        pytest.param(pdf([PdfPage(picture=True)] * 3), NO_TEXT, id="scan"),
        pytest.param(
            pdf([PdfPage(picture=True).text(72, 30, f"Scan no. {n}") for n in range(9)]),
            NO_TEXT,
            id="scan-with-a-stamp",
        ),
        pytest.param(pdf([PdfPage()]), NO_TEXT, id="empty-page"),
        pytest.param(WHOLE[: len(WHOLE) // 2], DAMAGED, id="cut-in-half"),
        pytest.param(WHOLE[:-7], DAMAGED, id="without-end-mark"),
        pytest.param(b"%PDF-1.4\nnothing of one %%EOF", DAMAGED, id="only-a-head"),
        pytest.param(b"", DAMAGED, id="no-bytes"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    problem = problem_of(data)
    assert problem.reason == reason
    assert problem.details


def test_a_broken_table_of_places_is_mended() -> None:
    assert "every spring" in read_pdf(WHOLE.replace(b"startxref\n", b"startxref\n9"), URL).text


def test_many_pages_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning.pdf.reader, "MAX_PAGES", 2)
    assert problem_of(pdf([prose_page()] * 3)).reason == TOO_LARGE


def test_many_bytes_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning.pdf.reader, "MAX_BYTES", len(WHOLE) - 1)
    assert problem_of(WHOLE).reason == TOO_LARGE


# --- order ---


def test_columns_are_read_one_after_the_other() -> None:
    left = [f"left {n} of a column with words in it" for n in range(8)]
    right = [f"right {n} of a column with words in it" for n in range(8)]
    page = PdfPage().text(72, 760, "A title that runs across both of the columns below it " * 2)
    text = read(page.lines(72, 700, left).lines(330, 697, right)).text
    assert text.index("left 7") < text.index("right 0")
    assert text.index("A title") < text.index("left 0")


def test_what_follows_columns_is_read_after_both() -> None:
    page = PdfPage().lines(72, 700, ["one two three four five six"] * 6)
    page.lines(330, 700, ["seven eight nine ten eleven twelve"] * 5)
    page.text(72, 560, "At last a line that is as wide as both of the columns and their gutter.")
    text = read(page).text
    assert text.rindex("twelve") < text.index("At last")


def test_rows_without_borders_are_a_table() -> None:
    page = PdfPage().text(72, 760, LONG)
    for n, (name, sum_) in enumerate([("Dredging", "1,200"), ("Fords", "80"), ("Wells", "15")]):
        page.text(72, 700 - 16 * n, name).text(300, 700 - 16 * n, sum_)
    content = read(page)
    assert "| Fords | 80 |" in content.markdown
    assert "Fords | 80" in content.text


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    page = PdfPage(turn=turn)
    matrices = {90: "0 1 -1 0 100 72", 180: "-1 0 0 -1 500 700", 270: "0 -1 1 0 100 700"}
    for number, line in enumerate(SENTENCES[:3]):
        words = f"BT /F1 11 Tf 0 {-14 * number} Td ({line}) Tj ET"
        page.content.append(f"q {matrices[turn]} cm {words} Q")
    assert (
        read(page).text == " ".join(SENTENCES[:3])
        or read(page).text.split() == " ".join(SENTENCES[:3]).split()
    )


# --- running heads and feet ---


def running(pages: int, foot: str = "Page {n}") -> list[PdfPage]:
    return [
        prose_page()
        .text(72, 810, "Valley Water Panel")
        .text(480, 810, "Spring 2019")
        .text(280, 30, foot.format(n=n))
        for n in range(3, 3 + pages)
    ]


@pytest.mark.parametrize("foot", ["Page {n}", "{n}", "- {n} -", "{n} of 40"])
def test_running_lines_go(foot: str) -> None:
    text = read(*running(5, foot)).text
    assert "Valley Water Panel" not in text
    assert "Spring 2019" not in text
    assert not any(line.strip("- Pageof0123456789") == "" for line in text.split("\n") if line)
    assert text.count(SENTENCES[0]) == 5


def test_lines_that_count_otherwise_stay() -> None:
    pages = [prose_page().text(72, 810, f"Table {n}") for n in (1, 4, 5)]
    assert "Table 1" in read(*pages).text


def test_titles_of_slides_stay_though_they_come_back() -> None:
    pages = [
        PdfPage().text(72, 790, title, 28).lines(72, 700, SENTENCES[n : n + 2], 12)
        for n, title in enumerate(["Levels", "Levels", "Levels", "Costs", "People"])
    ]
    assert read(*pages).text.count("Levels") == 3


# --- lines and paragraphs ---


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("the neigh-", "bours wrote it down", "the neighbours wrote"),
        ("there was co-", "production in it", "was co-production in"),
        ("a self-", "help group met", "a self-help group"),
        ("the mill-", "pond froze, and the mill-pond stayed", "the mill-pond froze"),
        ("Smith-", "Jones came", "Smith-Jones"),
        ("see https://rivers.example/a/", "b/c.html for more", "https://rivers.example/a/b/c.html"),
        ("see https://rivers.example/a", "and more", "rivers.example/a and"),
    ],
)
def test_line_ends_are_joined(first: str, second: str, joined: str) -> None:
    filler = "and so this line is filled to its end with words until here comes "
    width = 60
    lines = [(filler * 3)[: width - len(first) - 1].rsplit(" ", 1)[0] + " " + first, second]
    assert joined in read(PdfPage().lines(72, 700, [LONG[:40], *lines])).text


def test_paragraphs_are_told_by_gaps_and_by_indents() -> None:
    page = PdfPage().lines(72, 700, [LONG, LONG, "and it ends here."])
    page.lines(72, 640, [LONG, "and the second ends."])
    page.text(92, 640 - 2 * 13.2, LONG[:-4]).text(72, 640 - 3 * 13.2, LONG)
    assert len(read(page).text.split("\n\n")) == 3


def test_lines_that_were_ended_stay_lines() -> None:
    page = PdfPage().text(72, 760, LONG).lines(72, 700, ["Dilys Marrow", "@rivers", "#Water"])
    content = read(page)
    assert "Dilys Marrow\n@rivers\n#Water" in content.text
    assert "Dilys Marrow  \n@rivers  \n#Water" in content.markdown


def test_headings_by_size_and_weight() -> None:
    page = PdfPage().text(72, 780, "Water for all", 24).text(72, 740, "How it began", 16)
    page.lines(72, 710, [LONG, LONG, "so it is."])
    page.text(72, 650, "A bold line", 11, "F2").lines(72, 630, [LONG, LONG, "so it was."])
    lines = read(page).markdown.split("\n")
    assert [line for line in lines if line.startswith("#")] == [
        "# Water for all",
        "## How it began",
        "### A bold line",
    ]


def test_lists_nest_and_run_on() -> None:
    page = PdfPage().lines(72, 760, [LONG])
    for y, x, mark, words in (
        (700, 72, "\x95", "A map with fords"),
        (686, 92, "\x96", "on paper, and it is as long as a line of text can be, so that it is"),
        (672, 107, "", "continued below"),
        (658, 72, "\x95", "Two people"),
    ):
        page.text(x, y, mark.encode("latin-1").decode("cp1252"))
        page.text(x + (15 if mark else 0), y, words)
    markdown = read(page).markdown
    assert "- A map with fords\n  - on paper" in markdown
    assert "so that it is continued below\n- Two people" in markdown


# --- tables and links ---


def test_blank_cells_and_spans_stay_blank() -> None:
    page = PdfPage().text(72, 760, LONG)
    page.grid([72, 172, 272, 372], [640, 660, 680])
    page.line(72, 700, 372, 700).line(72, 680, 72, 700).line(372, 680, 372, 700)
    page.line(272, 680, 272, 700)
    page.text(76, 685, "done to").text(276, 685, "done with")
    page.text(76, 665, "fences").text(176, 665, "notices").text(276, 665, "walks")
    page.text(76, 645, "a | b").text(276, 645, "x")
    content = read(page)
    assert content.tables == 1
    assert (
        "| done to |  | done with |\n| --- | --- | --- |\n"
        "| fences | notices | walks |\n| a \\| b |  | x |"
    ) in content.markdown


def test_a_frame_around_text_is_no_table() -> None:
    page = prose_page().grid([60, 560], [600, 720])
    content = read(page)
    assert content.tables == 0
    assert SENTENCES[0] in content.text


def test_links_have_their_words_and_addresses() -> None:
    page = prose_page().text(72, 500, "See the guide or write to bank@rivers.example.")
    page.text(72, 400, "Online: www.rivers.example/a_b.")
    page.links.append(("https://rivers.example/guide", 91, 495, 134, 515))
    page.links.append(("https://rivers.example/logo", 400, 100, 500, 200))
    page.links.append(("javascript:alert(1)", 400, 10, 500, 20))
    found = [(link.text, link.url) for link in read(page).links]
    assert found == [
        ("the guide", "https://rivers.example/guide"),
        ("bank@rivers.example", "mailto:bank@rivers.example"),
        ("www.rivers.example/a_b", "http://www.rivers.example/a_b"),
        ("", "https://rivers.example/logo"),
    ]


def test_pages_are_anchors_in_markdown_only() -> None:
    content = read(prose_page(), PdfPage(), prose_page())
    assert content.pages == 3
    places = [content.markdown.index(f'<a id="page-{n}"></a>') for n in (1, 2, 3)]
    assert all(one < other for one, other in pairwise(places))
    assert "page-" not in content.text
    assert "\ue0fe" not in content.text + content.markdown


# --- document information ---

PAGE_TEXT = "Water and neighbours. A review of the year."


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Water and neighbours", "Water and neighbours"),
        ("A review of shared upkeep in the valley", "A review of shared upkeep in the valley"),
        ("Water", "Water"),
        ("Other", None),
        ("Microsoft Word - draft.doc", None),
        ("Microsoft PowerPoint - talk", None),
        ("minutes_final.docx", None),
        ("PowerPoint Presentation", None),
        ("Slide 1", None),
        ("untitled", None),
        ("report", None),
        ("Poster 2018v2", None),
        ("2019", None),
        ("", None),
    ],
)
def test_titles_are_trusted_where_they_are_titles(title: str, expected: str | None) -> None:
    assert trusted_title({"Title": title}, PAGE_TEXT, URL) == expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Dilys Marrow", "Dilys Marrow"),
        ("The Rivers Network", "The Rivers Network"),
        ("dmarrow", None),
        ("dilys.marrow", None),
        ("user", None),
        ("Administrator", None),
        ("Microsoft Office User", None),
        ("dm@rivers.example", None),
        ("", None),
    ],
)
def test_authors_are_trusted_where_they_are_names(author: str, expected: str | None) -> None:
    assert trusted_author({"Author": author}) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("D:20190703101500+01'00'", "2019-07-03T10:15:00+01:00"),
        ("D:20190703101500Z", "2019-07-03T10:15:00Z"),
        ("D:20190703101500", "2019-07-03T10:15:00"),
        ("D:201907", "2019-07"),
        ("D:19700101000000Z", None),
        ("D:20191399", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_dates_of_the_information(raw: str | None, expected: str | None) -> None:
    assert iso_date(raw) == expected


def test_information_and_what_stands_in_for_it() -> None:
    page = prose_page().text(72, 780, "Water for all", 24)
    made = {"Title": "Microsoft Word - a.doc", "Author": "user", "CreationDate": "D:20190703"}
    content = read(page, information=made)
    assert (content.title, content.title_from) == ("Water for all", "text")
    assert content.author is None
    assert (content.created, content.modified) == ("2019-07-03", None)
    trusted = read(page, information={"Title": "Water for all"})
    assert trusted.title_from == "information"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our river review", "Our river review"),
        ("here", None),
        ("Click here to download (PDF, 38 KB)", None),
        ("report.pdf", None),
        (None, None),
    ],
)
def test_words_of_links_that_name_a_pdf(text: str | None, expected: str | None) -> None:
    assert telling_link_text(text) == expected
