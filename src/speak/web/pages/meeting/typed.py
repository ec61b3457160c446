"""What somebody has typed on the phone's page and not said: it is there again whichever button is pressed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest

from speak.rooms.models import Room

ANSWER = "answer-"
LONGEST_ID = 19


@dataclass(frozen=True, slots=True)
class Typed:
    """The words in the place to write, and in the boxes below what others said, by the id of that."""

    words: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)

    def without_words(self) -> "Typed":
        """When they have been said."""
        return Typed(answers=self.answers)

    def without_answer(self, post_id: int) -> "Typed":
        """When that one has been given."""
        return Typed(self.words, {each: words for each, words in self.answers.items() if each != post_id})

    def beside(self, there: set[int]) -> "Typed":
        """As it fits on the page: an answer to what is not there any more moves to the place to write."""
        gone = [words for each, words in self.answers.items() if each not in there]
        kept = {each: words for each, words in self.answers.items() if each in there}
        return Typed("\n\n".join(filter(str.strip, [self.words, *gone])), kept)


def typed_in(request: HttpRequest) -> Typed:
    """What came along with the button."""
    answers = {
        number(name.removeprefix(ANSWER)): _plain(str(words))
        for name, words in request.POST.items()
        if name.startswith(ANSWER) and str(words).strip()
    }
    return Typed(_plain(request.POST.get("words", "")), {each: words for each, words in answers.items() if each})


def keep(request: HttpRequest, room: Room, typed: Typed) -> None:
    """Until the page is asked for again, which is at once: so loading it anew presses no button twice."""
    answers = {str(each): words for each, words in typed.answers.items()}
    if typed.words.strip() or answers:
        request.session[_key(room)] = {"words": typed.words, "answers": answers}


def taken_up(request: HttpRequest, room: Room) -> Typed:
    """What was kept, which is then kept no more."""
    kept = request.session.pop(_key(room), None) or {"words": "", "answers": {}}
    return Typed(kept["words"], {int(each): words for each, words in kept["answers"].items()})


def number(written: object) -> int:
    """The id that was written; 0 where it is none."""
    text = str(written)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else 0


def _key(room: Room) -> str:
    return f"typed-in-room-{room.pk}"


def _plain(words: str) -> str:
    return words.replace("\r\n", "\n")
