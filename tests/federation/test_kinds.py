"""The kinds of things that are said elsewhere, each shown as something one can read and answer."""

import pytest

from speak.identity.models import Actor
from speak.voice.models import Post
from tests import makers
from tests.federation.far import PUBLIC, Document, FarServer, create, note

pytestmark = pytest.mark.django_db


def kept(far: FarServer, dora: Actor, document: Document) -> Post:
    """What remains of a document here."""
    assert far.post(dora, create(document)).status == 202
    return Post.objects.get(uri=document["id"])


@pytest.fixture
def heard(alice: Actor, dora: Actor) -> Actor:
    """Dora, whom Alice follows."""
    makers.follows(alice, dora)
    return dora


def test_an_article_has_a_title(far: FarServer, heard: Actor) -> None:
    post = kept(far, heard, note(heard, type="Article", name="On <b>bread</b>", summary="<p>Teaser</p>"))
    assert (post.kind, post.title, post.summary, post.is_sensitive) == ("Article", "On bread", "", False)


def test_a_page_shows_its_title_and_what_it_is_about(far: FarServer, heard: Actor) -> None:
    """Lemmy: the author beside the community, the link as an attachment."""
    page = note(
        heard,
        type="Page",
        name="A <good> read",
        content=None,
        attributedTo=[heard.uri, {"type": "Group", "id": "https://far.example/c/books"}],
        attachment=[{"type": "Link", "href": "https://paper.example/1"}],
        cc=["https://far.example/c/books"],
    )
    assert far.post(heard, create(page, actor=heard.uri)).status == 202
    post = Post.objects.get(uri=page["id"])
    assert (post.kind, post.title) == ("Note", "")
    assert "<strong>A &lt;good&gt; read</strong>" in post.html or "<strong>A read</strong>" in post.html
    assert 'href="https://paper.example/1"' in post.html


def test_a_video_shows_its_title_its_words_and_where_it_is(far: FarServer, heard: Actor) -> None:
    """PeerTube: many addresses, words in Markdown, the channel beside the person."""
    video = note(
        heard,
        type="Video",
        name="A walk",
        mediaType="text/markdown",
        content="First **line**\nsecond <line>",
        url=[
            {"type": "Link", "mediaType": "text/html", "href": "https://far.example/w/1"},
            {"type": "Link", "mediaType": "video/mp4", "href": "https://far.example/1.mp4"},
        ],
        attributedTo=[{"type": "Group", "id": "https://far.example/channel"}, {"type": "Person", "id": heard.uri}],
    )
    assert far.post(heard, create(video, actor=heard.uri)).status == 202
    post = Post.objects.get(uri=video["id"])
    assert post.url == "https://far.example/w/1"
    assert "<strong>A walk</strong>" in post.html
    assert "First **line**<br>second &lt;line&gt;" in post.html
    assert 'href="https://far.example/w/1"' in post.html


def test_a_sound_shows_its_title_and_is_there_to_be_heard(far: FarServer, heard: Actor) -> None:
    """Funkwhale, Castopod: the file among the addresses, or as the address."""
    url = [{"type": "Link", "mediaType": "audio/mpeg", "href": "https://far.example/1.mp3"}]
    audio = note(heard, type="Audio", name="A song", content="<p>Sung at dawn.</p>", mediaType="audio/mpeg", url=url)
    post = kept(far, heard, audio)
    assert "<strong>A song</strong>" in post.html
    assert "<p>Sung at dawn.</p>" in post.html
    assert [(media.remote_url, media.media_type) for media in post.media.all()] == [
        ("https://far.example/1.mp3", "audio/mpeg")
    ]


def test_an_emoji_that_is_a_picture_elsewhere_is_its_name_here(far: FarServer, heard: Actor) -> None:
    tag = {"type": "Emoji", "name": ":blobcat:", "icon": {"type": "Image", "url": "https://far.example/blobcat.png"}}
    post = kept(far, heard, note(heard, content="<p>Look :blobcat:</p>", tag=[tag]))
    assert post.html == "<p>Look :blobcat:</p>"
    assert not post.media.exists()
    assert not post.tags.exists()


def test_an_event_shows_when_and_where(far: FarServer, heard: Actor) -> None:
    event = note(
        heard,
        type="Event",
        name="Harbor day",
        startTime="2026-06-01T10:00:00+02:00",
        location={"type": "Place", "name": "The quay"},
    )
    post = kept(far, heard, event)
    assert "<strong>Harbor day</strong>" in post.html
    assert "2026-06-01 08:00 UTC, The quay" in post.html


def test_an_image_is_shown_with_its_words(far: FarServer, heard: Actor) -> None:
    image = note(heard, type="Image", name="A quay", mediaType="image/jpeg", url="https://far.example/q.jpg")
    post = kept(far, heard, image)
    assert [(media.remote_url, media.media_type) for media in post.media.all()] == [
        ("https://far.example/q.jpg", "image/jpeg")
    ]


