"""Threads in themes that nobody has seen: structure alone has to do.

The shapes are those of real software, the class names, words and people are invented.
"""

import time
from collections.abc import Callable

import pytest

from cleaning.dates import read_date
from cleaning.reader.threads.words import is_button, is_removal_notice, read_name
from tests.cleaning.shown import Shown, shown

POST = """<article><h1>Beans</h1><p class="qq">1 May 2021 by Ada Quill</p>
<p>We dug the whole plot over with the neighbours and planted three rows of beans there.</p>
</article>"""
FORM = "<form><h3>Leave a comment</h3><textarea name='t'></textarea></form>"


def page_with(body: str) -> str:
    return f"<html lang='en'><body>{POST}<section>{body}</section>{FORM}</body></html>"


def read(body: str) -> list[Shown]:
    return shown(page_with(body))


def item(name: str, day: int, text: str, inside: str = "", button: str = "Reply") -> str:
    """A comment in a theme whose classes say nothing."""
    return f"""<div class="zx1"><img src="/a/{day}.png" alt=""><div class="k7"><b><a
rel="nofollow ugc" href="https://{name.lower()}.example/">{name}</a></b>
<span class="t9">{day} May 2021 at 10:3{day} am</span></div><div class="m4">{text}</div>
<a class="r2" href="#">{button}</a>{inside}</div>"""


LONG = "<p>The soil by the wall is far too wet.</p><p>See <a href='/plan'>the plan</a>.</p>"
ROWS = item("Gwen", 2, LONG, f"<div class='sub'>{item('Hefin', 3, '<p>Try peas there.</p>')}</div>")
LAST = item("Mair", 4, "<p>Thanks, all of you!</p>")
UNNAMED = f"<h2>3 Comments</h2><div class='l0'>{ROWS}{LAST}</div>"
LINES = """<h2>Responses (3)</h2><ul><li><p><strong>Gwen</strong> wrote on 2 May 2021 at 10:32 am:
</p><p>The soil by the wall is far too wet.</p><p>See <a href="/plan">the plan</a>.</p>
<p><a href="#">Reply</a></p><ul><li><p><strong>Hefin</strong> wrote on 3 May 2021 at 10:33 am:</p>
<p>Try peas there.</p><p><a href="#">Reply</a></p></li></ul></li><li><p><strong>Mair</strong>
wrote on 4 May 2021 at 10:34 am:</p><p>Thanks, all of you!</p><p><a href="#">Reply</a></p></li>
</ul>"""
BESIDE = """<h3>3 replies</h3><ol><li><i>Gwen</i> <small>2 May 2021 at 10:32 am</small>
<div><p>The soil by the wall is far too wet.</p><p>See <a href="/plan">the plan</a>.</p></div>
<a href="#">Reply</a></li><ul><li><i>Hefin</i> <small>3 May 2021 at 10:33 am</small><div>
<p>Try peas there.</p></div><a href="#">Reply</a></li></ul><li><i>Mair</i>
<small>4 May 2021 at 10:34 am</small><div><p>Thanks, all of you!</p></div><a href="#">Reply</a></li>
</ol>"""
THREAD = """<div itemscope itemtype="https://schema.org/Comment" id="c-{n}"><span itemprop="author"
itemscope><span itemprop="name">{who}</span></span> <meta itemprop="x"><time
itemprop="dateCreated" datetime="2021-05-0{n}T10:3{n}:00Z">{n}/5/21</time>
<div itemprop="text">{text}</div><button>Vote</button>{inside}</div>"""
MICRODATA = THREAD.format(
    n=2,
    who="Gwen",
    text=LONG,
    inside=THREAD.format(n=3, who="Hefin", text="<p>Try peas there.</p>", inside=""),
) + THREAD.format(n=4, who="Mair", text="<p>Thanks, all of you!</p>", inside="")
FLAT = "".join(
    f"""<div class="post-row level-{depth}" data-comment-id="{n}" data-author="{who}"><div
class="who"><em>Member</em> <span>{who}</span></div><div class="said">{text}</div><div class="foot">
<span title="2021-05-0{n}T10:3{n}:00+00:00">ages ago</span> <a>Quote</a> <a>Report</a></div>
</div>"""
    for n, depth, who, text in (
        (2, 1, "Gwen", LONG),
        (3, 2, "Hefin", "<p>Try peas there.</p>"),
        (4, 1, "Mair", "<p>Thanks, all of you!</p>"),
    )
)


