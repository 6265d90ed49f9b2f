"""Bytes and the labels that stand over them: name, text, encoding, charset of the transport."""

import codecs

import pytest

from cleaning.page import decode_html
from cleaning.page.encoding import is_utf8, read_label

WELSH = "Mae grŵp y tŷ yn cwrdd – “bob nos Iau”, meddai’r gŵr o’r ardal."
CHINESE = "邻居们每天中午在旧面包房做饭，镕溪路的喆园也来帮忙。"
HEBREW = "המטבח המשותף נפתח בכל יום חמישי"
SPANISH = "¿Quién asa las castañas después de la reunión?"
FRENCH = "Le café coûte cinq € – “déjà”, dit l’hôte…"
RUSSIAN = "Соседи встречаются по четвергам в старой пекарне."
JAPANESE = "近所の人たちは毎週木曜日に古いパン屋で会います。①髙"
KOREAN = "이웃들은 목요일마다 낡은 빵집에서 만납니다. 똠"


def page(text: str, label: str = "") -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return f"<html><head>{meta}<title>A page</title></head><body><p>{text}</p></body></html>"


DECODED = [
    ("UTF-8 without a label", page(WELSH), "utf-8", None),
    ("UTF-8 under a Latin-1 header", page(WELSH), "utf-8", "iso-8859-1"),
    ("UTF-8 under a Windows-1252 header", page(SPANISH, "utf-8"), "utf-8", "windows-1252"),
    ("UTF-8 under a Latin-1 meta", page(WELSH, "iso-8859-1"), "utf-8", None),
    ("UTF-8 under a gb2312 meta", page(CHINESE, "gb2312"), "utf-8", None),
    ("UTF-8 under a Shift JIS header", page(JAPANESE), "utf-8", "shift_jis"),
    ("UTF-8 under an ASCII header", page(WELSH), "utf-8", "us-ascii"),
    ("gb2312 is GB 18030", page(CHINESE, "gb2312"), "gb18030", None),
    ("GBK", page(CHINESE), "gb18030", "GBK"),
    ("x-gbk", page(CHINESE, "x-gbk"), "gb18030", None),
    ("gb2312 under a Latin-1 header", page(CHINESE, "gb2312"), "gb18030", "ISO-8859-1"),
    ("Big5", page("社區廚房每週四開放"), "big5hkscs", "big5"),
    ("Shift JIS with letters of Windows", page(JAPANESE, "shift_jis"), "cp932", None),
    ("x-sjis", page(JAPANESE), "cp932", "x-sjis"),
    ("EUC-JP", page("木曜日に会います。"), "euc_jp", "euc-jp"),
    ("ISO-2022-JP", page("木曜日に会います。", "iso-2022-jp"), "iso2022_jp", None),
    ("EUC-KR with letters of Windows", page(KOREAN, "euc-kr"), "cp949", None),
    ("ks_c_5601-1987", page(KOREAN), "cp949", "ks_c_5601-1987"),
    ("Windows-1252 under a Latin-1 label", page(FRENCH, "iso-8859-1"), "cp1252", None),
    ("Windows-1252 under an ASCII label", page(FRENCH), "cp1252", "ascii"),
    ("x-cp1252", page(FRENCH), "cp1252", "x-cp1252"),
    ("Windows-1251", page(RUSSIAN, "windows-1251"), "cp1251", None),
    ("Windows-1251 under a Latin-1 header", page(RUSSIAN, "windows-1251"), "cp1251", "latin1"),
    ("x-cp1251", page(RUSSIAN), "cp1251", "x-cp1251"),
    ("KOI8-R", page(RUSSIAN), "koi8-r", "koi8-r"),
    ("x-mac-cyrillic", page(RUSSIAN), "mac-cyrillic", "x-mac-cyrillic"),
    ("Windows-1250", page("Sousedé vaří polévku každý čtvrtek večer"), "cp1250", "windows-1250"),
    ("Windows-1253", page("Οι γείτονες μαγειρεύουν"), "cp1253", "windows-1253"),
    ("Windows-1254", page("Komşular ağır iş yapıyor"), "cp1254", "iso-8859-9"),
    ("Windows-1255", page(HEBREW), "cp1255", "windows-1255"),
    ("Windows-1256", page("الجيران يطبخون معا"), "cp1256", "windows-1256"),
    ("Windows-1257", page("Kaimynai verda sriubą"), "cp1257", "windows-1257"),
    ("Hebrew in logical order", page(HEBREW), "iso8859-8", "iso-8859-8-i"),
    ("Hebrew, logical", page(HEBREW, "logical"), "iso8859-8", None),
    ("Thai", page("เพื่อนบ้านพบกันทุกวันพฤหัส", "tis-620"), "cp874", None),
    ("UTF-16 without a mark", page(WELSH), "utf-16-le", "utf-16"),
    ("UTF-16 without a mark or a label", page(SPANISH), "utf-16-le", None),
    ("UTF-16, the great end first", page(SPANISH), "utf-16-be", "utf-16be"),
    ("UTF-16 that says so in its meta", page(CHINESE, "utf-16"), "utf-16-le", None),
    ("UTF-8 that says UTF-16 in its meta", page(WELSH, "utf-16"), "utf-8", None),
    ("UTF-8 that says UTF-16 in its header", page(WELSH), "utf-8", "utf-16"),
    ("meta behind a long style", f"<style>{'p{}' * 2000}</style>{page(RUSSIAN, 'cp1251')}",
     "cp1251", None),
    ("unknown label", page(WELSH), "utf-8", "x-none-of-these"),
    ("ASCII", page("Plain words"), "ascii", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "encoding", "charset"), [c[1:] for c in DECODED], ids=[c[0] for c in DECODED]
)
def test_decoding(text: str, encoding: str, charset: str | None) -> None:
    assert decode_html(text.encode(encoding), charset) == text


MARKED = [
    (codecs.BOM_UTF8, "utf-8", "iso-8859-1"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16-be", None),
    (codecs.BOM_UTF32_LE, "utf-32-le", None),
]


@pytest.mark.parametrize(("mark", "encoding", "charset"), MARKED)
def test_a_mark_is_believed_before_any_label(
    mark: bytes, encoding: str, charset: str | None
) -> None:
    assert decode_html(mark + page(WELSH).encode(encoding), charset) == page(WELSH)


def test_a_label_under_which_the_bytes_mean_nothing_is_not_believed() -> None:
    assert decode_html(page(RUSSIAN, "windows-1251").encode("cp1251"), "big5") == page(
        RUSSIAN, "windows-1251"
    )


def test_a_piece_in_another_encoding_does_not_spoil_utf8() -> None:
    body = page(WELSH * 100).encode() + b"<p>caf\xe9</p>"
    assert is_utf8(body)
    assert WELSH in decode_html(body, "iso-8859-1")


def test_two_letters_that_could_be_utf8_are_read_by_the_label() -> None:
    assert decode_html("联通".encode("gb18030"), "gb2312") == "联通"


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"\0", b"\0\0\0\0", b"<p>\x80\x81", b"~{", b"\x1b$B"]
)
def test_nothing_raises(body: bytes) -> None:
    assert isinstance(decode_html(body, "no such label"), str)


def test_labels_have_the_names_of_the_standard() -> None:
    labels = {"X-GBK ": "gb18030", "Visual": "iso8859-8", "unicode-1-1-utf-8": "utf-8"}
    assert {label: read_label(label) for label in labels} == labels
