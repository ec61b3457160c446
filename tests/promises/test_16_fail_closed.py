"""Promise 16: Fail closed.

An activity without a valid signature, a token without the scope, a viewer without the right: refused, with a test.
Every page is asked for by a stranger and sent words to without a token of its form; every call of an app comes without
a token, with one that nobody was given, and with one that does not reach that far; another server signs badly, or not.
"""

import json
from collections.abc import Callable
from itertools import product

import pytest
from django.test import Client

from speak.clients.api.endpoints import Who
from speak.clients.tokens import make_token
from speak.clients.urls import ENDPOINTS
from speak.identity.models import Actor
from speak.kernel.keys import make_rsa
from speak.rooms.models import Membership, Quotation, Room
from speak.safety.models import Limit, Report
from speak.voice.models import Draft, Post
from speak.voice.reach import Reach
from tests.federation.far import HOST, FarServer, Forged, create, note, signature_headers
from tests.makers import far_person, follows, person, post
from tests.promises.doors import calls
from tests.promises.house import House

Browser = Callable[[Actor | None], Client]
MARK = "Nobody let me say this."
# What anybody may open: the door, what is said to the public, how one joins, what the house is about.
PUBLIC = {
    *("home", "search", "tag", "media", "profile", "post", "earlier", "stories", "organisation", "window"),
    "mirror_notice",
    *("here", "here_code", "join_by_link", "invitation_by_link", "guide", "guide_chapter", "practices", "practice"),
    "shipped_programme_file",
    "guest_client",
    *("letters", "letters_yes", "letters_leave", "mornings_end"),
    *("account_login", "account_signup", "account_inactive", "account_email_verification_sent"),
    *("account_reset_password", "account_reset_password_done", "account_reset_password_from_key_done"),
}
# What mail programs press by themselves (RFC 8058): its address was sent to one reader, and all it does is forget them.
OPENED_BY_ITS_ADDRESS = {"letters_leave", "mornings_end"}
# Calls that an app may make before anybody has signed in, as they stand in Mastodon's documentation.
OPEN_CALLS = {"/api/v1/apps", "/api/v2/instance", "/api/v1/instance", "/api/v1/instance/rules", "/api/v1/custom_emojis"}
OF_SOMEBODY = ("room_id", "draft_id", "report_id", "limit_id", "quotation_id", "programme_id")
FORGED = {
    "another key": Forged(private_pem=make_rsa().private_pem),
    "another body": Forged(digest="SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
    "long ago": Forged(date="Mon, 01 Jan 2024 00:00:00 GMT"),
    "another host": Forged(host="elsewhere.example"),
    "no signature": Forged(headers={"signature": ""}),
    "half a signature": Forged(headers={"signature": 'keyId="https://far.example/actors/dora#main-key"'}),
    "not one at all": Forged(headers={"signature": "trust me"}),
}


def is_refused(browser: Client, method: str, path: str) -> bool:
    """Whether the answer is a closed door, or leads to where one signs in."""
    answer = browser.generic(method, path)
    if answer.status_code == 302:
        return answer["Location"] == "/" or answer["Location"].startswith("/account/login/")
    return answer.status_code in {401, 403, 404, 405}


def rows() -> list[object]:
    """What somebody without the right might change, row for row."""
    return [
        each for kind in (Post, Draft, Room, Membership, Limit, Report, Quotation) for each in kind.objects.values()
    ]


def test_a_stranger_opens_only_what_is_for_everybody(house: House, browser_of: Browser) -> None:
    browser, before = browser_of(None), (Post.objects.count(), Draft.objects.count())
    for (name, path), method in product(house.paths.items(), ("GET", "POST")):
        if name not in PUBLIC:
            assert is_refused(browser, method, path), f"{method} {path}"
    opened = {name for name in PUBLIC if browser.get(house.paths[name]).status_code == 200}
    assert opened == PUBLIC
    assert (Post.objects.count(), Draft.objects.count()) == before


def test_who_has_no_right_to_it_opens_nothing_of_another(house: House, browser_of: Browser) -> None:
    carol, owned = browser_of(house.carol), [str(house.stands_for[part]) for part in OF_SOMEBODY]
    tried = [path for path in house.paths.values() if set(owned) & set(path.replace(".", "/").split("/"))]
    assert len(tried) > 20
    for path in tried:
        assert is_refused(carol, "GET", path), path
        before = rows()
        for do in ("say", "drop", "discard", "accept", "lift"):
            carol.post(path, {"do": do, "words": MARK, "name": MARK, "sentence": MARK, "purpose": MARK})
        assert rows() == before, path


def test_no_page_takes_what_was_not_sent_from_its_own_form(house: House, browser_of: Browser) -> None:
    browser = browser_of(house.alice)
    browser.handler.enforce_csrf_checks = True
    for name, path in house.paths.items():
        if name not in OPENED_BY_ITS_ADDRESS:
            assert browser.post(path, {"words": MARK, "audience": "public"}).status_code == 403, path
    assert not Post.objects.filter(source=MARK).exists()


def test_no_call_answers_an_app_that_may_not_make_it(house: House) -> None:
    assert house.alice.user is not None
    few = {each: make_token(house.alice.user, scopes=[each]) for each in ("push", "profile")}
    app, said = Client(), words()

    def status(method: str, path: str, shown: str) -> int:
        headers = {"authorization": shown} if shown else {}
        body = json.dumps({"status": MARK})
        return app.generic(method, path, body, content_type="application/json", headers=headers).status_code

    for each, (method, path) in zip(ENDPOINTS, calls(house.stands_for), strict=True):
        if each.who is not Who.ANYONE:
            assert status(method, path, "") == 401, f"{method} {path} without a token"
        else:
            assert method == "GET" or each.route in OPEN_CALLS, f"{method} {path} is open to anybody"
        for shown in ("Bearer nobody-was-given-this", "Bearer ", "Basic YWxpY2U6YWxpY2U=", f"Basic {few['push']}"):
            assert status(method, path, shown) == 401, f"{method} {path} with {shown}"
        if each.scopes:
            short = next(token for scope, token in few.items() if scope not in each.scopes)
            assert status(method, path, f"Bearer {short}") == 403, f"{method} {path} without its scope"
    assert words() == said


def words() -> list[tuple[int, str]]:
    """Everything that is said, word for word."""
    return list(Post.objects.order_by("pk").values_list("pk", "source"))


@pytest.mark.parametrize("fault", FORGED)
def test_what_another_server_does_not_prove_is_refused_and_leaves_no_trace(far: FarServer, fault: str) -> None:
    alice, dora = person("alice"), far_person("dora")
    follows(alice, dora)
    activity = create(note(dora, content=MARK))
    for path in ("/inbox", f"/actors/{alice.pk}/inbox"):
        assert far.post(dora, activity, path=path, forged=FORGED[fault]).status == 401, path
    assert not Post.objects.exists()
    assert far.post(dora, activity).status == 202
    assert Post.objects.filter(html__contains=MARK).exists()


def test_what_nobody_signed_is_refused(far: FarServer) -> None:
    dora = far_person("dora")
    body = json.dumps(create(note(dora, content=MARK))).encode()
    assert far.send(body, {"host": HOST}).status == 401
    signed = signature_headers("POST", "/inbox", key_uri=f"{dora.uri}#main-key", body=body)
    for left_out in ("signature", "digest", "date"):
        assert far.send(body, {name: value for name, value in signed.items() if name != left_out}).status == 401
    assert far.send(body.replace(b"Nobody", b"Alice"), signed).status == 401
    assert not Post.objects.exists()


@pytest.mark.parametrize("fault", FORGED)
def test_no_document_is_given_to_who_does_not_prove_who_they_are(far: FarServer, fault: str) -> None:
    alice, dora = person("alice"), far_person("dora")
    path = f"/posts/{post(alice, MARK, reach=Reach.NAMED, to=(dora,)).pk}"
    assert MARK in far.get(path, dora).body.decode()
    if fault != "another body":
        heard = far.get(path, dora, forged=FORGED[fault])
        assert heard.status in {401, 404}
        assert MARK not in heard.body.decode()