@pytest.mark.parametrize(
    "page",
    [UNNAMED, LINES, BESIDE, MICRODATA, FLAT],
    ids=["unnamed", "lines", "beside", "microdata", "flat"],
)
def test_thread(page: str) -> None:
    found = read(page)
    assert [post.author for post in found] == ["Gwen", "Hefin", "Mair"]
    assert [post.text for post in found] == [
        "The soil by the wall is far too wet. See the plan.",
        "Try peas there.",
        "Thanks, all of you!",
    ]
    assert [post.parent for post in found] == [None, 0, None]
    dates = [read_date(post.published or "", timezone="UTC", languages=("en",)) for post in found]
    assert [d.value.strftime("%d %H:%M") if d else None for d in dates] == [
        *("02 10:32", "03 10:33", "04 10:34"),
    ]


def test_links_of_authors() -> None:
    assert [post.author_url for post in read(UNNAMED)] == [
        *("https://gwen.example/", "https://hefin.example/", "https://mair.example/"),
    ]


@pytest.mark.parametrize(
    "label",
    [
        *("Reply", "ReplyDelete", "Reply to Gwen", "Antworten", "Auf Gwen antworten", "Zitieren"),
        *("Répondre", "Signaler", "Responder", "Responder a Gwen", "Eliminar", "Rispondi"),
        *("Ateb", "Dileu", "Meddai", "Beantwoorden", "Svar", "Svara", "Odpowiedz"),
        *(
            "says:",
            "sagt:",
            "schrieb am",
            "dit :",
            "dice:",
            "dijo...",
            "Permalink",
            "Like",
            "Gefällt mir",
        ),
        *("Share", "Edit", "Report abuse", "3 likes", "#12", "|", "↓", "返信", "Ответить", "الرد"),
    ],
)
def test_buttons_are_no_text(label: str) -> None:
    assert is_button(label)
    rows = item("Gwen", 2, LONG, button=label) + item("Mair", 4, "<p>Yes.</p>", button="x1 y2")
    found = read(f"<h3>2 comments</h3><div>{rows}</div>")
    assert found[0].text == "The soil by the wall is far too wet. See the plan."


@pytest.mark.parametrize(
    "text",
    ["I like it", "Reply by Friday, please.", "Teilen wir das Beet?", "👍", "Thanks", "Link wall"],
)
def test_words_are_no_buttons(text: str) -> None:
    assert not is_button(text)
    found = read(f"<h3>2 comments</h3><div>{item('Gwen', 2, f'<p>{text}</p>')}{LAST}</div>")
    assert found[0].text == text


def test_a_button_word_inside_a_sentence_stays() -> None:
    text = "<p>Press <a href='/r'>Reply</a> or <b>Like</b>, as you wish.</p>"
    found = read(f"<h3>2 comments</h3><div>{item('Gwen', 2, text)}{LAST}</div>")
    assert found[0].text == "Press Reply or Like, as you wish."


def test_a_label_in_no_list_of_words_is_known_by_its_repetition() -> None:
    texts = {"Gwen": "Peas need netting.", "Hefin": "So do mine.", "Mair": "Ask the pigeons."}
    rows = "".join(
        item(name, day, f"<p>{text}</p>", button="Hakuna jibu")
        for day, (name, text) in enumerate(texts.items(), start=2)
    )
    found = read(f"<h3>3 comments</h3><div>{rows}</div>")
    assert [post.text for post in found] == list(texts.values())


