"""What the judge may cost and must catch: pinned, so that a change of rules or weights shows here.

Lowering a number here needs a reason in the commit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from cleaning.spam import OF_THE_SITE, Verdict, is_telling, judge_comment, reasons
from cleaning.spam.labelled import LabelledComment, read_labelled

SHARED = Path(__file__).parents[3] / "shared"
LABELLED = SHARED / "spam" / "dev.jsonl.gz"
SEED = SHARED / "seeds" / "5_blogger_post_with_spam.txt"
HOST = "www.dyffrynvoices.example"

SAMPLED = 3  # every third comment of the file
HAM_LOST = 0
SPAM_CAUGHT = 340


def judge(
    text: str,
    author: str | None = None,
    author_url: str | None = None,
    links: Sequence[str] = (),
    *,
    is_pingback: bool = False,
) -> Verdict:
    return judge_comment(
        text,
        author=author,
        author_url=author_url,
        links=links,
        page_host=HOST,
        is_pingback=is_pingback,
    )


def judge_labelled(comment: LabelledComment) -> Verdict:
    return judge_comment(
        comment.text,
        author=comment.author,
        author_url=comment.author_url,
        links=comment.links,
        page_host=comment.page_host,
        is_pingback=comment.is_pingback,
    )


@pytest.fixture(scope="module")
def sample() -> list[tuple[LabelledComment, Verdict]]:
    if not LABELLED.is_file():
        pytest.skip("the labelled comments are not beside the repository (../shared/spam)")
    return [(one, judge_labelled(one)) for one in read_labelled(LABELLED)[::SAMPLED]]


def test_ham_lost_over_a_fixed_sample(sample: list[tuple[LabelledComment, Verdict]]) -> None:
    """The model was trained on these: what is pinned is that nothing gets worse unseen."""
    lost = [one.source for one, verdict in sample if verdict.is_spam and not one.is_spam]
    caught = sum(verdict.is_spam for one, verdict in sample if one.is_spam)
    assert len(lost) <= HAM_LOST, lost
    assert caught >= SPAM_CAUGHT


def test_no_welsh_comment_is_lost() -> None:
    if not LABELLED.is_file():
        pytest.skip("the labelled comments are not beside the repository (../shared/spam)")
    welsh = [one for one in read_labelled(LABELLED) if one.language == "cy" and not one.is_spam]
    assert len(welsh) >= 30
    assert [one.source for one in welsh if judge_labelled(one).band != "clean"] == []


REFERENCE = {
    "mantra": (
        "Reverence to the swami who sits in the crown chakra of every seeker, before this pupil"
        " writes one more line of his text. For more info visit: Lotus",
        "Pupil",
        reasons.DEVOTION,
    ),
    "card": (
        "GET RICH IN THREE DAYS. I met these people while I looked for a job, and their PROGRAMMED"
        " BLANK ATM CARD can hack any machine in the world. It has changed my life, I take $20,000"
        " a day and no camera sees me. For details on how to get yours email the hackers:"
        " blankcards@easy.example. Once more, the address is blankcards@easy.example",
        "Rich Man",
        reasons.CRIME,
    ),
}


@pytest.mark.parametrize(("text", "author", "reason"), REFERENCE.values(), ids=REFERENCE)
def test_comments_like_those_of_reference_page_5(text: str, author: str, reason: str) -> None:
    verdict = judge(text, author)
    assert verdict.band == "quarantined", verdict
    assert reason in verdict.reasons


def test_the_comments_of_reference_page_5() -> None:
    if not SEED.is_file():
        pytest.skip("the reference texts are not beside the repository (../shared/seeds)")
    below = SEED.read_text(encoding="utf-8").split("comments:", 1)[1]
    texts = re.findall(r"^\s+\d\. (.+?)\n\s*ReplyDelete", below, re.MULTILINE | re.DOTALL)
    verdicts = [judge(text) for text in texts]
    assert [verdict.band for verdict in verdicts] == ["quarantined"] * 2
    assert reasons.DEVOTION in verdicts[0].reasons
    assert reasons.CRIME in verdicts[1].reasons


KEPT = {
    "welsh-thanks": ("Diolch o galon i bawb fu'n helpu gyda'r prosiect, roedd yn wych!", "Gwenno"),
    "welsh-and-english": (
        "Llongyfarchiadau! Great to see the Welsh version out as well, da iawn chi gyd.",
        "Rhys ap Dafydd",
    ),
    "phone-of-a-group": (
        "The stroke club meets in the chapel hall on Fridays at 2pm. New members are very"
        " welcome, please call Dilys on 01632 960147 for a lift.",
        "Dilys",
    ),
    "council-report": (
        "The council published its review here, the figures on page 9 are worth a look.",
        "Ceri",
        None,
        ("https://democracy.dyffryn.gov.uk/documents/s1234/Review-of-day-services.pdf",),
    ),
    "pounds": (
        "We started with £500 from the community council and a loan of £1,200 from the credit"
        " union, and paid it all back within the year.",
        "Eirlys",
    ),
    "own-site-of-the-organisation": (
        "Thank you for writing about us. We have put the toolkit online for free on our website.",
        "Arfon Advocacy",
        "https://arfonadvocacy.example/",
        ("https://arfonadvocacy.example/toolkit",),
    ),
    "mail-of-a-researcher": (
        "I am studying citizens' panels for my thesis and would love to talk to people who sat on"
        " one. Please email me at l.hughes@prifysgol.example if you can spare half an hour.",
        "Lowri Hughes",
    ),
    "medicine": (
        "When I left hospital nobody had written down my sertraline and the pharmacy could not"
        " help until Monday. Being asked what matters to you would have saved a week.",
        "anon",
    ),
    "praise": (
        "What a lovely article, thank you for sharing, it made me think of my nan.",
        "Shan",
    ),
    "video": (
        "Here is the talk from the conference: https://www.youtube.com/watch?v=abcdefghijk",
        "Ioan",
        None,
        ("https://www.youtube.com/watch?v=abcdefghijk",),
    ),
    "angry": ("THIS IS A DISGRACE!!! They closed our day centre and NOBODY asked us.", "Mal"),
    "blogger-profile": (
        "We did something like this in Galway, happy to compare notes.",
        "Aoife",
        "https://www.blogger.com/profile/01234567890123456789",
    ),
    "wikipedia": (
        "Elinor Ostrom coined the word.",
        "Bob",
        None,
        ("https://en.wikipedia.org/wiki/Elinor_Ostrom",),
    ),
    "training": (
        "Do you offer the best practice training in Cardiff as well? We would come as a team.",
        "Day services team",
    ),
}


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT)
def test_tricky_comment_is_kept(case: tuple[str, str | None]) -> None:
    verdict = judge(*case)
    assert verdict.band != "quarantined", verdict


def test_answer_by_the_author_with_his_own_site_is_kept() -> None:
    verdict = judge_comment(
        "Thanks! Visit my website for more information, and buy the book online: best price there.",
        author="Emyr",
        author_url="https://emyr-writes.example/books/buy-online",
        links=("https://emyr-writes.example/shop/",),
        page_host=HOST,
        is_by_author=True,
    )
    assert verdict.band == "clean"


OFFER = "Buy cheap viagra online, generic cialis without a prescription, visit our pharmacy today"


def test_the_sites_own_people_are_kept() -> None:
    assert judge(OFFER, "Bo", "https://bo.example/").band == "quarantined"
    own = judge(OFFER, "Bo", f"https://{HOST}/about")
    assert own.band == "suspect"
    assert OF_THE_SITE in own.reasons


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("pills.example", True),
        ("pills.wordpress.com", True),
        ("pills.blogspot.com", True),
        ("www.youtube.com", False),
        ("m.facebook.com", False),
        ("en.wikipedia.org", False),
        ("www.dyffryn.gov.uk", False),
        ("prifysgol.ac.uk", False),
        ("bit.ly", False),
    ],
)
def test_hosts_that_tell_where_they_repeat(host: str, expected: bool) -> None:
    assert is_telling(host) is expected


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("cheap viagra online", ()),
        ("https://cheap-viagra-casino.example/buy", ("https://cheap-viagra-casino.example/buy",)),
        ("best casino https://best-casino.top/", ("https://best-casino.top/",)),
    ],
    ids=["three-words", "bare-link", "two-words-and-link"],
)
def test_little_text_is_suspect_at_the_most(text: str, links: tuple[str, ...]) -> None:
    verdict = judge(text, "cheap pills", "https://cheap-pills.example/buy-viagra-online", links)
    assert verdict.band == "suspect", verdict


PINGBACK = "[…] gardens that feed a street. More in this week's notes from the valley […]"
CITING = "https://cheapdeals-seo.top/2019/07/notes-from-the-valley-best-company-in-town/"


def test_a_pingback_is_judged_by_its_excerpt() -> None:
    kept = judge(PINGBACK, "weekly notes of the valley", CITING, is_pingback=True)
    assert kept.band != "quarantined"
    assert judge(f"[…] {OFFER} […]", "Pills", CITING, is_pingback=True).band == "quarantined"


IN_OTHER_LANGUAGES = {
    "arabic": "شكرا على هذا المقال، لقد جربنا الفكرة نفسها في حينا ونجحت",
    "bulgarian": "Благодаря за статията, при нас в квартала правим същото.",
    "chinese": "谢谢分享，我们社区也有类似的项目，希望能多交流。",
    "dutch": "Mooi verhaal, in onze wijk proberen we hetzelfde met de bewoners.",
    "french": "Merci pour cet article, nous avons essayé la même chose dans notre quartier.",
    "german": "Danke für den Bericht, bei uns im Viertel läuft ein ähnliches Vorhaben.",
    "greek": "Ευχαριστώ για το άρθρο, το ίδιο κάνουμε και στη γειτονιά μας.",
    "hindi": "इस लेख के लिए धन्यवाद, हमारे मोहल्ले में भी ऐसा ही काम हो रहा है।",
    "indonesian": "Terima kasih atas tulisannya, di kampung kami juga ada kegiatan seperti ini.",
    "irish": "Go raibh maith agat as an alt seo, táimid ag déanamh an rud céanna anseo.",
    "italian": "Grazie per l'articolo, nel nostro quartiere facciamo la stessa cosa.",
    "japanese": "記事をありがとうございます。私たちの町でも同じ取り組みをしています。",
    "polish": "Dziękuję za artykuł, u nas na osiedlu robimy coś podobnego.",
    "portuguese": "Obrigada pelo artigo, no nosso bairro fazemos a mesma coisa.",
    "russian": "Спасибо за статью, мы в нашем дворе делаем то же самое.",
    "spanish": "Gracias por el artículo, en nuestro barrio hacemos lo mismo.",
    "turkish": "Yazı için teşekkürler, bizim mahallede de aynısını yapıyoruz.",
    "urdu": "اس مضمون کا شکریہ، ہمارے محلے میں بھی یہی کام ہو رہا ہے۔",
    "welsh": "Diolch am yr erthygl, rydyn ni'n gwneud yr un peth yn ein pentref ni.",
}


@pytest.mark.parametrize("text", IN_OTHER_LANGUAGES.values(), ids=IN_OTHER_LANGUAGES)
def test_a_language_decides_nothing(text: str) -> None:
    assert judge(text, "A. N.").band == "clean"
    # Nor does it with a link of one's own.
    site = "https://barrio.example/"
    assert judge(text, "A. N.", site, (site,)).band != "quarantined"
