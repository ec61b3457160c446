"""Ten sites of different make: what is planted is found, and nothing else (done when 5)."""

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest

from speak.federation.looking_up.places import Place, Source, State
from speak.federation.looking_up.rules import Fault, Finding, changes, conclusion, findings, pointers, same_picture
from speak.federation.looking_up.visiting import visit
from speak.kernel.outbound import Answer, BadRedirect, TimedOut, Untrusted
from speak.kernel.pictures import print_of
from tests.fakes import FakeOutbound

from .sites import FACES, HOME, HOSTS, HTML, SITES, Says, home, html, web

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
LONG_AGO = "2020-10-20T08:00:00+00:00"


@cache
def face_at_home() -> str:
    return print_of(FACES["hers-again"])


_read: dict[str, Place] = {}


def places(outbound: FakeOutbound, here: Place | None = None) -> list[Place]:
    """Her page here, and each of her places as it is read; one that says the same as in another test is read once."""
    read = [replace(here or home(), picture_print=face_at_home())]
    for address in SITES:
        server = address.split("/")[2]
        said = repr([(url, answer) for url, answer in outbound.answers.items() if server in url])
        if said not in _read:
            _read[said] = visit(address, ask=outbound.ask, hosts=HOSTS)
        read.append(_read[said])
    return read


def found(outbound: FakeOutbound, here: Place | None = None) -> list[Finding]:
    """What does not fit together."""
    return findings(places(outbound, here), now=NOW)


def at(outbound: FakeOutbound, host: str) -> Place:
    """One of them."""
    address = next(address for address in SITES if host in address)
    return visit(address, ask=outbound.ask, hosts=HOSTS)


def test_where_nothing_is_planted_nothing_is_found() -> None:
    outbound = web()
    assert found(outbound) == []
    assert all([call.url for call in outbound.calls].count(url) <= 1 for url in outbound.answers)
    end = conclusion(places(outbound), now=NOW)
    assert (end.names, end.are_joined, end.faces_agree, end.is_quiet) == (("Alice Example",), True, True, False)


def test_a_profile_on_mastodon() -> None:
    read = at(web(), "social")
    assert same_picture(read.picture_print, face_at_home())
    assert read == Place(
        address="https://social.example/@alice",
        url="https://social.example/@alice",
        sources=(Source.ACTIVITYPUB, Source.OPEN_GRAPH, Source.PAGE),
        software="mastodon",
        name="Alice Example",
        heading="alice · Alice Example (@alice@social.example) · Alice Example (@alice@social.example) - Social",
        about="Mends boats in the harbor.",
        picture_url="https://files.social.example/alice.png",
        picture_print=read.picture_print,
        handle="alice@social.example",
        latest_at=dt.datetime(2026, 10, 20, 8, tzinfo=dt.UTC),
        also=(
            "https://social.example/users/alice",
            "https://social.example/@alice",
            "https://social.example/@alice.rss",
        ),
        points_to=(HOME,),
    )


def test_the_same_by_its_handle() -> None:
    by_handle = visit("@alice@social.example", ask=web().ask, hosts=HOSTS)
    by_page = at(web(), "social")
    assert same_picture(by_handle.picture_print, by_page.picture_print)
    assert by_handle == replace(by_page, address="@alice@social.example", picture_print=by_handle.picture_print)


@pytest.mark.parametrize(
    ("host", "sources", "speaks"),
    [
        ("code", (Source.MICROFORMATS, Source.OPEN_GRAPH, Source.PAGE), False),
        ("blog", (Source.JSON_LD, Source.OPEN_GRAPH, Source.PAGE), True),
        ("alice.example/", (Source.MICROFORMATS, Source.PAGE), True),
        ("words", (Source.FEED,), True),
    ],
)
def test_pages_that_say_whose_they_are(host: str, sources: tuple[Source, ...], *, speaks: bool) -> None:
    place = at(web(), host)
    assert (place.name, place.about) == ("Alice Example", "Mends boats in the harbor.")
    assert place.sources == sources
    assert bool(place.latest_at) == speaks
    if host != "words":
        assert (place.points_to, bool(place.picture_print)) == ((HOME,), True)


