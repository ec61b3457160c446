"""Opening a room, asking one person in, leaving, handing over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from speak.identity.models import Actor
from speak.rooms import rules
from speak.rooms.actions import RoomWords
from speak.rooms.actions.inviting import MAX_REASON
from speak.rooms.actions.opening import MAX_NAME, MAX_PURPOSE


class RoomForm(forms.Form):
    """What a room is called, and what it is for."""

    name = forms.CharField(label=_("What the room is called"), max_length=MAX_NAME)
    purpose = forms.CharField(
        label=_("What it is for"),
        help_text=_("One sentence, as you would say it to each of them."),
        max_length=MAX_PURPOSE,
    )

    @property
    def words(self) -> RoomWords:
        """What was typed, once the form is valid."""
        return RoomWords(self.cleaned_data["name"], self.cleaned_data["purpose"])


class NewRoomForm(RoomForm):
    """The same, for a room that is not there yet."""

    cap = forms.TypedChoiceField(
        label=_("How many there is room for"),
        coerce=int,
        initial=rules.DEFAULT_CAP,
        choices=[
            (rules.CIRCLE, _("A circle of five")),
            (rules.DEFAULT_CAP, _("A room of eight")),
            (rules.LARGEST_CAP, _("Twelve at most")),
        ],
    )
    weeks = forms.IntegerField(
        label=_("It ends after so many weeks"),
        help_text=_("Every room has an end. It can go on afterwards with somebody else hosting."),
        min_value=1,
        max_value=rules.MOST_WEEKS,
        initial=rules.DEFAULT_WEEKS,
    )


class RoomSettingsForm(RoomForm):
    """The same, for a room that is there."""

    cap = forms.IntegerField(
        label=_("How many there is room for"),
        help_text=_("Twelve at most, and never fewer than are in it."),
        min_value=rules.SMALLEST_CAP,
        max_value=rules.LARGEST_CAP,
    )


class InviteForm(forms.Form):
    """One person, by name, and why them."""

    name = forms.CharField(label=_("Whom do you ask?"), help_text=_("The name you call them by."), max_length=100)
    reason = forms.CharField(
        label=_("Why them?"),
        help_text=_("They read it before they decide."),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    address = forms.CharField(
        label=_("Their handle, if they have a home here"),
        help_text=_("Then they are told, and nobody else can accept."),
        max_length=200,
        required=False,
    )
    email = forms.EmailField(label=_("Or their e-mail address"), required=False)

    def __init__(self, *args: object, mails: bool, **kwargs: object) -> None:
        """`mails`: whether this server sends e-mail; otherwise none is asked for."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not mails:
            del self.fields["email"]


class LeaveForm(forms.Form):
    """What becomes of one's words."""

    words = forms.ChoiceField(
        label=_("What you said in it"),
        choices=[("leave", _("stays with those who could read it")), ("take", _("is taken back, all of it"))],
        initial="leave",
        widget=forms.RadioSelect,
    )


class AskToHostForm(forms.Form):
    """Who might host from now on."""

    member = forms.ChoiceField(label=_("Who could host from now on?"))

    def __init__(self, *args: object, members: list[Actor], **kwargs: object) -> None:
        """`members`: everybody else in the room who could host it."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        member = self.fields["member"]
        assert isinstance(member, forms.ChoiceField)  # noqa: S101 - for the type checker
        member.choices = [(str(actor.pk), actor.called) for actor in members]


class CarryOnForm(forms.Form):
    """Another end."""

    weeks = forms.IntegerField(
        label=_("It goes on for so many weeks"), min_value=1, max_value=rules.MOST_WEEKS, initial=rules.DEFAULT_WEEKS
    )