def test_what_most_of_them_say_is_no_label() -> None:
    rows = "".join(item(name, 2, "<p>Thanks!</p>") for name in ("Gwen", "Hefin", "Mair"))
    found = read(f"<h3>3 comments</h3><div>{rows}</div>")
    assert [post.text for post in found] == ["Thanks!"] * 3


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ann Example", "Ann Example"),
        ("Added by Ann Example", "Ann Example"),
        ("By Ann Example on", "Ann Example"),
        ("Ann Example says:", "Ann Example"),
        ("Ann schrieb am", "Ann"),
        ("Escrito por Ana", "Ana"),
        ("Publié par Anne le", "Anne"),
        ("Meddai Ann", "Meddai Ann"),
        ("De Vries", "De Vries"),
        ("von Beispiel", "Beispiel"),
        ("AM", "AM"),
        ("Libby", "Libby"),
        ("Ann S.", "Ann S."),
        ("says:", None),
        ("Reply", None),
        ("#12", None),
    ],
)
def test_names(line: str, name: str | None) -> None:
    assert read_name(line) == name


@pytest.mark.parametrize(
    ("text", "is_notice"),
    [
        ("This comment has been removed by the author.", True),
        ("[deleted]", True),
        ("Dieser Kommentar wurde vom Autor entfernt.", True),
        ("Ce commentaire a été supprimé.", True),
        ("Este comentario ha sido eliminado por el autor.", True),
        ("My comment was deleted, why?", False),
        ("This comment has been removed twice now; " + "I ask why. " * 12, False),
    ],
)
def test_removal_notices(text: str, is_notice: bool) -> None:
    assert is_removal_notice(text) == is_notice


def test_a_removed_comment_keeps_its_place() -> None:
    notice = "<p>This comment has been removed by the author.</p>"
    inside = f"<div>{item('Hefin', 3, '<p>Try peas there.</p>')}</div>"
    found = read(f"<h3>3 comments</h3><div>{item('Gwen', 2, notice, inside)}{LAST}</div>")
    assert [post.is_deleted for post in found] == [True, False, False]
    assert found[0].text == "" and found[1].parent == 0


def test_pingbacks_and_the_author_of_the_page() -> None:
    ping = '<li class="q1">Pingback: <a rel="nofollow" href="https://b.example/">Beans | B</a></li>'
    rows = "".join(
        f"<li class='q1'><cite>{who}</cite> <em>{badge}</em><time datetime='2021-05-0{n}'>{n} May"
        f"</time><p>Row {n} of mine.</p><a>Ateb</a></li>"
        for n, who, badge in ((2, "Gwen", ""), (3, "Ada Quill", "Author"))
    )
    found = read(f"<h3>3 comments</h3><ol>{rows}{ping}</ol>")
    assert [post.is_pingback for post in found] == [False, False, True]
    assert [post.is_by_author for post in found] == [False, True, False]
    assert (found[2].author, found[2].author_url) == ("Beans | B", "https://b.example/")
    assert [post.text for post in found] == ["Row 2 of mine.", "Row 3 of mine.", "Beans | B"]


JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{
"@type": "DiscussionForumPosting", "commentCount": 3, "comment": [
{"@type": "Comment", "@id": "https://a.example/#c2", "author": {"@type": "Person", "name": "Gwen",
"url": "https://gwen.example/"}, "dateCreated": "2021-05-02T10:32:00Z",
"text": "Too wet & cold.\\n\\nSee <the plan>.", "comment": [{"@type": "Comment",
"author": "Hefin", "datePublished": "2021-05-03", "text": "Try peas there."}]},
{"@type": "Comment", "author": [{"name": "Mair", "url": "javascript:x()"}], "text": "Thanks!"},
{"@type": "Comment", "author": {"name": "Nobody"}}]}]}</script>"""


def test_json_ld() -> None:
    found = read(JSON_LD)
    assert [post.author for post in found] == ["Gwen", "Hefin", "Mair"]
    assert [post.author_url for post in found] == ["https://gwen.example/", None, None]
    assert [post.published for post in found] == ["2021-05-02T10:32:00Z", "2021-05-03", None]
    assert [post.parent for post in found] == [None, 0, None]
    assert found[0].text == "Too wet & cold. See <the plan>."


def test_shown_comments_are_completed_from_json_ld() -> None:
    script = """<script type="application/ld+json">{"comment": {"@type": "Comment",
    "text": "Thanks, all of you!", "author": {"name": "M"},
    "dateCreated": "2021-05-04T10:34:00Z"}}</script>"""
    found = read(UNNAMED + script)
    assert [post.author for post in found] == ["Gwen", "Hefin", "Mair"]
    assert found[2].published == "2021-05-04T10:34:00Z"


@pytest.mark.parametrize(
    "source",
    [
        *('{"comment": ', '{"comment": [1, null, {"text": 3}]}', "null", '{"comment": "no"}'),
        "[" * 5000,
    ],
    ids=["cut", "odd", "null", "text", "deep"],
)
def test_broken_json_ld_is_no_comment(source: str) -> None:
    assert read(f"<script type='application/ld+json'>{source}</script>") == []


CARDS = "".join(
    f"<div class='card'><h3><a href='/2021/0{n}/'>A day with beans</a></h3>"
    f"<span>by Ada Quill</span> <time datetime='2021-0{n}-01'>1 May</time>"
    f"<p>We dug the whole plot over, all {n} of us.</p></div>"
    for n in range(1, 6)
)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<div id='disqus_thread'><noscript>Please enable JavaScript to view the comments powered by"
        " Disqus.</noscript></div><script src='https://x.disqus.com/embed.js'></script>",
        "<div class='fb-comments' data-href='https://a.example/' data-numposts='5'></div>",
        "<div id='comments'><h2>Comments</h2><p>No comments yet.</p></div>",
        f"<h2>More</h2>{CARDS}",
        "<h2>3 Comments</h2><p>Comments are closed.</p>",
        "<h2>Recent comments</h2><ul>" + "<li>Gwen on <a href='/b/'>Beans</a></li>" * 3 + "</ul>",
        "<table>"
        + "".join(f"<tr><td>{n} May 2021</td><td>Open day {n} at the hall</td></tr>" for n in "123")
        + "</table>",
    ],
    ids=["none", "disqus", "facebook", "empty", "cards", "closed", "recent", "events"],
)
def test_pages_that_show_no_comments(body: str) -> None:
    assert read(body) == []


def test_old_definition_lists() -> None:
    rows = "".join(
        f"<dt>{who} said...</dt><dd><p>Row {n} of mine.</p></dd><dd>{n} May 2021 10:30</dd>"
        for n, who in ((2, "Gwen"), (3, "Hefin"), (4, "Mair"))
    )
    found = read(f"<h4>3 comments:</h4><dl>{rows}</dl>")
    assert [(post.author, post.text) for post in found] == [
        ("Gwen", "Row 2 of mine."),
        ("Hefin", "Row 3 of mine."),
        ("Mair", "Row 4 of mine."),
    ]


def _flat(count: int) -> str:
    return "".join(item("Gwen", 2, f"<p>Row {n}</p>") for n in range(count))


def _deep(count: int) -> str:
    page = ""
    for n in range(count):
        page = item("Gwen", 2, f"<p>Row {n}</p>", f"<div>{page}</div>")
    return page


@pytest.mark.parametrize(("page", "count"), [(_flat, 1600), (_deep, 400)], ids=["flat", "deep"])
def test_time_grows_with_the_page(page: Callable[[int], str], count: int) -> None:
    def seconds(size: int) -> float:
        text = f"<h2>{size} comments</h2><div>{page(size)}</div>"
        start = time.process_time()
        assert len(read(text)) == size
        return time.process_time() - start

    # Quadratic work would take 64 times as long for 8 times the comments.
    assert seconds(count) < 25 * max(seconds(count // 8), 0.05)
