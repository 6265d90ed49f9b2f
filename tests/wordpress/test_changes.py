"""What a test changes in the real WordPress is served, undone by a reset, and ended at the end."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from .processes import ServerError, is_listening
from .reader import as_text, fetch
from .site import CLASSIC_THEME, RealWordPress, missing, real_wordpress
from .truth import Post, read_gmt


def test_a_closed_rest_api_answers_as_security_plugins_do(
    changing_wordpress: RealWordPress,
) -> None:
    changing_wordpress.set_rest(False)
    closed = fetch(changing_wordpress, "/wp-json/wp/v2/posts")
    page = fetch(changing_wordpress, "/conversation/")
    changing_wordpress.set_rest(True)
    opened = fetch(changing_wordpress, "/wp-json/wp/v2/posts")
    assert (closed.status, closed.json["code"]) == (401, "rest_not_logged_in")
    assert (page.status, opened.status) == (200, 200)


def added_post(site: RealWordPress) -> Post:
    return site.add_post(
        "New & short",
        "<p>Just in.</p>",
        published=datetime(2024, 8, 1, 12, tzinfo=UTC),
        author="gwen",
        tags=("fresh",),
    )


def test_an_added_post_is_served_and_in_the_truth(changing_wordpress: RealWordPress) -> None:
    post = added_post(changing_wordpress)
    answer = fetch(changing_wordpress, f"/wp-json/wp/v2/posts/{post.id}").json
    assert as_text(answer["content"]["rendered"]) == "Just in."
    assert (answer["date"], answer["date_gmt"]) == ("2024-08-01T13:00:00", "2024-08-01T12:00:00")
    assert fetch(changing_wordpress, post.url).status == 200
    assert changing_wordpress.truth.posts[-1] == post


def test_an_edited_post_has_the_new_body_and_a_new_time(changing_wordpress: RealWordPress) -> None:
    before = changing_wordpress.truth.post("listening-is-work")
    after = changing_wordpress.edit_post(before.id, "<p>Rewritten.</p>")
    answer = fetch(changing_wordpress, f"/wp-json/wp/v2/posts/{before.id}").json
    assert as_text(answer["content"]["rendered"]) == "Rewritten."
    assert before.modified is not None
    assert after.modified is not None
    assert after.modified > before.modified
    assert read_gmt(answer["modified_gmt"].replace("T", " ")) == after.modified
    assert changing_wordpress.truth.post("listening-is-work") == after


def test_a_deleted_post_is_gone_with_its_comments(changing_wordpress: RealWordPress) -> None:
    post = changing_wordpress.truth.post("conversation")
    changing_wordpress.delete_post(post.id)
    assert fetch(changing_wordpress, post.url).status == 404
    assert fetch(changing_wordpress, f"/wp-json/wp/v2/posts/{post.id}").status == 404
    assert changing_wordpress.truth.comments_of("conversation") == ()
    assert post not in changing_wordpress.truth.posts


def test_reset_brings_everything_back(wordpress: RealWordPress) -> None:
    before = wordpress.truth
    added_post(wordpress)
    wordpress.delete_post(before.post("conversation").id)
    wordpress.set_rest(False)
    wordpress.use_theme(CLASSIC_THEME)
    wordpress.reset()
    total = fetch(wordpress, "/wp-json/wp/v2/posts").headers["X-WP-Total"]
    assert wordpress.truth == before
    assert total == str(len(before.published_posts))
    assert "wp-block-post" in fetch(wordpress, "/").text


def test_what_wordpress_refuses_is_an_error_with_its_words(wordpress: RealWordPress) -> None:
    with pytest.raises(ServerError, match="There is no post 999999"):
        wordpress.delete_post(999_999)
    with pytest.raises(ServerError, match="There is no theme no-such-theme"):
        wordpress.use_theme("no-such-theme")


@pytest.mark.skipif(missing() is not None, reason=missing() or "")
def test_everything_stops_after_an_exception(roomy_folder: Path) -> None:
    with pytest.raises(KeyError, match="in the block"), real_wordpress(roomy_folder) as site:
        port = int(site.base_url.rpartition(":")[2])
        assert is_listening(port)
        raise KeyError("in the block")
    assert not is_listening(port)
    assert not (roomy_folder / "database.sock").exists()


@pytest.mark.skipif(missing() is not None, reason=missing() or "")
def test_a_path_too_long_for_a_socket_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too long"), real_wordpress(tmp_path / ("long" * 25)):
        pytest.fail("It started.")