def test_pictures_come_in_many_writings(far: FarServer, heard: Actor) -> None:
    attachment = [
        {"type": "Document", "mediaType": "image/webp", "url": "https://far.example/1", "width": 10, "height": 20}
        | {"blurhash": "LEHV6nWB2yk8pyo0adR*.7kCMdnj", "focalPoint": [0.5, -1]},
        {"type": "Image", "url": [{"type": "Link", "href": "https://far.example/2.png"}], "summary": "Two"},
        {"type": "Video", "url": {"href": "https://far.example/3.mp4", "mediaType": "video/mp4"}},
        {"type": "Document", "mediaType": "application/pdf", "url": "https://far.example/4.pdf"},
        {"type": "Image", "url": "javascript:alert(1)"},
        "https://far.example/5.jpg",
        None,
        7,
    ]
    post = kept(far, heard, note(heard, attachment=attachment))
    assert [(media.remote_url[-5:], media.media_type) for media in post.media.all()] == [
        ("ple/1", "image/webp"),
        ("2.png", "image/png"),
        ("3.mp4", "video/mp4"),
        ("5.jpg", "image/jpeg"),
    ]
    first, second, *_ = post.media.all()
    assert (first.width, first.height, second.description) == (10, 20, "Two")
    assert (first.blurhash, first.focus_x, first.focus_y) == ("LEHV6nWB2yk8pyo0adR*.7kCMdnj", 0.5, -1)


@pytest.mark.parametrize("point", [None, 0.5, [0.5], [0.5, 2], ["0.5", "0.5"], [0.1, 0.2, 0.3]])
@pytest.mark.parametrize("colors", [None, 7, "LEHV6", "~" * 101, "<script>"])
def test_a_picture_whose_colors_and_point_make_no_sense_is_shown_without(
    far: FarServer, heard: Actor, point: object, colors: object
) -> None:
    odd = {"type": "Image", "url": "https://far.example/1.png", "focalPoint": point, "blurhash": colors}
    media = kept(far, heard, note(heard, attachment=[odd])).media.get()
    assert (media.blurhash, media.focus_x, media.focus_y) == ("", 0, 0)


def test_words_in_several_languages_are_read_in_the_one_that_is_shown(far: FarServer, heard: Actor) -> None:
    both = {"en": "<p>Bread</p>", "de": "<p>Brot</p>"}
    post = kept(far, heard, note(heard, content="<p>Brot</p>", contentMap=both))
    assert (post.html, post.language) == ("<p>Brot</p>", "de")
    post = kept(far, heard, note(heard, "2", content=None, contentMap=both, nameMap={"en": ["x"]}))
    assert (post.html, post.language) == ("<p>Bread</p>", "en")


def test_addresses_of_the_activity_count_where_the_object_has_none(far: FarServer, heard: Actor) -> None:
    document = note(heard, to=None, cc=None)
    assert far.post(heard, create(document, to=PUBLIC)).status == 202
    assert Post.objects.get(uri=document["id"]).is_open


@pytest.mark.parametrize(
    ("picture", "shown"),
    [
        ('<img src="https://far.example/1.png" alt="A &lt;quiet&gt; harbor">', ">A &lt;quiet&gt; harbor</a>"),
        ("<IMG alt='A harbor' src='https://far.example/1.png'/>", 'href="https://far.example/1.png"'),
        ('<img class="wp-emoji" alt=":)" src="https://far.example/s.png">', "one :) two"),
        ('<img src="https://far.example/1.png">', "one  two"),
        ('<img src="https://far.example/attached.png" alt="Seen below">', "one  two"),
        ('<img src="javascript:alert(1)" alt="A harbor">', "one A harbor two"),
    ],
)
def test_a_picture_within_words_is_told_and_not_fetched(far: FarServer, heard: Actor, picture: str, shown: str) -> None:
    attached = {"type": "Image", "url": "https://far.example/attached.png"}
    post = kept(far, heard, note(heard, content=f"<p>one {picture} two</p>", attachment=attached))
    assert shown in post.html
    assert "<img" not in post.html


def test_what_is_attached_and_no_picture_is_linked(far: FarServer, heard: Actor) -> None:
    attached = [
        {"type": "Link", "href": "https://paper.example/1", "name": "The & paper"},
        {"type": "Document", "url": "https://far.example/plan.txt"},
        {"type": "Link", "href": "https://known.example/"},
        {"type": "Link", "href": "payto://iban/DE75512108001245126199", "name": "Donate"},
        {"type": "Note", "content": "Nothing to link to."},
    ]
    words = '<p>See <a href="https://known.example/">this</a>.</p>'
    post = kept(far, heard, note(heard, content=words, attachment=attached))
    assert '<a href="https://paper.example/1" rel="nofollow noopener noreferrer">The &amp; paper</a>' in post.html
    assert 'href="https://far.example/plan.txt"' in post.html
    assert post.html.count("known.example") == 1
    assert "payto" not in post.html


def test_a_warning_is_words_alone(far: FarServer, heard: Actor) -> None:
    post = kept(far, heard, note(heard, summary="<p>Loud</p><script>alert('hi');</script><style>p{}</style> music"))
    assert post.summary == "Loud music"
