"""What the server writes in its own name is for those it is written to, whatever its words hold."""

import pytest

from speak.identity.actions import server_actor
from speak.identity.models import Actor
from speak.voice.actions import write_note
from speak.voice.errors import NotYours, WrongAudience
from speak.voice.queries import readable_by

pytestmark = pytest.mark.django_db


def test_a_note_is_read_by_exactly_those_it_is_for(alice: Actor, bob: Actor, carol: Actor) -> None:
    words = "@carol and <i>Bob</i>: see https://speak.example/x, not https://evil.example/y"
    note = write_note(server_actor(), words=words, readers=(bob,), links=("https://speak.example/x",))
    assert readable_by(bob).filter(pk=note.pk).exists()
    for other in (alice, carol):
        assert not readable_by(other).filter(pk=note.pk).exists()
    assert "@carol and &lt;i&gt;Bob&lt;/i&gt;" in note.html
    assert note.html.count("href=") == 1
    assert 'href="https://speak.example/x"' in note.html


def test_a_person_signs_no_note_of_the_server(alice: Actor, bob: Actor) -> None:
    with pytest.raises(NotYours):
        write_note(alice, words="The server says so.", readers=(bob,))


def test_a_note_to_nobody_is_not_written() -> None:
    with pytest.raises(WrongAudience):
        write_note(server_actor(), words="Hello?", readers=())
