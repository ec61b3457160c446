"""Programmes as files: what was written is read back, and what is wrong is refused with line and reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speak.identity.models import Actor
from speak.rooms.actions import choose_programme, keep_programme, open_practice, set_step
from speak.rooms.catalogue import practice, practices
from speak.rooms.errors import GoFirst, HostOnly, MalformedProgramme, Unfit
from speak.rooms.models import Opening, Programme, StepState
from speak.rooms.practices import Practice, Side, Tool, Who
from speak.rooms.programmes import (
    MAX_BYTES,
    Entry,
    ProgrammeText,
    export,
    moved,
    parse,
    parse_bytes,
    shipped,
    with_practice,
    without,
)
from speak.rooms.queries import programme_of
from tests import makers

lines = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60)
prose = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=[chr(n) for n in (*range(9), *range(11, 32), 127)])
)
own = st.builds(
    Practice,
    slug=st.from_regex(r"own-[a-z0-9]{1,8}", fullmatch=True),
    title=lines,
    minutes=st.integers(1, 240),
    prompt=prose.filter(bool),
    who=st.sampled_from(Who),
    side=st.sampled_from(Side),
    host_note=prose,
    origin=lines,
    goes_to=st.sampled_from(["self", "room", "public"]),
    tool=st.sampled_from(Tool),
    opening=lines,
    is_free=st.booleans(),
)
entries = st.one_of(
    st.builds(Entry, own, week=st.integers(0, 52), opens_after_host=st.booleans()),
    st.builds(Entry, st.sampled_from(sorted(practices())).map(practice), week=st.integers(0, 52)),
)
programmes = st.builds(
    ProgrammeText,
    title=lines,
    sentence=lines,
    entries=st.lists(entries, min_size=1, max_size=5, unique_by=lambda entry: entry.practice.slug).map(tuple),
    language=st.sampled_from(["en", "de", "pt-BR"]),
)
HEAD = 'title = "Mine"\n\n[[practice]]\n'


@given(programmes)
def test_what_was_written_is_read_back(programme: ProgrammeText) -> None:
    assert parse(export(programme)) == programme
    assert parse_bytes(export(programme).encode()) == programme


@pytest.mark.parametrize("name", ["first-room", "twelve-weeks", "alone"])
def test_what_ships_is_read_back(name: str) -> None:
    assert parse(export(shipped()[name])) == shipped()[name]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('title = "Mine"\ntitle =', "Line 2: "),
        ("", "Line 1: “title” is missing."),
        ('title = ""\n[[practice]]\nslug = "weeknote"', "Line 1: “title” is empty."),
        ('title = "Mine"', "Line 1: “practice” is missing."),
        ('title = "Mine"\npractice = 3', "Line 2: “practice” needs a list, and this is a whole number."),
        (HEAD + 'slug = "weeknote"\nminutes = "soon"', "Line 5: “minutes” needs a whole number, and this is a text"),
        (HEAD + 'slug = "weeknote"\nminutes = 0', "Line 5: “minutes” must be 1 or more."),
        (HEAD + 'slug = "weeknote"\nminutes = 241', "Line 5: “minutes” must be 240 or less."),
        (HEAD + 'slug = "weeknote"\nweek = 53', "Line 5: “week” must be 52 or less."),
        (HEAD + 'slug = "weeknote"\nscore = 1', "Line 5: nothing in a programme is called “score”."),
        (HEAD + 'slug = "Week Note"', "Line 4: “slug” must be lower-case words joined by hyphens."),
        (
            HEAD + 'slug = "unheard-of"',
            "Line 4: no practice is called “unheard-of”, and to be one of your own it needs",
        ),
        (HEAD + 'slug = "weeknote"\ntitle = "Mine"', "Line 4: “weeknote” is a practice that comes with the program"),
        (HEAD + 'slug = "weeknote"\n[[practice]]\nslug = "weeknote"', "Line 6: “weeknote” stands here twice."),
        (HEAD + 'slug = "own"\ngoes_to = "everybody"', "Line 5: “goes_to” must be one of self, named, room"),
        (HEAD + 'slug = "own"\ntool = "score"', "Line 5: “tool” must be one of look-up, map"),
        ('title = "a\\u0007"\n[[practice]]\nslug = "weeknote"', "Line 1: “title” must be one line without control"),
        (f'title = "{"x" * 201}"\n[[practice]]\nslug = "weeknote"', "Line 1: “title” is longer than 200."),
        ("#" * (MAX_BYTES + 1), "A programme has up to 256 KiB."),
    ],
)
def test_what_is_wrong_is_refused_with_line_and_reason(text: str, sentence: str) -> None:
    with pytest.raises(MalformedProgramme) as refused:
        parse(text)
    assert refused.value.sentence.startswith(sentence)


def test_a_file_in_another_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(MalformedProgramme, match="Line 2: this is not UTF-8"):
        parse_bytes(b'# Mine\ntitle = "caf\xe9"\n')


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
def test_nothing_somebody_brings_is_a_fault_of_ours(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    with pytest.raises(MalformedProgramme, match=r"^(Line |A programme)"):
        parse_bytes(data)


def test_a_programme_is_changed_by_moving_adding_and_leaving_out() -> None:
    programme = shipped()["first-room"]
    slugs = [entry.practice.slug for entry in programme.entries]
    changed = moved(programme, place=0, to=2)
    assert [entry.practice.slug for entry in changed.entries] == [*slugs[1:3], slugs[0], *slugs[3:]]
    assert [entry.practice.slug for entry in without(programme, place=1).entries] == [slugs[0], *slugs[2:]]
    assert with_practice(programme, practice("weeknote")).entries[-1].practice.slug == "weeknote"
    with pytest.raises(Unfit):
        moved(programme, place=99, to=0)
    with pytest.raises(Unfit):
        without(programme, place=-1)
    with pytest.raises(Unfit):
        with_practice(programme, practice("first-sentence"))
    assert [entry.practice.slug for entry in programme.entries] == slugs


def test_one_more_practice_stands_last_in_its_week() -> None:
    changed = with_practice(shipped()["twelve-weeks"], practice("sleep-on-it"), week=3)
    third = [entry.practice.slug for entry in changed.entries if entry.week == 3]
    assert third[-1] == "sleep-on-it"
    assert [entry.week for entry in changed.entries] == sorted(entry.week for entry in changed.entries)


@pytest.mark.django_db
def test_a_malformed_file_changes_nothing(alice: Actor) -> None:
    kept = keep_programme(alice, text=export(shipped()["alone"]))
    with pytest.raises(MalformedProgramme):
        keep_programme(alice, text="title = 3", programme=kept)
    with pytest.raises(MalformedProgramme):
        keep_programme(alice, text="")
    assert [programme.source for programme in Programme.objects.all()] == [export(shipped()["alone"])]


@pytest.mark.django_db
def test_a_room_goes_through_a_copy_of_its_own(alice: Actor, bob: Actor) -> None:
    room = makers.room(alice, bob)
    with pytest.raises(HostOnly):
        choose_programme(bob, room=room, programme=shipped()["first-room"])
    room = choose_programme(alice, room=room, programme=shipped()["first-room"])
    assert programme_of(room) == shipped()["first-room"]


@pytest.mark.django_db
def test_a_host_does_each_practice_before_it_opens(alice: Actor, bob: Actor) -> None:
    room = choose_programme(alice, room=makers.room(alice, bob), programme=shipped()["first-room"])
    with pytest.raises(GoFirst):
        open_practice(alice, room=room, practice="first-sentence")
    set_step(bob, practice="first-sentence", state=StepState.TRIED)
    with pytest.raises(GoFirst):
        open_practice(alice, room=room, practice="first-sentence")
    with pytest.raises(HostOnly):
        open_practice(bob, room=room, practice="first-sentence")
    set_step(alice, practice="first-sentence", state=StepState.SET_ASIDE)
    with pytest.raises(GoFirst):
        open_practice(alice, room=room, practice="first-sentence")
    set_step(alice, practice="first-sentence", state=StepState.TRIED)
    open_practice(alice, room=room, practice="first-sentence")
    with pytest.raises(Unfit):
        open_practice(alice, room=room, practice="weeknote")
    assert [opening.practice for opening in Opening.objects.all()] == ["first-sentence"]


@pytest.mark.django_db
def test_the_inviting_week_opens_once_its_host_tried_something_of_each_week_before(alice: Actor) -> None:
    room = choose_programme(alice, room=makers.room(alice), programme=shipped()["twelve-weeks"])
    one_of_each = {entry.week: entry.practice.slug for entry in shipped()["twelve-weeks"].entries if entry.week <= 8}
    last = one_of_each.pop(7)
    for slug in one_of_each.values():
        set_step(alice, practice=slug, state=StepState.TRIED)
    with pytest.raises(GoFirst):
        open_practice(alice, room=room, practice="invite-by-name")
    set_step(alice, practice=last, state=StepState.TRIED)
    assert open_practice(alice, room=room, practice="invite-by-name").room == room
