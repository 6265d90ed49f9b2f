"""Hints make phrases fast to find, and change nothing about what is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaning.spam import offers, pointers
from cleaning.spam.hints import Phrases, Saying
from cleaning.spam.labelled import read_labelled
from cleaning.spam.rules import RULES, held_rules
from cleaning.spam.view import SeenComment, look_at

LABELLED = Path(__file__).parents[3] / "shared" / "spam" / "dev.jsonl.gz"
PHRASES = {
    f"{name} {number}": saying
    for module in (offers, pointers)
    for name, phrases in vars(module).items()
    if isinstance(phrases, Phrases)
    for number, saying in enumerate(phrases.sayings)
}

# One text for every saying that a text can match in more than one spelling or order.
SAID = (
    "cheap canadian pharmacies: buy generic xanax online, cialis for you and viagra for him",
    "hydroxychloroquine without a prescription. buy amoxicillin. discount steroids for sale",
    "free slots, online casinos and a betting site, togel, slot gacor",
    "escorts in town, call girls service, live sex cams, pornhub, adult dating",
    "a spellcaster, powerful love spells, herbal healer, witchdoctor, cured me of it",
    "get your ex husband to come back soon. he brought back my lover",
    "he came back to me, we are reunited with joy, he begged me, it restored my marriage",
    "blank atm cards, cloned credit card, hire a hacker, hackers: me@x.example, hacking services",
    "fake driver's licence and counterfeit money, registered passports",
    "payday loans, loan offer, make $500 daily, binary options, get rich, crypto recovery",
    "essay writing, real instagram followers, seo tools, backlinks for free, web design company",
    "publish a guest post, ranking on google, traffic to your blog",
    "our agency has the best and cheapest products. best hr training in leeds",
    "customer care number 0800 111 2222 33. tollfree number 01632960001. toll-free 01632960001",
    "leather jackets, locksmiths, plumbers in hull, lowest rates, for sale, free shipping, buy now",
    "promo codes, crack key, download full version, купить дом, доставкой на дом",
    "my testimony, my life has changed, changed my life, testifying about it, my heart is filled"
    " with joy, thanks to dr bo, i am so happy to share, contact me by email",
    "apply now via email, contact her today on whatsapp, whatsapp me +44 1632 960001,"
    " details on how to get it, for more enquiries please call",
    "click this link, more information please visit, visit our web-site, see my webpage, also"
    " visiting, feel free to surf, here is myself, look at my web blog",
    "check out my websites: weblog, this web-page, your web site, blog owner, rss feed, bookmarked",
    "my homepage :: http://a.example",
)


def seen(text: str) -> SeenComment:
    return look_at(text, None, None, (), "")


def found_without_hints(comment: SeenComment) -> set[str]:
    return {name for name, saying in PHRASES.items() if saying.find(comment.text)}


def found(comment: SeenComment) -> set[str]:
    return {
        name
        for name, saying in PHRASES.items()
        if Phrases(saying).are_in(comment.text, comment.hinted)
    }


@pytest.mark.parametrize("text", SAID, ids=[text[:20] for text in SAID])
def test_what_is_said_is_hinted_at(text: str) -> None:
    comment = seen(text)
    assert found(comment) == found_without_hints(comment) != set()


def test_nearly_every_saying_is_said_above() -> None:
    said = {name for text in SAID for name in found_without_hints(seen(text))}
    assert len(PHRASES) > 80
    assert len(said) > 0.85 * len(PHRASES), sorted(set(PHRASES) - said)


def test_hints_change_nothing_on_labelled_comments() -> None:
    if not LABELLED.is_file():
        pytest.skip("the labelled comments are not beside the repository (../shared/spam)")
    comments = [comment.seen for comment in read_labelled(LABELLED)]
    told = [(found(comment), found_without_hints(comment)) for comment in comments]
    assert sum(len(without) for _, without in told) > 1000
    assert [one for one in told if one[0] != one[1]] == []


def test_rules_are_left_out_only_where_they_cannot_hold() -> None:
    if not LABELLED.is_file():
        pytest.skip("the labelled comments are not beside the repository (../shared/spam)")
    for comment in (one.seen for one in read_labelled(LABELLED)[::3]):
        assert held_rules(comment) == [rule for rule in RULES if rule.holds(comment)]


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("green tea is good", True),
        ("the tea was green", False),
        ("evergreen tea", False),
        ("teas, green", False),
    ],
)
def test_a_saying_needs_all_of_its_parts(text: str, is_there: bool) -> None:
    tea = Phrases(Saying(r"\bgreen teas?\b", "tea|teas", "green", literal="en te"))
    comment = seen(text)
    assert tea.are_in(text, comment.hinted) is is_there
