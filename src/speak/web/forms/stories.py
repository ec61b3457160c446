"""Writing a story, and choosing words for it."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from speak.identity.models import Actor
from speak.rooms.actions.stories import MAX_EXCERPT, MAX_SOURCE, MAX_TITLE, StoryWords
from speak.rooms.queries import rooms_to_speak_in
from speak.voice.reach import Reach
from speak.web.forms.compose import ROOM, in_room


class StoryForm(forms.Form):
    """What a teller writes, and for whom."""

    title = forms.CharField(label=_("What the story is called"), max_length=MAX_TITLE)
    source = forms.CharField(
        label=_("The story"),
        help_text=_("You can write Markdown. Where a line like [[words 12]] stands, words of somebody will stand."),
        max_length=MAX_SOURCE,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    audience = forms.ChoiceField(label=_("Who can read this?"))

    def __init__(self, *args: object, viewer: Actor, **kwargs: object) -> None:
        """Offer the audiences an article of the viewer's can have, the smallest first."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)  # noqa: S101 - for the type checker
        here = _("Everyone at %(place)s") % {"place": settings.SPEAK_NAME}
        audience.choices = [
            *(
                (in_room(room.pk), _("The people in “%(room)s”") % {"room": room.name})
                for room in rooms_to_speak_in(viewer)
            ),
            (str(Reach.HERE.value), here),
            *((str(reach.value), reach.label) for reach in (Reach.FOLLOWERS, Reach.QUIET, Reach.PUBLIC)),
        ]
        self.initial.setdefault("audience", str(Reach.HERE.value))

    @property
    def words(self) -> StoryWords:
        """What was typed, once the form is valid."""
        given = self.cleaned_data
        chosen = given["audience"]
        if chosen.startswith(ROOM):
            return StoryWords(given["title"], given["source"], Reach.ROOM, int(chosen.removeprefix(ROOM)))
        return StoryWords(given["title"], given["source"], Reach(int(chosen)))


class WordsForStoryForm(forms.Form):
    """Words of a post."""

    excerpt = forms.CharField(
        label=_("The words to use"),
        help_text=_("All of it, or a part, as it stands there."),
        max_length=MAX_EXCERPT,
        required=False,  # it stands in the form of the whole story, and only a button uses it
        widget=forms.Textarea(attrs={"rows": 3}),
    )
