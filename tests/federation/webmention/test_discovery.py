"""3.1.2: the sender discovers the receiver's Webmention endpoint."""

import pytest

from speak.federation.webmention.discovery import NoAnswer, find_endpoint, linked
from speak.kernel.errors import TooMuch
from speak.kernel.outbound import AddressRefused, Answer, OutboundFailure, TooBig
from tests.fakes import FakeOutbound

from .site import PAGE, SITE, html

FOUND = f"{SITE}/webmention"


def found(answer: Answer, target: str = PAGE) -> str:
    return find_endpoint(target, ask=FakeOutbound({target: answer}).ask)


@pytest.mark.parametrize(
    "header",
    [
        f"<{FOUND}>; rel=webmention",
        f'<{FOUND}>; rel="webmention"',
        "</webmention>; rel=webmention",
        f'<{FOUND}>; rel="webmention somethingelse"',
        f'<{FOUND}>; rel="other webmention"; title="x; y, z"',
        f"<{FOUND}>; REL=WebMention",
        f'<{SITE}/other>; rel="other", <{FOUND}>; rel="webmention"',
        f'<{SITE}/x,y;z>; rel="a", <{FOUND}>; rel="webmention"',
        f"<{FOUND}>; rel=webmention, <{SITE}/second>; rel=webmention",
    ],
)
def test_3_1_2_it_must_check_for_a_link_header(header: str) -> None:
    assert found(html("<p>No links.</p>", link=header)) == FOUND


@pytest.mark.parametrize(
    "body",
    [
        '<link href="/webmention" rel="webmention">',
        '<link rel="webmention" href="https://site.example/webmention" />',
        '<a href="/webmention" rel="webmention">here</a>',
        '<link rel="other webmention" href="/webmention">',
        "<link rel=WEBMENTION href=/webmention>",
        '<!-- <link rel="webmention" href="/error"> --><a rel="webmention" href="/webmention">x</a>',
        "<p>&lt;link rel='webmention' href='/error'&gt;</p><link rel='webmention' href='/webmention'>",
        '<a rel="webmention">no address</a><a rel="webmention" href="/webmention">x</a>',
        '<link rel="webmentions" href="/error"><a rel="webmention" href="/webmention">x</a>',
        '<link rel="not-webmention" href="/error"><a rel="webmention" href="/webmention">x</a>',
        '<a href="/webmention" rel="webmention">first</a><link rel="webmention" href="/second">',
    ],
)
def test_3_1_2_it_must_look_for_link_and_a_elements_in_the_order_of_the_document(body: str) -> None:
    assert found(html(body)) == FOUND


def test_3_1_2_a_link_header_comes_before_elements() -> None:
    assert found(html('<link rel="webmention" href="/error">', link="</webmention>; rel=webmention")) == FOUND


def test_3_1_2_elements_are_looked_for_in_html_only() -> None:
    body = b'<link rel="webmention" href="/webmention">'
    assert found(Answer(200, body, headers={"content-type": "text/plain"})) == ""
    assert found(Answer(200, body, headers={"content-type": "application/xhtml+xml"})) == FOUND


def test_3_1_2_it_must_resolve_a_relative_endpoint_against_where_the_page_was_found_in_the_end() -> None:
    moved = html('<link rel="webmention" href="../webmention?at=1">', url="https://moved.example/a/b/c")
    assert found(moved) == "https://moved.example/a/webmention?at=1"
    based = html('<base href="https://based.example/x/"><link rel="webmention" href="in">')
    assert found(based) == "https://based.example/x/in"


def test_3_1_2_an_empty_address_is_the_page_itself() -> None:
    assert found(html('<link rel="webmention" href="">')) == PAGE


def test_3_1_2_the_query_string_must_be_preserved() -> None:
    assert found(html('<link rel="webmention" href="/webmention?a=b&amp;c=d">')) == f"{FOUND}?a=b&c=d"


def test_3_1_2_a_page_without_one_has_none() -> None:
    assert found(html("<p>Nothing.</p>")) == ""
    assert found(html('<link rel="webmention" href="mailto:me@site.example">')) == ""
    assert linked("nonsense <<<>>>", rel="webmention") is None


def test_3_1_2_of_what_is_too_large_only_the_header_is_asked_for() -> None:
    outbound = FakeOutbound()
    head = Answer(200, headers={"link": f"<{FOUND}>; rel=webmention"})

    def answer(call: object, *, sign: object = None) -> Answer:
        method = getattr(call, "method", "")
        if method == "GET":
            raise TooBig("large")
        return head

    assert find_endpoint(PAGE, ask=answer) == FOUND
    assert not outbound.calls


def test_3_1_2_what_cannot_be_had_is_a_failure_that_says_whether_to_try_again() -> None:
    with pytest.raises(NoAnswer) as gone:
        found(html("", status=404))
    assert gone.value.permanent
    with pytest.raises(NoAnswer) as ill:
        found(html("", status=503))
    assert not ill.value.permanent
    with pytest.raises(OutboundFailure):
        find_endpoint(PAGE, ask=FakeOutbound({PAGE: AddressRefused("127.0.0.1")}).ask)


def test_a_page_made_to_hurt_costs_nothing() -> None:
    with pytest.raises(TooMuch):
        found(html("<b>" * 200_000))
    with pytest.raises(TooMuch):
        found(html("<div>" * 900))
    assert linked("<" * 100_000, rel="webmention") is None
    assert linked('<a>; rel="' + "\\" * 8000, rel="webmention") is None
