"""Archives that somebody brings: read once and deleted, the report for whom they choose, their own for them alone."""

import datetime as dt
import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from msgspec.structs import replace
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from speak.identity.actions import choose_counting, leave, let_run_server
from speak.identity.models import Actor, Link
from speak.kernel import clock, tasks
from speak.mirror.bringing import forget
from speak.mirror.brought import State, brought_by, forget_old_ones, keep, kept
from speak.mirror.claims import proven_names
from speak.mirror.tasks import look_at_archive
from speak.web.tickets import MAX_BODY, most_at, ticket_for
from tests import makers
from tests.mirror.readings import WIRE
from tests.mirror.slack import export
from tests.mirror.talk import Say, seeded
from tests.mirror.test_properties import lively
from tests.web.reading import text_of

Browser = Callable[[Actor | None], Client]
FIRST = ("Ada", "Ben", "Cleo", "Dov", "Esme", "Finn", "Gro", "Hari")
LAST = ("Ashby", "Birch", "Calder", "Dunmore", "Elstow")
NAMES = {f"p{number:02}": f"{FIRST[number % 8]} {LAST[number // 8]}" for number in range(40)}


@pytest.fixture(scope="module")
def slack(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The export of a lively conversation of forty people, each with an address."""
    said = [*lively(seeded(1)).said, Say("bye", "p07", 0)]
    file = tmp_path_factory.mktemp("slack") / "export.zip"
    return export(file, said, names=NAMES, domain="marram.example").read_bytes()


def brings(browser: Client, owner: Actor, file: bytes, **more: object) -> str:
    """Bring an archive; returns the page that it leads to, or nothing where the form comes back."""
    archive = SimpleUploadedFile("../our export.zip", file)
    given = {"archive": archive, "name": "Marram House", "is_known": "on", **more}
    answer = browser.post(f"/mirror/archives/bring/{ticket_for(owner.pk)}", given)
    return str(answer.headers["Location"]) if answer.status_code == 302 else text_of(answer)


def looked_at(browser: Client, owner: Actor, file: bytes, **more: object) -> str:
    """The same, and the worker has looked at it."""
    page = brings(browser, owner, file, **more)
    look_at_archive.call(token=page.rpartition("/")[2])
    return page


def proves(actor: Actor, address: str) -> None:
    EmailAddress.objects.create(user=actor.user, email=address, verified=True)


@pytest.mark.django_db(transaction=True)
def test_it_is_brought_read_by_the_worker_and_deleted(slack: bytes, browser_of: Browser, own_data: Path) -> None:
    alice = makers.person("alice")
    browser = browser_of(alice)
    assert "Bring one" in text_of(browser.get("/mirror/archives"))
    page = brings(browser, alice, slack)
    assert "It waits for its turn." in text_of(browser.get(page))
    tasks.do_all()
    shown = text_of(browser.get(page))
    assert "The archive has been read and deleted." in shown
    assert "Your own mirror in it" not in shown, "no name in it is proven to be hers"
    kept_files = [path.name for path in (own_data / "mirror" / "brought").rglob("*") if path.is_file()]
    assert sorted(kept_files) == ["report.json", "state.json"]
    report = browser.get(f"{page}/report")
    assert "Of those who spoke, " in text_of(report)
    assert "style-src 'unsafe-inline'" in report["Content-Security-Policy"]
    assert "default-src 'none'" in report["Content-Security-Policy"]
    assert "attachment" in browser.get(f"{page}/report?take")["Content-Disposition"]
    figures = json.loads(browser.get(f"{page}/report.json").content)
    assert {finding["name"] for finding in figures["findings"]} >= {"heard", "answered", "few"}
    assert not [name for name in (*NAMES, *NAMES.values()) if name in json.dumps(figures) + text_of(report)]


def test_nobody_else_opens_it_until_it_is_shown_and_then_the_report_alone(
    slack: bytes, alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    let_run_server(bob)
    for who, address in ((alice, "p07@marram.example"), (bob, "p03@marram.example")):
        proves(who, address)
    browser, other = browser_of(alice), browser_of(bob)
    page = looked_at(browser, alice, slack)
    parts = (page, f"{page}/report", f"{page}/report.json", f"{page}/own")
    assert [browser.get(part).status_code for part in parts] == [200] * 4
    assert [other.get(part).status_code for part in parts] == [404] * 4
    assert "Marram House" not in text_of(other.get("/mirror/archives"))
    browser.post(f"{page}/act", {"act": "share"})
    assert [other.get(part).status_code for part in parts] == [200, 200, 200, 404]
    assert "Marram House" in text_of(other.get("/mirror/archives"))
    assert "Alice brought it, and shows it to everybody here." in text_of(other.get(page))
    assert other.get(f"{page}/report").content == browser.get(f"{page}/report").content
    assert [other.post(f"{page}/act", {"act": act}).status_code for act in ("keep", "forget")] == [404] * 2
    browser.post(f"{page}/act", {"act": "keep"})
    assert other.get(page).status_code == 404
    assert [browser_of(None).get(part).status_code for part in parts] == [302] * 4


def test_of_oneself_one_sees_ones_own_and_it_stands_nowhere_else(
    slack: bytes, alice: Actor, browser_of: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    proves(alice, "P07@marram.example")
    # What is not confirmed says nothing: else she would be two people in it, and see neither.
    EmailAddress.objects.create(user=alice.user, email="p08@marram.example", verified=False)
    browser = browser_of(alice)
    with caplog.at_level(logging.INFO):
        page = looked_at(browser, alice, slack)
        own = text_of(browser.get(f"{page}/own"))
    others = [name for name in NAMES.values() if name in own]
    assert others
    assert NAMES["p07"] not in own, "whoever looks is not in their own lists"
    assert not [line for line in caplog.messages for name in (*NAMES, *NAMES.values()) if name in line]
    for part in (page, f"{page}/report", f"{page}/report.json", "/mirror", "/mirror/archives"):
        assert not [name for name in NAMES.values() if name in text_of(browser.get(part))], part


def test_two_proven_names_open_ones_own_once_one_said_that_they_are_one(
    slack: bytes, alice: Actor, browser_of: Browser
) -> None:
    for address in ("p07@marram.example", "p08@marram.example"):
        proves(alice, address)
    choose_counting(alice, is_counted=True, addresses_are_one=True)
    browser = browser_of(alice)
    assert browser.get(f"{looked_at(browser, alice, slack)}/own").status_code == 200


def test_of_ones_archive_of_mastodon_one_sees_ones_own_where_the_place_points_back(
    alice: Actor, browser_of: Browser, tmp_path: Path
) -> None:
    link = Link.objects.create(actor=alice, label="Elsewhere", url="https://one.example/@ada")
    assert proven_names(alice) == [alice.uri]
    link.verified_at = clock.now()
    link.save()
    archive = shutil.make_archive(str(tmp_path / "ada"), "zip", WIRE / "mastodon")
    browser = browser_of(alice)
    page = looked_at(browser, alice, Path(archive).read_bytes())
    assert "<circle" in text_of(browser.get(f"{page}/own"))
    assert "fewer than ten people" in text_of(browser.get(f"{page}/report")), "of one person nothing else is told"


def test_whoever_stays_out_here_or_by_name_is_not_counted_and_parts_come_along(
    slack: bytes, alice: Actor, bob: Actor, carol: Actor, browser_of: Browser, own_data: Path
) -> None:
    for who, address in ((bob, "p03@marram.example"), (carol, "p04@marram.example")):
        proves(who, address)
        choose_counting(who, is_counted=False, addresses_are_one=False)
    parts = [f"p{number:02},{'Mill' if number % 2 else 'Yard'},,," for number in range(40)]
    lines = ["person,part,role,since,until", *parts, "Nobody Atall,Mill,,,"]
    groups = SimpleUploadedFile("groups.csv", "\n".join(lines).encode())
    browser = browser_of(alice)
    staying_out = f"{NAMES['p05']}\np06@marram.example\n\nP09"
    page = looked_at(browser, alice, slack, stays_out=staying_out, groups=groups)
    report = browser.get(f"{page}/report.json").content
    assert json.loads(report)["record"]["read"]["left_at_their_wish"] == 5
    assert b"Mill" in report
    assert "Nobody Atall" in text_of(browser.get(page))
    browser.post(f"{page}/act", {"act": "share"})
    assert "Nobody Atall" not in text_of(browser_of(bob).get(page))
    files = [path for path in (own_data / "mirror" / "brought").rglob("*") if path.is_file()]
    assert sorted(path.name for path in files) == ["report.json", "state.json"]
    assert not [path for path in files if NAMES["p05"].encode() in path.read_bytes() or b"p03" in path.read_bytes()]


def test_forgetting_deletes_all_of_it_but_the_ledger(
    slack: bytes, alice: Actor, browser_of: Browser, own_data: Path
) -> None:
    browser = browser_of(alice)
    page = looked_at(browser, alice, slack)
    assert "which sets of people its figures were about, as hashes without names" in text_of(browser.get(page))
    browser.post(f"{page}/act", {"act": "forget"})
    assert browser.get(page).status_code == 404
    left = [path.name for path in (own_data / "mirror").rglob("*") if path.is_file()]
    assert sorted(left) == ["lock", "lock", "shown-before"]


def test_who_leaves_for_good_takes_what_they_brought_along(
    slack: bytes,
    alice: Actor,
    bob: Actor,
    browser_of: Browser,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for who in (alice, bob):
        assert brings(browser_of(who), who, slack).startswith("/mirror/archives/")
    with django_capture_on_commit_callbacks(execute=True):
        leave(alice)
    assert not brought_by(alice)
    assert brought_by(bob)


def test_what_is_forgotten_while_it_waits_is_not_read(slack: bytes, alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    token = brings(browser, alice, slack).rpartition("/")[2]
    forget(alice, token)
    look_at_archive.call(token=token)
    assert not brought_by(alice)


@pytest.mark.parametrize(
    ("file", "said"),
    [(b"no archive", "Nothing in this looks like an export"), (b"PK\x03\x04", "Download it once more.")],
)
def test_what_cannot_be_read_says_why_and_is_deleted(
    file: bytes, said: str, alice: Actor, browser_of: Browser, own_data: Path
) -> None:
    browser = browser_of(alice)
    page = looked_at(browser, alice, file)
    assert said in text_of(browser.get(page))
    left = [path.name for path in (own_data / "mirror" / "brought").rglob("*") if path.is_file()]
    assert left == ["state.json"]


def test_what_ended_a_worker_twice_is_given_up(slack: bytes, alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    page = brings(browser, alice, slack)
    found = kept(page.rpartition("/")[2])
    assert found is not None
    keep(replace(found, state=State.READING, tries=2))
    look_at_archive.call(token=found.token)
    assert "It could not be looked at." in text_of(browser.get(page))


def test_after_a_year_it_is_forgotten(slack: bytes, alice: Actor, browser_of: Browser) -> None:
    page = brings(browser_of(alice), alice, slack)
    found = kept(page.rpartition("/")[2])
    assert found is not None
    keep(replace(found, brought_at=found.brought_at - dt.timedelta(days=366)))
    assert forget_old_ones() == 1
    assert not brought_by(alice)


def test_what_the_form_asks_has_to_be_said(slack: bytes, alice: Actor, browser_of: Browser) -> None:
    assert "Marram House" in brings(browser_of(alice), alice, slack, is_known="")
    assert not brought_by(alice)


def test_only_whoever_got_a_ticket_brings_much(
    slack: bytes, alice: Actor, bob: Actor, browser_of: Browser, settings: Settings
) -> None:
    assert browser_of(bob).post(f"/mirror/archives/bring/{ticket_for(alice.pk)}", {}).status_code == 403
    path = "/mirror/archives/bring/"
    answers = [
        browser_of(alice).post(path + ticket, {}, CONTENT_LENGTH=str(MAX_BODY + 1)).status_code
        for ticket in ("none", "a:b:c")
    ]
    assert answers == [413, 413]
    assert most_at("/compose") == most_at(f"{path}none") == MAX_BODY
    assert most_at(path + ticket_for(alice.pk)) > 500_000_000
    settings.SPEAK_MIRROR_UPLOAD_MB = 0
    assert most_at(path + ticket_for(alice.pk)) == MAX_BODY
    assert browser_of(alice).post(path + ticket_for(alice.pk), {}).status_code == 403
    assert "takes no archives here" in text_of(browser_of(alice).get("/mirror/archives"))


def test_a_name_of_a_file_leads_nowhere_else(slack: bytes, alice: Actor, browser_of: Browser, tmp_path: Path) -> None:
    brings(browser_of(alice), alice, slack)
    (found,) = brought_by(alice)
    assert found.archive is not None
    assert found.archive.parent == found.folder / "archive"
    for token in ("..", "../../x", "x" * 20, ""):
        assert kept(token) is None