def test_a_page_that_says_little_more_than_its_title() -> None:
    place = at(web(), "work")
    assert (place.name, place.sources) == ("", (Source.OPEN_GRAPH, Source.PAGE))
    assert place.heading == "Alice Example - Boats | Work · Alice Example | Work"
    assert place.about == "Mends boats in the harbor."
    assert place.picture_print


def test_one_that_is_gone_is_found_and_who_still_points_there() -> None:
    outbound = web()
    outbound.answers["https://club.example/alice"] = Answer(410)
    assert found(outbound) == [Finding(Fault.GONE, "https://club.example/alice", other=HOME)]


@pytest.mark.parametrize(
    ("failure", "fault"),
    [(Untrusted("no"), Fault.UNSAFE), (TimedOut("no"), Fault.SILENT), (BadRedirect("round"), Fault.SILENT)],
)
def test_one_that_cannot_be_reached_is_found(failure: Exception, fault: Fault) -> None:
    outbound = web()
    outbound.answers["https://club.example/alice"] = failure
    assert found(outbound) == [Finding(fault, "https://club.example/alice", other=HOME)]


def test_one_that_moved_is_found_and_where_to() -> None:
    outbound = web()
    page = outbound.answers["https://old.example/alice"]
    assert isinstance(page, Answer)
    outbound.answers["https://old.example/alice"] = replace(page, url="https://new.example/alice")
    here = "https://new.example/alice"
    assert found(outbound) == [Finding(Fault.MOVED, "https://old.example/alice", other=HOME, wanted=here)]


def test_an_account_that_says_it_moved_is_found() -> None:
    moved = Says(more={"movedTo": "https://new.example/users/alice"})
    wanted = "https://new.example/users/alice"
    address = "https://social.example/@alice"
    assert found(web(social=moved)) == [Finding(Fault.MOVED, address, other=HOME, wanted=wanted)]


