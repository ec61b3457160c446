"""A draft and its one reader, as pages show them."""

import datetime as dt
from dataclasses import dataclass

from speak.voice.models import Look
from speak.web.shown.people import ShownPerson, shown_person


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """What the reader asked, and when."""

    words: str
    asked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ShownLook:
    """Who looks, and what they asked so far."""

    reader: ShownPerson
    wish: str
    shown_at: dt.datetime
    questions: list[ShownQuestion]


def shown_look(look: Look) -> ShownLook:
    """For the author, beside the draft, and for the reader."""
    return ShownLook(
        reader=shown_person(look.reader),
        wish=look.wish,
        shown_at=look.shown_at,
        questions=[ShownQuestion(question.words, question.asked_at) for question in look.questions.all()],
    )
