"""Other servers, played by fediverse-pasture: every way of signing is heard, every sample object shown sensibly."""

import json
import os
import re
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from speak.identity.models import Actor, Key
from speak.voice.models import Post
from tests import makers
from tests.federation.conftest import far, far_and_pages, no_memory  # noqa: F401 - fixtures
from tests.federation.far import FarServer
from tests.makers import PASSWORD
from tests.running import Authority, Home, free_port, home, until

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300)]
FOLDER = Path(__file__).parent / "pasture"
THEIRS = "http://pasture-one-actor/actor"
OURS = "https://home.example/actors/alice"


# --- Every way of signing --------------------------------------------------------------------


@pytest.fixture
def verifier(tmp_path: Path, pasture: Path, authority: Authority) -> Iterator[str]:
    """`verify_actor`, running; gives its address."""
    port = free_port()
    command = [str(each) for each in (pasture, FOLDER / "server.py", port, authority.certificate, authority.key)]
    environment = {**os.environ, "SSL_CERT_FILE": str(authority.bundle)}
    with (tmp_path / "verifier.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log)
    try:
        url = f"https://localhost:{port}"
        until(lambda: process.poll() is None and answers(url, authority), seconds=60, says="verify_actor did not start")
        yield url
    finally:
        process.terminate()
        process.wait(10)


def answers(url: str, authority: Authority) -> bool:
    """Whether somebody is there."""
    try:
        return bool(read(url, authority))
    except OSError:
        return False


def read(url: str, authority: Authority) -> bytes:
    """What is at an address, as JSON where there is some."""
    request = urllib.request.Request(url, headers={"Accept": "application/json"})  # noqa: S310 - our own peer
    with urllib.request.urlopen(request, timeout=100, context=authority.context()) as answer:  # noqa: S310
        found: bytes = answer.read()
    return found


@pytest.fixture
def ours(tmp_path: Path, authority: Authority) -> Iterator[Home]:
    """Our server, with Alice on it."""
    with home(tmp_path / "ours", authority=authority) as server:
        server.speak("person", "add", "alice", "--name", "Alice", "--password-stdin", typed=f"{PASSWORD}\n")
        yield server


def test_every_signer_is_heard_and_nobody_who_does_not_sign(ours: Home, verifier: str, authority: Authority) -> None:
    answer = json.loads(read(f"{verifier}/?actor_uri=@alice@{ours.domain}", authority))
    result, heard = answer["result"], (True, True)
    assert result.pop("webfinger"), answer["messages"]
    found = {name: (each["get_actor"], each["post_inbox"]) for name, each in result.items()}
    without_signing = dict.fromkeys(("alice", "dean"), (True, False))
    with_signing = dict.fromkeys(("bob", "claire", "emily", "frank"), heard)
    assert found == {**without_signing, **with_signing}, answer["messages"] + ours.logs()


# --- Every sample object -----------------------------------------------------------------------

# What is no post of theirs, and what this answers to it. Everything else is shown.
NOT_SHOWN = {
    "without id": 400,
    "without attributedTo": 400,
    "without type": 202,
    "Document": 202,
    "Place": 202,
    "Profile": 202,
    "Relationship": 202,
    "Tombstone": 202,
    None: 202,
}
SETS = {
    "attachments": 11, "attributed_to": 5, "content_warnings": 7, "context": 6, "hashtag_jsonld": 5, "hashtags": 13,
    "html_anchor": 18, "html_bad": 13, "html_tags": 31, "html_tags_article": 31, "html_tags_summary": 31,
    "image_attachments": 17, "image_description": 4, "in_reply_to": 7, "language": 9, "mentions": 10,
    "necessary_properties": 5, "object_types": 14, "public_addressing": 3, "quotes": 5, "recommended_attachments": 4,
    "url": 13,
}  # fmt: skip


@pytest.fixture(scope="module")
def samples(pasture: Path) -> dict[str, list[dict[str, Any]]]:
    """All of them by set, each as the activity that brings it."""
    written = subprocess.run([pasture, FOLDER / "inputs.py", THEIRS, OURS], capture_output=True, check=True).stdout
    found: dict[str, list[dict[str, Any]]] = {}
    for line in written.splitlines():
        sample = json.loads(line)
        found.setdefault(sample["set"], []).append(sample["activity"])
    return found


@pytest.fixture
def them(alice: Actor) -> Actor:
    """Who says all that; Alice follows."""
    actor = makers.far_person("actor", domain="pasture-one-actor")
    Actor.objects.filter(pk=actor.pk).update(uri=THEIRS, inbox_url=f"{THEIRS}/inbox", shared_inbox_url="")
    Key.objects.filter(actor=actor).update(key_uri=f"{THEIRS}#main-key")
    actor.refresh_from_db()
    makers.follows(alice, actor)
    return actor


def test_the_sets_are_those_that_are_known(samples: dict[str, list[dict[str, Any]]]) -> None:
    assert {name: len(each) for name, each in samples.items()} == SETS
    assert sum(SETS.values()) == 262


@pytest.mark.django_db
@pytest.mark.parametrize("name", SETS)
def test_what_others_send_is_taken_cleaned_and_shown(
    far_and_pages: FarServer,  # noqa: F811 - the fixture
    samples: dict[str, list[dict[str, Any]]],
    alice: Actor,
    them: Actor,
    browser_of: Callable[[Actor | None], Client],
    name: str,
) -> None:
    browser = browser_of(alice)
    for sample in samples[name]:
        activity = json.loads(json.dumps(sample).replace(OURS, alice.uri))
        heard = far_and_pages.post(them, activity)
        said = activity["object"]
        post = Post.objects.filter(uri=said["id"] or "nothing").first()
        if post is None:
            odd = said.get("content") if name == "necessary_properties" else said.get("type")
            assert heard.status == NOT_SHOWN[odd], said
            continue
        assert heard.status == 202, said
        page = browser.get(post.path)
        assert page.status_code == 200, said
        assert_shown(whole_post(page.content.decode()), said, them)


def whole_post(page: str) -> str:
    """The HTML of the post itself."""
    found = re.search(r'<article class="[^"]*\bwhole\b.*?</article>', page, re.DOTALL)
    assert found, page
    return found[0]


def assert_shown(shown: str, said: dict[str, Any], author: Actor) -> None:
    """Their name, their words, and nothing that runs, embeds, or is fetched from elsewhere."""
    assert author.called in shown
    for word in words_of(said):
        assert word in shown, (word, said)
    assert not re.search(r"<(script|style|iframe|object|embed|audio|video|form\s+action=.http)\b", shown), said
    assert not re.search(r"\son\w+=|javascript:|style=", shown), said
    assert not re.search(r'(src|srcset|poster)="(?!/)', shown), said


def words_of(said: dict[str, Any]) -> list[str]:
    """The words of a post, and of its warning, as far as they are to be read."""
    content = said.get("content") or next(iter(said.get("contentMap", {"": ""}).values()))
    warning = "" if said.get("type") == "Article" else said.get("summary", "")
    content = re.sub(r'<img [^>]*alt="([^"]*)"[^>]*>', r"\1", content)
    text = re.sub(r"<script.*?</script>|<[^>]*>", " ", f"{content} {warning}", flags=re.DOTALL)
    return [word for word in re.findall(r"\w+", text) if "$" not in content]
