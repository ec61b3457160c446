"""What is told to somebody of what they brought: what was left out and why, and what was not understood."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_PLACES = 20


class Why(models.TextChoices):
    """Why something was not brought. The first ones are choices of ours, the others are faults of the file or ours."""

    PASSED_ON = "passed_on", _("Passed on: words of somebody else")
    OTHERS = "others", _("Words of somebody else")
    PRIVATE_MESSAGE = "private_message", _("A message to somebody, which is not kept here")
    EARLIER = "earlier", _("An earlier wording of something that was changed")
    DRAFT = "draft", _("Never published there")
    EMPTY = "empty", _("Without words, and without a picture that is known here")
    NO_POST = "no_post", _("Not a post: a page, a menu, a setting of the place it comes from")
    UNKNOWN = "unknown", _("Of a kind that is not known here")
    SHAPE = "shape", _("Not as such a file should be")
    NO_TIME = "no_time", _("Without a time when it was said")
    TOO_LONG = "too_long", _("Longer than anything may be here")
    POLL = "poll", _("A poll: its question was brought, what people chose was not")
    NO_PICTURE = "no_picture", _("A film or a sound: only pictures are kept here")
    PICTURE_MISSING = "picture_missing", _("A picture that is not in the file")
    PICTURE_BROKEN = "picture_broken", _("A picture that cannot be read")
    PICTURE_ELSEWHERE = "picture_elsewhere", _("A picture that lies elsewhere: a link leads there")
    NO_SERVER = "no_server", _("A name without the server behind it: it could mean anybody")
    NOBODY = "nobody", _("Nobody, or nothing, was found there")
    NOT_LET = "not_let", _("Not possible: blocked, gone, or yourself")
    NOT_FOLLOWED_YET = (
        "not_followed_yet",
        _("In a list, but not followed yet: bring the list again once they have agreed"),
    )
    ASKED_ENOUGH = "asked_enough", _("More of others' posts than are fetched at once: those known here were kept")
    PICTURE_TOO_MANY = "picture_too_many", _("More pictures than a post shows here")


CHOSEN = (Why.PASSED_ON, Why.OTHERS, Why.PRIVATE_MESSAGE, Why.EARLIER, Why.DRAFT, Why.NO_POST)


@dataclass(slots=True)
class Notes:
    """What a reader tells beside what it reads: for each reason how often, and where at first.

    `wrote_as` is what a reader is told: the name under which the owner wrote there, if they said one.
    """

    wrote_as: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=dict)

    def tell(self, why: Why, place: str) -> None:
        """Something at this place, of the file and in it, was not brought."""
        self.counts[why] += 1
        known = self.places.setdefault(why, [])
        if len(known) < MOST_PLACES and why not in CHOSEN:
            known.append(place[:200])

    def as_json(self) -> dict[str, Any]:
        """For the row."""
        return {"counts": dict(self.counts), "places": self.places}

    @classmethod
    def of(cls, found: dict[str, Any]) -> "Notes":
        """From the row."""
        return cls(counts=Counter(found.get("counts", {})), places=dict(found.get("places", {})))
