"""Two ways for things not to happen: we decline, or the world fails."""

from enum import StrEnum


class Kind(StrEnum):
    """Why something was declined; each face of the program maps it to its own answer."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    NOT_ALLOWED = "not_allowed"
    CONFLICT = "conflict"
    TOO_MUCH = "too_much"


class Refusal(Exception):
    """Understood, and declined. `str()` is safe to show to anyone."""

    kind = Kind.INVALID

    def __init__(self, sentence: str, *, hint: str = "") -> None:
        """Say what happened in `sentence`, and in `hint` what one can do."""
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


class Invalid(Refusal):
    """What was given cannot be used as it is."""

    kind = Kind.INVALID


class NotFound(Refusal):
    """There is nothing there, or nothing for this viewer."""

    kind = Kind.NOT_FOUND


class NotAllowed(Refusal):
    """It exists, but this actor may not do that."""

    kind = Kind.NOT_ALLOWED


class Conflict(Refusal):
    """It no longer fits what is there now."""

    kind = Kind.CONFLICT


class TooMuch(Refusal):
    """Too large, too long, too often."""

    kind = Kind.TOO_MUCH


class Failure(Exception):
    """The world did not do its part. Logged with its cause, never shown."""

    def __init__(self, sentence: str, *, permanent: bool = False) -> None:
        """`permanent` says that trying again is pointless."""
        super().__init__(sentence)
        self.permanent = permanent
