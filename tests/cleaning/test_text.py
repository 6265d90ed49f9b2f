import pytest

from cleaning.text import normalise_characters, normalise_text, read_line, strip_tags

NORMALISED = [
    ("nbsp", "a\u00a0b", "a b"),
    ("narrow nbsp before am", "10:54\u202fam", "10:54 am"),
    ("thin spaces", "a\u2009\u200ab", "a b"),
    ("soft hyphen", "co\u00adproduction", "coproduction"),
    ("zero-width space", "co\u200bproduction", "coproduction"),
    ("byte order mark", "\ufeffHello", "Hello"),
    ("NUL and bell", "a\x00b\x07c", "abc"),
    ("tab", "a\tb", "a b"),
    ("carriage returns", "a\r\nb\rc", "a\nb\nc"),
    ("line separator", "a\u2028b", "a\nb"),
    ("blanks around line ends", "a  \n  b", "a\nb"),
    ("many empty lines", "a\n \n\n\n\nb", "a\n\nb"),
    ("runs of blanks", "a     b", "a b"),
    ("NFC", "Caffe\u0301", "Caff\u00e9"),
    ("curly quotes stay", "‘It’s’ “so” – yes", "‘It’s’ “so” – yes"),
    ("half a surrogate pair", "a\ud800b", "ab"),
    ("joined emoji stays", "👩\u200d🔬", "👩\u200d🔬"),
    ("joiner beside Latin goes", "a\u200db", "ab"),
    ("nothing but blanks", " \u00a0\n\t ", ""),
    ("empty", "", ""),
]


@pytest.mark.parametrize(
    ("raw", "expected"), [case[1:] for case in NORMALISED], ids=[case[0] for case in NORMALISED]
)
def test_normalise_text(raw: str, expected: str) -> None:
    assert normalise_text(raw) == expected


@pytest.mark.parametrize("raw", [case[1] for case in NORMALISED])
def test_normalise_text_twice_is_once(raw: str) -> None:
    assert normalise_text(normalise_text(raw)) == normalise_text(raw)


def test_normalise_characters_keeps_the_blanks_of_code() -> None:
    assert normalise_characters("if a:\r\n    b\u00a0= 1") == "if a:\n    b = 1"


LINES = [
    ("entity", "Health &amp; care", "Health & care"),
    ("numeric entity", "What&#8217;s new", "What’s new"),
    ("double-encoded", "What&amp;#8217;s new", "What’s new"),
    ("triple-encoded", "R&amp;amp;amp;D", "R&D"),
    ("bare ampersand", "R&D and AT&T", "R&D and AT&T"),
    ("inline tag inside a word", "Co-<b>pro</b>duction", "Co-production"),
    ("line break", "One<br/>Two", "One Two"),
    ("paragraphs", "<p>One</p><p>Two</p>", "One Two"),
    ("escaped tag is text", "Using &lt;canvas&gt; well", "Using <canvas> well"),
    ("less-than is text", "3 < 4 <3", "3 < 4 <3"),
    ("comment", "a<!-- b -->c", "ac"),
    ("script", "a<script>alert(1)</script>", "a"),
    ("attribute with an angle", '<img alt="a > b">Title', "Title"),
    ("line ends", " A\n long\n\n title ", "A long title"),
    ("soft hyphens", "Gwasanaeth&shy;au", "Gwasanaethau"),
    ("nothing left", "<span> &nbsp; </span>", None),
    ("empty", "", None),
    ("none", None, None),
]


@pytest.mark.parametrize(
    ("raw", "expected"), [case[1:] for case in LINES], ids=[case[0] for case in LINES]
)
def test_read_line(raw: str | None, expected: str | None) -> None:
    assert read_line(raw) == expected


def test_strip_tags_puts_gaps_at_blocks_only() -> None:
    assert strip_tags("<p>a<i>b</i></p><div>c<br>d", gap="|") == "|ab||c|d"


@pytest.mark.parametrize("text", [" " * 3_000_000, "a" + " " * 3_000_000 + "b", " \n" * 500_000])
def test_blanks_without_end_take_no_time_of_their_own(text: str) -> None:
    # Were they read again from each blank, this would take hours.
    assert normalise_text(text) in {"", "a b"}
