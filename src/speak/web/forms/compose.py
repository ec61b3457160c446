"""The box to write in: words, and for whom they are (promise 5)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from speak.federation.elsewhere.choosing import Offered, places_to_choose
from speak.federation.elsewhere.wording import choice_in_words
from speak.identity.models import Actor
from speak.rooms.models import Room
from speak.rooms.queries import rooms_to_speak_in
from speak.voice.actions import PollWords, Words
from speak.voice.actions.media import MAX_DESCRIPTION
from speak.voice.actions.speaking import MAX_SUMMARY, MAX_TITLE
from speak.voice.audience import preselected
from speak.voice.files import url_of
from speak.voice.models import Draft, Media, Post, Wants
from speak.voice.reach import Reach

MORE_PICTURES = 4
HOUR, DAY = 3_600, 86_400
LASTING = [
    (HOUR, gettext_lazy("An hour")),
    (DAY, gettext_lazy("A day")),
    (3 * DAY, gettext_lazy("Three days")),
    (7 * DAY, gettext_lazy("A week")),
]
IN_THREAD = "thread"
ROOM = "room-"
NAMED_HINT = gettext_lazy("Their handles or addresses, with spaces between: @bob @dora@far.example")


def languages() -> list[tuple[str, str]]:
    """Every language the house knows the name of, in its own words, in the order of their codes."""
    named = {code: str(info["name_local"]) for code, info in LANG_INFO.items() if "name_local" in info}
    return sorted(named.items(), key=lambda pair: pair[1].casefold())


class WordsForm(forms.Form):
    """What a post says; the part that can still be changed after it was said."""

    words = forms.CharField(
        label=gettext_lazy("What would you like to say?"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    title = forms.CharField(
        label=gettext_lazy("A title"),
        help_text=gettext_lazy("With a title it is an article, and you can write Markdown."),
        required=False,
        max_length=MAX_TITLE,
    )
    summary = forms.CharField(
        label=gettext_lazy("A warning"),
        help_text=gettext_lazy("Shown first: your words open when somebody wants to read them."),
        required=False,
        max_length=MAX_SUMMARY,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    wants = forms.ChoiceField(
        label=gettext_lazy("What kind of answer would you like?"), choices=Wants.choices, required=False
    )
    kept_ids = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, object] | None = None,
        kept: Sequence[Media] = (),
    ) -> None:
        """`kept` are the pictures it has already."""
        super().__init__(data, initial=initial)
        self.kept = list(kept)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 - for the type checker
        language.choices = languages()
        self.initial.setdefault("language", get_language() or settings.LANGUAGE_CODE)
        for media in self.kept:
            self.fields[f"description_of_{media.pk}"] = _description(initial=media.description)
            self.fields[f"remove_{media.pk}"] = forms.BooleanField(label=_("Leave it out"), required=False)
        self.initial["kept_ids"] = " ".join(str(media.pk) for media in self.kept if media.post_id is None)
        for number in range(MORE_PICTURES):
            self.fields[f"picture_{number}"] = forms.FileField(
                label=_("Picture"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"})
            )
            self.fields[f"description_{number}"] = _description()

    @property
    def kept_pictures(self) -> list[dict[str, object]]:
        """The pictures it has, for compose_pictures.html."""
        return [
            {
                "url": url_of(media),
                "description": self[f"description_of_{media.pk}"],
                "remove": self[f"remove_{media.pk}"],
            }
            for media in self.kept
        ]

    @property
    def pictures(self) -> list[dict[str, forms.BoundField]]:
        """Places for further pictures, for compose_pictures.html."""
        return [
            {"file": self[f"picture_{number}"], "description": self[f"description_{number}"]}
            for number in range(MORE_PICTURES)
        ]

    @property
    def has_picture_errors(self) -> bool:
        """Whether something about the pictures asks to be seen."""
        return any(self[f"picture_{number}"].errors for number in range(MORE_PICTURES))

    @property
    def is_more_open(self) -> bool:
        """Whether the title, the warning or the language ask to be seen."""
        names = ("title", "summary", "wants", "language")
        return any(self[name].value() for name in names[:3]) or any(self[name].errors for name in names)

    @property
    def said_words(self) -> Words:
        """What was typed, once the form is valid."""
        typed = self.cleaned_data
        return Words(
            source=typed["words"].replace("\r\n", "\n"),
            title=typed["title"],
            summary=typed["summary"],
            language=typed["language"] or settings.LANGUAGE_CODE,
            wants=Wants(typed.get("wants", "")),
        )

    def descriptions(self) -> list[tuple[Media, str]]:
        """Each kept picture that the form knew with what was typed about it, once the form is valid."""
        named = [(media, f"description_of_{media.pk}") for media in self.kept]
        return [(media, self.cleaned_data[name]) for media, name in named if name in self.data]

    @property
    def shown_media(self) -> list[Media]:
        """The pictures that are not to be left out, once the form is valid."""
        return [media for media in self.kept if not self.cleaned_data[f"remove_{media.pk}"]]


class ComposeForm(WordsForm):
    """Something new, or an answer, or a draft of either."""

    options = forms.CharField(
        label=gettext_lazy("Answers to choose from"),
        help_text=gettext_lazy("One on each line, two to eight. Others choose; nobody sees who chose what."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    lasts = forms.ChoiceField(label=gettext_lazy("For how long?"), choices=LASTING, initial=DAY, required=False)
    is_multiple = forms.BooleanField(label=gettext_lazy("One may choose several"), required=False)
    audience = forms.ChoiceField(label=gettext_lazy("Who can read this?"))
    named = forms.CharField(label=gettext_lazy("Who?"), help_text=NAMED_HINT, required=False, max_length=2000)
    is_knowingly_wider = forms.BooleanField(
        label=gettext_lazy("I know that more people can read this than what it answers, and I want that."),
        required=False,
    )
    also_at = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Somewhere else too?"),
        help_text=gettext_lazy("Only where you tick it, and only this once."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    in_reply_to = forms.IntegerField(widget=forms.HiddenInput, required=False)
    quotes = forms.IntegerField(widget=forms.HiddenInput, required=False)
    draft = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(  # noqa: PLR0913 - as many as there are sides to what is said
        self,
        data: QueryDict | None = None,
        *,
        viewer: Actor,
        answered: Post | None = None,
        initial: dict[str, object] | None = None,
        kept: Sequence[Media] = (),
        room: Room | None = None,
        rooms: Sequence[Room] | None = None,
        places: Sequence[Offered] | None = None,
    ) -> None:
        """`answered`, or the `room` it is said in, decides which audiences are offered and which stands first.

        `rooms` are those one may speak in, `places` those elsewhere, where they were looked up already.
        """
        own: dict[str, object] = {"language": viewer.user.language} if viewer.user else {}
        super().__init__(data, initial={**own, **(initial or {})}, kept=kept)
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)  # noqa: S101 - for the type checker
        if rooms is None:
            rooms = [room] if room else rooms_to_speak_in(viewer) if answered is None else []
        audience.choices = audiences(answered, rooms=rooms)
        if "audience" not in self.initial:
            self.initial["audience"] = in_room(room.pk) if room else smallest_sensible(viewer, answered)
        if places is None:
            places = () if room else places_to_choose(viewer, answered=answered)
        self._offer(places)
        if answered is not None:
            self.fields["words"].label = _("Your answer")
            self.initial["in_reply_to"] = answered.pk
        if not (self.is_bound and self.data.get("is_knowingly_wider")) and not self.initial.get("is_knowingly_wider"):
            del self.fields["is_knowingly_wider"]

    def _offer(self, places: Sequence[Offered]) -> None:
        """Places elsewhere, none of them ticked; what was ticked for a draft and is there no more is let go."""
        if not places:
            del self.fields["also_at"]
            return
        also_at = self.fields["also_at"]
        assert isinstance(also_at, forms.TypedMultipleChoiceField)  # noqa: S101 - for the type checker
        also_at.choices = [(place.id, choice_in_words(place.kind, place.name)) for place in places]

    @property
    def said_words(self) -> Words:
        """What was typed, with the answers to choose from, once the form is valid."""
        typed = self.cleaned_data
        options = tuple(line.strip() for line in typed["options"].splitlines() if line.strip())
        if not options:
            return super().said_words
        lasts = dt.timedelta(seconds=int(typed["lasts"] or DAY))
        return replace(super().said_words, poll=PollWords(options, lasts, is_multiple=typed["is_multiple"]))

    @property
    def asks(self) -> bool:
        """Whether the answers to choose from ask to be seen."""
        return bool(self["options"].value())

    @property
    def offered(self) -> set[str]:
        """The audiences one may choose from."""
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)  # noqa: S101 - for the type checker
        return {str(value) for value, _label in cast("list[tuple[str, str]]", audience.choices)}

    def offered_by_size(self, answered: Post | None) -> list[str]:
        """The same, the smallest first. Those who can read what is answered come after those one names of them."""
        thread = answered.reach if answered is not None else Reach.SELF

        def size(value: str) -> tuple[int, int]:
            if value == IN_THREAD:
                return thread, 1
            return (Reach.ROOM, 0) if value.startswith(ROOM) else (int(value), 0)

        return sorted(self.offered, key=size)

    def ask_whether_known(self) -> None:
        """Offer to say knowingly that more people can read this."""
        self.fields["is_knowingly_wider"] = self.base_fields["is_knowingly_wider"]

    @property
    def chosen_places(self) -> tuple[int, ...]:
        """The places elsewhere that were ticked, once the form is valid."""
        return tuple(self.cleaned_data.get("also_at") or ())

    @property
    def is_confirmed(self) -> bool:
        """Whether its author has said that they know it reaches further than what it answers."""
        return bool(self.cleaned_data.get("is_knowingly_wider"))


def in_room(number: int) -> str:
    """The audience of a room, as the form names it."""
    return f"{ROOM}{number}"


def audiences(answered: Post | None, *, rooms: Sequence[Room] = ()) -> list[tuple[str, str]]:
    """What one may choose from, the smallest first; for an answer first of all those who can read what it answers."""
    labels = {reach: str(reach.label) for reach in Reach if reach != Reach.ROOM}
    labels[Reach.HERE] = _("Everyone at %(place)s") % {"place": settings.SPEAK_NAME}
    choices = [(str(reach.value), label) for reach, label in labels.items()]
    choices[2:2] = [(in_room(room.pk), _("The people in “%(room)s”") % {"room": room.name}) for room in rooms]
    if answered is not None and not answered.is_open:
        choices.insert(0, (IN_THREAD, _("Those who can read that post")))
    return choices


def smallest_sensible(viewer: Actor, answered: Post | None) -> str:
    """What stands there before anything is chosen (`voice.audience.preselected`), as the form names it."""
    chosen = preselected(viewer, answered)
    return IN_THREAD if chosen.stays_in_thread else str(chosen.reach.value)


def initial_of(draft: Draft) -> dict[str, object]:
    """What a draft holds, as the form shows it."""
    return {
        "words": draft.source,
        "title": draft.title,
        "summary": draft.summary,
        "language": draft.language,
        "audience": _audience_of(draft),
        "wants": draft.wants,
        "named": " ".join(actor.address for actor in draft.people.all()),
        "is_knowingly_wider": draft.is_knowingly_wider,
        "also_at": list(draft.also_at),
        "draft": draft.pk,
        **_poll_of(draft),
    }


def _poll_of(draft: Draft) -> dict[str, object]:
    if draft.poll is None:
        return {}
    poll = PollWords.kept(draft.poll)
    seconds = int(poll.lasts.total_seconds())
    return {"options": "\n".join(poll.options), "lasts": seconds, "is_multiple": poll.is_multiple}


def _audience_of(draft: Draft) -> str:
    if draft.stays_in_thread:
        return IN_THREAD
    return in_room(draft.room) if draft.reach == Reach.ROOM else str(draft.reach)


def _description(*, initial: str = "") -> forms.CharField:
    return forms.CharField(
        label=_("What does it show?"),
        help_text=_("A few words, for those who cannot see it."),
        required=False,
        initial=initial,
        max_length=MAX_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
