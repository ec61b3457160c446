"""Sections 3.3 and 4.2: apps that are known by their address."""

import datetime as dt
import json

import pytest

from speak.clients.models import App
from speak.clients.oauth.sites import is_site, meet
from speak.kernel import clock
from speak.kernel.outbound import AddressRefused, Answer, BadRedirect, TimedOut, TooBig
from tests.fakes import FakeOutbound

from .flow import BACK, CLIENT, met


def document(**members: object) -> Answer:
    said = {"client_id": CLIENT, "client_name": "Quill", "client_uri": CLIENT, "redirect_uris": [], **members}
    return Answer(200, json.dumps(said).encode(), CLIENT, {"content-type": "application/json"})


def page(body: str, **headers: str) -> Answer:
    return Answer(200, body.encode(), CLIENT, {"content-type": "text/html", **headers})


@pytest.mark.parametrize(
    "address",
    [
        "https://app.example/",
        "http://app.example/",
        "https://app.example/a/b?c=d",
        "https://app.example:8443/",
        "http://127.0.0.1/",
        "http://[::1]:8080/",
        "http://localhost:4000/-/indieauth",
    ],
)
def test_3_3_what_an_app_may_be_called_by(address: str) -> None:
    assert is_site(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "app",
        "https://app.example",
        "ftp://app.example/",
        "https:///x",
        "https://app.example/../a",
        "https://app.example/a/./b",
        "https://app.example/a/..",
        "https://app.example/#x",
        "https://me@app.example/",
        "https://me:secret@app.example/",
        "https://10.0.0.1/",
        "https://93.184.216.34/",
        "https://[2001:db8::1]/",
        "https://app.example:port/",
        "https://app.example/a b",
        "https://app.example/" + "x" * 300,
        "https://[bad/",
    ],
)
def test_3_3_what_it_must_not_be_called_by(address: str) -> None:
    assert not is_site(address)


def test_4_2_1_a_document_says_what_it_is_called_and_where_it_may_lead(db: None) -> None:
    app = met(document(redirect_uris=["https://other.example/back", "quill://back", "/relative"]))
    assert (app.name, app.website) == ("Quill", CLIENT)
    for allowed in ("https://other.example/back", "quill://back", "https://app.example/relative", BACK):
        assert app.redirect_uri_allowed(allowed)
    for refused in ("https://other.example/back2", "quill://", "https://other.example/", "quill2://back"):
        assert not app.redirect_uri_allowed(refused)


@pytest.mark.parametrize(
    "answer",
    [
        document(client_id="https://another.example/"),
        document(client_id="https://app.example/other"),
        Answer(200, b"{", CLIENT, {"content-type": "application/json"}),
        Answer(200, b"[]", CLIENT, {"content-type": "application/json"}),
        Answer(200, b"[" * 100_000, CLIENT, {"content-type": "application/json"}),
        Answer(404, b"", CLIENT, {"content-type": "application/json"}),
        page("<b>" * 50_000),
        page("<p class='h-app'>" * 100),
        Answer(200, b"\x89PNG", CLIENT, {"content-type": "image/png"}),
        TimedOut("slow bytes"),
        TooBig("endless"),
        BadRedirect("in a circle"),
        AddressRefused("private"),
    ],
)
def test_4_2_1_what_says_nothing_that_may_be_believed_is_called_by_its_host(
    db: None, answer: Answer | Exception
) -> None:
    app = met(answer)
    assert (app.name, app.website, app.redirect_uris) == ("app.example", CLIENT, "")


def test_4_2_1_a_page_elsewhere_is_not_shown_as_its_own(db: None) -> None:
    assert met(document(client_uri="https://trusted.example/")).website == CLIENT


def test_4_2_2_a_page_may_link_to_where_it_leads(db: None) -> None:
    app = met(
        page(
            '<link rel="redirect_uri" href="/a"><link rel="redirect_uri" href="https://other.example/b">'
            '<div class="h-app"><img class="u-logo" src="l"><a class="p-name u-url" href="/">Quill</a></div>',
            link='<https://third.example/c>; rel="redirect_uri", <x>; rel="other"',
        )
    )
    assert app.name == "Quill"
    assert app.redirect_uris.split() == ["https://third.example/c", "https://app.example/a", "https://other.example/b"]


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost"])
def test_4_2_what_is_on_this_machine_must_not_be_fetched(db: None, host: str) -> None:
    outbound = FakeOutbound()
    client_id = f"http://{host}:4000/"
    assert meet(client_id, ask=outbound.ask).redirect_uri_allowed(f"{client_id}back")
    assert outbound.calls == []


def test_nobody_is_led_to_something_that_a_browser_would_run(db: None) -> None:
    app = met(document(redirect_uris=["javascript:alert(1)", "data:text/html,x", "https://a b/", "", "x" * 9000]))
    assert app.redirect_uris in {"", "https://app.example/"}
    assert not app.redirect_uri_allowed("javascript:alert(1)")


def test_script_in_a_name_is_a_name(db: None) -> None:
    app = met(document(client_name="<script>\x00\u202e alert(1)</script>" + "x" * 900))
    assert "\x00" not in app.name
    assert len(app.name) <= 255


def test_4_2_1_it_is_asked_again_after_a_day_and_after_a_failure_soon(db: None) -> None:
    assert met(TimedOut("not now")).name == "app.example"
    assert met(document()).name == "app.example", "not at once"
    with clock.moved(dt.timedelta(minutes=6)):
        assert met(document()).name == "Quill"
        assert met(document(client_name="Other")).name == "Quill"
    with clock.moved(dt.timedelta(days=2)):
        assert met(TimedOut("ill")).name == "Quill", "what is known stays when it is ill"
    assert App.objects.count() == 1
