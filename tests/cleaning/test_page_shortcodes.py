"""Shortcodes leave their words; words in brackets stay."""

import pytest

from cleaning.page.shortcodes import strip_shortcodes
from cleaning.writing import read_fragment
from tests.processor_time import processor_time

CODES = [
    ('[vc_row full_width="stretch_row"][vc_column]Bread[/vc_column][/vc_row]', "Bread"),
    ("[vc_row full_width=”stretch_row” el_class=″x″]Bread", "Bread"),
    ('[vc_single_image image="12" img_size="large" /]', ""),
    ('[et_pb_section fb_built="1" _builder_version="4.9"]Soup[/et_pb_section]', "Soup"),
    ('[et_pb_text admin_label="Text" text_font="||||" info="{}"]Soup', "Soup"),
    ('[elementor-template id="123"]', ""),
    ('[fusion_text columns="2"]Tea[/fusion_text]', "Tea"),
    ('[caption id="attachment_1" align="alignnone" width="300"]The hall[/caption]', "The hall"),
    ('[caption id="x" caption="The hall" width="300"]', "The hall"),
    ('[vc_custom_heading text="What it costs"]', "What it costs"),
    ("[gallery]", ""),
    ('[gallery ids="1,2,3" columns="2"]', ""),
    ("[gallery ids=1,2,3]", ""),
    ('[audio mp3="song.mp3"][/audio]', ""),
    ("[embed]https://film.example/1[/embed]", "https://film.example/1"),
    ('[contact-form-7 id="5" title="Write to us"]', ""),
    ('[button link="/join" color=red]Join us[/button]', "Join us"),
    ("[vc_raw_html]JTNDc2NyaXB0JTNF[/vc_raw_html]", ""),
    ("[vc_column_text]", ""),
    # no shortcodes
    ("it [the ward] were [sic] glad", "it [the ward] were [sic] glad"),
    ("of the visit [1]", "of the visit [1]"),
    ("[name of group] should reply", "[name of group] should reply"),
    ("[caption missing]", "[caption missing]"),
    ("[a gallery of your work]", "[a gallery of your work]"),
    ("Dear [first_name],", "Dear [first_name],"),
    ("[mean age = 42]", "[mean age = 42]"),
    ("[OR p=0.03]", "[OR p=0.03]"),
    ("[dd/mm/yyyy]", "[dd/mm/yyyy]"),
    ('[he said "x=1"]', '[he said "x=1"]'),
    ("[x] and [y], list[int]", "[x] and [y], list[int]"),
    ("[…] goes on", "[…] goes on"),
    ("[audio] and [video]", "[audio] and [video]"),
    ("[video]x.mp4[/video] and [embed]", "x.mp4 and [embed]"),
]


@pytest.mark.parametrize(("text", "words"), CODES, ids=[case[0][:40] for case in CODES])
def test_shortcodes(text: str, words: str) -> None:
    assert strip_shortcodes(text).strip() == words
    assert read_fragment(f"<p>{text.replace('<', '&lt;')}</p>", "https://s.example/").text == words


def test_code_that_shows_a_shortcode_keeps_it() -> None:
    body = read_fragment('<p>Write <code>[gallery ids="1"]</code></p><pre>[vc_row a="b"]</pre>', "")
    assert body.text == 'Write [gallery ids="1"]\n\n[vc_row a="b"]'


HOSTILE = ["[" * 30_000, "[a b=" * 9_000, '[a b="' * 9_000, "[/a" * 9_000]


@pytest.mark.parametrize("text", [*HOSTILE, "[vc_a" + ' a="1"' * 9_000])
def test_hostile_brackets_take_no_time(text: str) -> None:
    with processor_time(5):
        strip_shortcodes(text + "]")
