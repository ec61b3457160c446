"""`toot`, from PyPI, run as people run it at a terminal: its own commands against our server."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.makers import picture
from tests.peers.apps.browser import Browser
from tests.peers.apps.called import Cast
from tests.running import Home, until

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300)]
TOOT = Path(sys.executable).with_name("toot")


@dataclass
class Toot:
    """Somebody's terminal; `folder` is where the program keeps what it knows."""

    home: Home
    folder: Path

    def environment(self) -> dict[str, str]:
        """A terminal that trusts whom the servers trust."""
        assert self.home.authority is not None
        environment = {
            **os.environ,
            "XDG_CONFIG_HOME": str(self.folder),
            "REQUESTS_CA_BUNDLE": str(self.home.authority.bundle),
            "PYTHONUNBUFFERED": "1",
            "COLUMNS": "200",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        return environment

    def log_in(self, handle: str) -> str:
        """Sign in as the program tells a person to: open the page, say yes, carry the code back by hand."""
        command = [str(TOOT), "login", "--instance", self.home.url]
        with subprocess.Popen(
            command,
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as program:
            assert program.stdout is not None
            lines = iter(program.stdout.readline, "")
            address = next(line.strip() for line in lines if line.startswith("https://"))
            browser = Browser(self.home)
            browser.sign_in(handle)
            page, code = browser.let_in(address)
            assert "Let toot" in page
            said, _ = program.communicate(f"n\n{code}\n", timeout=60)
        return said

    def says(self, *arguments: str) -> str:
        """What it prints; it has to succeed."""
        done = self._run(arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refuses(self, *arguments: str) -> str:
        """What it prints when it cannot."""
        done = self._run(arguments)
        assert done.returncode != 0, done.stdout
        return done.stderr

    def json(self, *arguments: str) -> Any:  # noqa: ANN401 - what the JSON holds
        """What it gives to other programs."""
        return json.loads(self.says(*arguments, "--json"))

    def post(self, words: str, *options: str) -> str:
        """Say something to anyone; gives its number."""
        return str(self.json("post", words, "--visibility", "public", *options)["id"])

    def _run(self, arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(TOOT), *arguments],
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


@pytest.fixture(scope="session")
def toot(here: Home, tmp_path_factory: pytest.TempPathFactory) -> Toot:
    """Bob's terminal, signed in through the page that asks him."""
    terminal = Toot(here, tmp_path_factory.mktemp("toot"))
    assert "Successfully logged in" in terminal.log_in("bob")
    return terminal


def test_toot_signs_in_through_our_page_and_knows_who_it_is(toot: Toot, cast: Cast) -> None:
    assert "@bob Bob" in toot.says("whoami")
    assert toot.json("whoami")["url"] == f"{cast.home.url}/@bob"
    assert f"bob@{cast.home.domain} ACTIVE" in toot.says("auth")
    assert "Speak for Yourself" in toot.says("instance")


def test_toot_posts_a_picture_with_a_description(toot: Toot, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "tile.png"
    file.write_bytes(picture())
    made = toot.post("A red tile.", "--media", str(file), "--description", "A red tile on a wall")
    (shown,) = cast.alice.status(made).media_attachments
    assert shown.description == "A red tile on a wall"
    assert shown.url in toot.says("status", made)


def test_toot_answers_and_shows_the_thread(toot: Toot, cast: Cast) -> None:
    cast.bob.account_follow(cast.alice.me())
    said = cast.alice.status_post("Where is the long ladder?", visibility="private")
    answer = toot.json("post", "Behind the shed.", "--reply-to", str(said.id))
    assert (answer["visibility"], answer["in_reply_to_id"]) == ("private", str(said.id))
    thread = toot.says("thread", str(said.id))
    assert thread.index("long ladder") < thread.index("Behind the shed")
    assert [post["id"] for post in toot.json("thread", str(said.id))["descendants"]] == [answer["id"]]
    cast.bob.account_unfollow(cast.alice.me())


def test_toot_thanks_keeps_pins_and_passes_on(toot: Toot, cast: Cast) -> None:
    theirs = str(cast.alice.status_post("Tea at four.", visibility="public").id)
    for act in ("favourite", "bookmark", "reblog"):
        toot.says(act, theirs)
    now = cast.bob.status(theirs)
    assert (now.favourited, now.bookmarked, now.reblogged) == (True, True, True)
    assert theirs in toot.says("bookmarks", "--once")
    assert [who.acct for who in cast.alice.status_reblogged_by(theirs)] == ["bob"]
    toot.says("unreblog", theirs)
    assert cast.bob.status(theirs).reblogged is False
    mine = str(cast.bob.status_post("Read this first.", visibility="public").id)
    toot.says("pin", mine)
    assert cast.bob.status(mine).pinned is True


def test_toot_deletes(toot: Toot) -> None:
    mine = toot.post("Never mind.")
    toot.says("delete", mine)
    assert "There is no" in toot.refuses("status", mine)


def test_toot_follows_somebody_on_another_server_and_reads_them(toot: Toot, cast: Cast, far: Home) -> None:
    address = f"dora@{far.domain}"
    assert "You are now following" in toot.says("follow", f"@{address}")
    assert address in toot.says("whois", address)
    (dora,) = cast.bob.search(f"@{address}", result_type="accounts").accounts
    until(lambda: cast.bob.account_relationships(dora)[0].following, says="never accepted")
    assert address in toot.says("following")
    cast.at(far, "dora").status_post("Low tide over there.", visibility="public")
    until(lambda: "Low tide over there" in toot.says("timelines", "home", "--no-pager"), says="never heard")
    toot.says("unfollow", address)


def test_toot_keeps_lists(toot: Toot, cast: Cast) -> None:
    toot.says("follow", "carol")
    toot.says("lists", "create", "Friends")
    toot.says("lists", "add", "Friends", "carol")
    assert "@carol Carol" in toot.says("lists", "accounts", "Friends")
    cast.carol.status_post("For friends and others.", visibility="public")
    (friends,) = [each for each in cast.bob.lists() if each.title == "Friends"]
    assert "For friends and others" in toot.says("timelines", "list", str(friends.id), "--no-pager")
    toot.says("lists", "remove", "Friends", "carol")
    assert "@carol" not in toot.says("lists", "accounts", "Friends")
    toot.says("lists", "delete", "Friends")
    assert "Friends" not in toot.says("lists", "list")
    toot.says("unfollow", "carol")


def test_toot_searches_people_words_and_hashtags(toot: Toot) -> None:
    said = toot.post("A basket of #medlars.")
    assert "* @carol Carol" in toot.says("search", "carol")
    found = toot.says("search", "medlars")
    assert "#medlars" in found
    assert said in found
    assert [tag["name"] for tag in toot.json("search", "#medlars")["hashtags"]] == ["medlars"]


def test_toot_is_told_what_awaits_one(toot: Toot, cast: Cast) -> None:
    toot.says("notifications", "--clear")
    said = toot.post("Who is in?")
    cast.alice.status_reply(cast.alice.status(said), "Me.", visibility="public")
    cast.carol.status_favourite(said)
    told = toot.says("notifications")
    assert told.index("Carol") < told.index("Alice")
    assert "Me." in toot.says("notifications", "--mentions")
    toot.says("notifications", "--clear")
    assert "Me." not in toot.says("notifications")


def test_toot_reads_every_timeline(toot: Toot) -> None:
    said = toot.post("A #gimlet in every toolbox.")
    for which in (["home"], ["public"], ["public", "--local"], ["tag", "gimlet"], ["account", "bob"]):
        assert said in toot.says("timelines", *which, "--no-pager"), which


def test_toot_changes_the_profile_and_mutes(toot: Toot, cast: Cast) -> None:
    toot.says("update-account", "--note", "Mends things.")
    assert cast.alice.account_lookup("bob").note == "<p>Mends things.</p>"
    toot.says("mute", "erin")
    assert "@erin" in toot.says("muted")
    toot.says("unmute", "erin")
