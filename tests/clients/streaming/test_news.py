"""News on its way from one process to another: what holds, in order, and nothing that does not."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from speak.clients.models import NewsRow
from speak.clients.streaming.news import KEPT_FOR, News, forget_old_news, listen, tell
from speak.kernel import clock
from tests import makers
from tests.running import until


@contextmanager
def listening() -> Iterator[list[News]]:
    """All that is heard, by a listener with a connection of its own."""
    heard: list[News] = []
    stop, began = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: heard.extend(listen(stop, began=began.set)))
    thread.start()
    assert began.wait(10)
    try:
        yield heard
    finally:
        stop.set()
        thread.join(10)


@pytest.mark.django_db(transaction=True)
def test_what_happens_is_heard_in_order_and_what_was_undone_is_not() -> None:
    with listening() as heard:
        with transaction.atomic():
            tell(News("said", 1))
        with transaction.atomic():
            tell(News("said", 2))
            transaction.set_rollback(True)
        with transaction.atomic():
            tell(News("withdrawn", 1))
            tell(News("told", 3, 4))
        until(lambda: len(heard) == 3)
    assert heard == [News("said", 1), News("withdrawn", 1), News("told", 3, 4)]


@pytest.mark.django_db(transaction=True)
def test_saying_answering_and_taking_back_make_news() -> None:
    alice, bob = makers.person("alice"), makers.person("bob")
    with listening() as heard:
        said = makers.post(alice, "The tide is in.")
        answer = makers.answer(bob, said)
        until(lambda: [news.what for news in heard].count("said") == 2)
    assert [news.row_id for news in heard if news.what == "said"] == [said.pk, answer.pk]
    assert [news.actor_id for news in heard if news.what == "told"][-1:] == [alice.pk]


@pytest.mark.django_db
def test_what_everybody_has_read_is_forgotten() -> None:
    NewsRow.objects.create(words="{}", told_at=clock.now() - KEPT_FOR)
    NewsRow.objects.create(words="{}")
    assert forget_old_news() == 1