@pytest.mark.parametrize("host", ["social", "blog", "alice", "words", "notes"])
def test_one_where_nothing_was_said_for_a_year_is_found(host: str) -> None:
    (finding,) = found(web(**{host: Says(said_at=LONG_AGO)}))
    assert (finding.fault, host in finding.address, finding.at) == (
        Fault.STALE,
        True,
        dt.datetime(2020, 10, 20, 8, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize("host", ["social", "code", "blog", "alice", "words", "notes"])
def test_another_name_is_found(host: str) -> None:
    outbound = web(**{host: Says(name="Captain Tides")})
    (finding,) = [each for each in found(outbound) if host in each.address]
    assert (finding.fault, finding.said, finding.wanted) == (Fault.NAME, "Captain Tides", "Alice Example")
    assert conclusion(places(outbound), now=NOW).names == ("Alice Example", "Captain Tides")


@pytest.mark.parametrize("name", ["alice example", "Alice", "A. Example", "Example, Alice", "Alice Éxample :tea: ☕"])
def test_a_name_in_another_form_is_no_other_name(name: str) -> None:
    assert found(web(code=Says(name=name))) == []


@pytest.mark.parametrize("host", ["work", "club"])
def test_a_page_that_does_not_name_her_is_found(host: str) -> None:
    (finding,) = found(web(**{host: Says(name="Boat mender")}))
    assert (finding.fault, host in finding.address) == (Fault.NAMELESS, True)


@pytest.mark.parametrize("host", ["social", "code", "blog", "alice", "work"])
def test_another_picture_is_found(host: str) -> None:
    (finding,) = found(web(**{host: Says(face="another")}))
    assert (finding.fault, host in finding.address, finding.other) == (Fault.PICTURE, True, HOME)


@pytest.mark.parametrize("host", ["social", "code", "blog", "alice", "work", "notes", "club"])
def test_one_that_does_not_point_back_is_found(host: str) -> None:
    (finding,) = found(web(**{host: Says(me=())}))
    assert (finding.fault, host in finding.address, finding.other) == (Fault.ONE_WAY, True, HOME)


@pytest.mark.parametrize("host", ["code", "blog", "alice", "work", "notes", "club"])
def test_one_that_only_links_back_is_found(host: str) -> None:
    (finding,) = found(web(**{host: Says(me=(), links=(HOME,))}))
    assert (finding.fault, host in finding.address, finding.other) == (Fault.PLAIN, True, HOME)


def test_one_that_home_does_not_know_of_is_found_at_home() -> None:
    others = tuple(address for address in SITES if "code" not in address)
    (finding,) = found(web(), home(points_to=others))
    assert finding == Finding(Fault.ONE_WAY, HOME, other="https://code.example/alice")


def test_one_that_nothing_ties_to_the_others_is_found() -> None:
    others = tuple(address for address in SITES if "code" not in address)
    outbound = web(code=Says(me=()))
    assert found(outbound, home(points_to=others)) == [Finding(Fault.APART, "https://code.example/alice")]
    assert not conclusion(places(outbound, home(points_to=others)), now=NOW).are_joined


def test_places_that_are_joined_by_way_of_another_are_joined() -> None:
    """Her own page points to her code and back; it need not stand on the page here, too."""
    others = tuple(address for address in SITES if "code" not in address)
    outbound = web(code=Says(me=("https://alice.example/",)), alice=Says(me=(HOME, "https://code.example/alice")))
    assert found(outbound, home(points_to=others)) == []
    assert any(
        (each.one, each.other, each.there, each.back)
        == ("https://code.example/alice", "https://alice.example/", True, True)
        for each in pointers(places(outbound, home(points_to=others)))
    )


def test_several_things_planted_are_each_found_once_in_the_order_of_the_places() -> None:
    outbound = web(
        social=Says(said_at=LONG_AGO),
        code=Says(face="another", me=()),
        blog=Says(name="Captain Tides"),
        other=Says(me=()),
    )
    outbound.answers["https://club.example/alice"] = Answer(404)
    assert [(each.fault, each.address.split("/")[2].partition(".")[0]) for each in found(outbound)] == [
        (Fault.STALE, "social"),
        (Fault.PICTURE, "code"),
        (Fault.ONE_WAY, "code"),
        (Fault.NAME, "blog"),
        (Fault.GONE, "club"),
        (Fault.ONE_WAY, "other"),
    ]


def test_what_changed_since_an_earlier_look_is_told() -> None:
    before = places(web(code=Says(name="Captain Tides", face="another", about="Sails.")))
    after = places(web(blog=Says(said_at=LONG_AGO)))
    then, now = findings(before, now=NOW), findings(after, now=NOW)
    assert [(each.what, each.before, each.now) for each in changes(before, after, earlier=then, found=now)] == [
        ("name", "Captain Tides", "Alice Example"),
        ("about", "Sails.", "Mends boats in the harbor."),
        ("picture", "", ""),
        ("new", "", ""),
    ]
    (new,) = [each.finding for each in changes(before, after, earlier=then, found=now) if each.finding]
    assert (new.fault, new.address) == (Fault.STALE, "https://blog.example/")
    mended = changes(after, before, earlier=now, found=then)[-1]
    assert (mended.what, mended.address) == ("mended", "https://blog.example/")
    assert changes(after, after, earlier=now, found=now) == []


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer(404), State.GONE),
        (Answer(999), State.CLOSED),
        (Answer(403), State.CLOSED),
        (Answer(503), State.SILENT),
        (Answer(200, b"%PDF", headers={"content-type": "application/pdf"}), State.UNREADABLE),
        (Answer(200, b"<rss>", headers={"content-type": "text/xml"}), State.UNREADABLE),
        (Answer(200, b"hello", headers={}), State.UNREADABLE),
        (replace(html("x"), url="https://home.example/@alice"), State.NOT_ASKED),
        (Answer(200, b"", headers=HTML), State.READ),
    ],
)
def test_what_came_of_going_there(answer: Answer, state: State) -> None:
    place = visit("https://site.example/", ask=FakeOutbound({"https://site.example/": answer}).ask)
    assert place.state == state
