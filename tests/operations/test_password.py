"""`speak person password`: a new password for somebody who has lost theirs."""

import pytest
from click.testing import CliRunner
from django.test import Client

from speak.identity.models import Actor
from speak.operations.commands.people import person

NEW = "seven herons on a dyke"


@pytest.mark.django_db(transaction=True)
def test_a_new_password_opens_the_door_and_signs_the_old_windows_out(alice: Actor) -> None:
    assert alice.user is not None
    window = Client()
    window.force_login(alice.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    done = CliRunner().invoke(person, ["password", "alice", "--password-stdin"], input=f"{NEW}\n")
    assert done.exit_code == 0, done.output
    alice.user.refresh_from_db()
    assert alice.user.check_password(NEW)
    assert "_auth_user_id" in window.session
    assert window.get("/settings").status_code == 302, "signed out: sent to the sign-in page"


@pytest.mark.django_db(transaction=True)
def test_an_easy_password_is_refused_in_words_and_changes_nothing(alice: Actor) -> None:
    assert alice.user is not None
    before = alice.user.password
    done = CliRunner().invoke(person, ["password", "alice", "--password-stdin"], input="alice\n")
    assert done.exit_code == 1
    assert "password" in done.output.lower()
    alice.user.refresh_from_db()
    assert alice.user.password == before
