"""What is asked about reports and limits: what happened, who reads it, what is decided."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speak.identity.models import Actor
from speak.safety.actions.deciding import MAX_WHY, Outcome, until_after
from speak.safety.actions.handlers import MAX_SENTENCE
from speak.safety.actions.limits import MAX_REASON, LimitWords
from speak.safety.actions.reporting import MAX_WORDS
from speak.safety.models import DecisionKind, LimitKind
from speak.voice.models import Post
from speak.web.shown.posts import opening_of

MAX_DAYS = 3650
LIMIT_OF = {
    "silenced": (DecisionKind.LIMITED, LimitKind.SILENCED),
    "no_media": (DecisionKind.LIMITED, LimitKind.NO_MEDIA),
    "suspended": (DecisionKind.SUSPENDED, LimitKind.SUSPENDED),
}
DAYS_HINT = gettext_lazy("It ends by itself then. Left empty, it stays until somebody lifts it.")


class ChooseHandlerForm(forms.Form):
    """Who reads a report."""

    handler = forms.TypedChoiceField(label=gettext_lazy("Who reads this?"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, data: QueryDict | None = None, *, handlers: Sequence[Actor]) -> None:
        """`handlers` are those who may hear it, in the order in which they are offered; none is chosen for anybody."""
        super().__init__(data)
        self.handlers = {actor.pk: actor for actor in handlers}
        field = self.fields["handler"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(actor.pk, _handler_in_words(actor)) for actor in handlers]

    def chosen(self) -> Actor | None:
        """The one who was chosen, once the form is valid; nobody where there is nobody to choose."""
        return self.handlers.get(self.cleaned_data.get("handler", 0))


class ReportForm(ChooseHandlerForm):
    """What happened, and copies of which words the handler gets."""

    words = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("In your own words, as you would tell somebody you trust."),
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    posts = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Which of their words do you hand over?"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    is_forwarded = forms.BooleanField(label="", required=False)
    field_order = ("words", "posts", "handler", "is_forwarded")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        reported: Actor,
        handlers: Sequence[Actor],
        posts: Sequence[Post],
        chosen: Sequence[int] = (),
    ) -> None:
        """`posts` are what may be handed over, `chosen` the ids of those that are ticked at first."""
        super().__init__(data, handlers=handlers)
        self.initial["posts"] = list(chosen)
        self.readable = {post.pk: post for post in posts}
        field = self.fields["posts"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(post.pk, opening_of(post)) for post in posts]
        if not handlers:
            del self.fields["handler"]
        if not posts:
            del self.fields["posts"]
        if reported.is_local:
            del self.fields["is_forwarded"]
        else:
            forwarded = self.fields["is_forwarded"]
            forwarded.label = _("Tell their server, %(server)s, too") % {"server": reported.host}
            forwarded.help_text = _(
                "Whoever runs it gets what you typed above and which posts you mean, "
                "from this place and without your name. What they do with it, they decide."
            )

    def handed_over(self) -> list[Post]:
        """The posts that were ticked, once the form is valid."""
        return [self.readable[pk] for pk in self.cleaned_data.get("posts", ())]


class DecideForm(forms.Form):
    """What comes of a report."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        widget=forms.RadioSelect,
        choices=[
            ("nothing", gettext_lazy("Nothing further")),
            ("spoke", gettext_lazy("I spoke with them")),
            ("silenced", gettext_lazy("From now on only those who follow them hear them")),
            ("no_media", gettext_lazy("From now on their pictures are not shown")),
            ("suspended", gettext_lazy("Suspend them: nobody hears them here, and they cannot speak")),
        ],
    )
    why = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy(
            "Whoever reported this reads it; so do the others who hear reports, who are not told who it was: "
            "name nobody here."
        ),
        max_length=MAX_WHY,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason = forms.CharField(
        label=gettext_lazy("What do they read of it themselves?"),
        help_text=gettext_lazy("Only where they are limited. Say what has to change, and not who told you."),
        max_length=MAX_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    days = forms.IntegerField(
        label=gettext_lazy("For how many days?"), help_text=DAYS_HINT, min_value=1, max_value=MAX_DAYS, required=False
    )

    def decided(self) -> Outcome:
        """What was decided, once the form is valid."""
        typed = self.cleaned_data
        if typed["outcome"] not in LIMIT_OF:
            return Outcome(DecisionKind(typed["outcome"]), typed["why"])
        kind, limit = LIMIT_OF[typed["outcome"]]
        return Outcome(kind, typed["why"], LimitWords(limit, typed["reason"], until_after(typed["days"])))


class LimitForm(forms.Form):
    """A limit on somebody, or on a whole other server."""

    about = forms.CharField(
        label=gettext_lazy("Whom, or which server?"),
        help_text=gettext_lazy("An address like @name@server.example, or a server like server.example."),
        max_length=400,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What does it do?"), widget=forms.RadioSelect, choices=LimitKind.choices
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Somebody whose home is here reads it, too."),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    days = forms.IntegerField(
        label=gettext_lazy("For how many days?"), help_text=DAYS_HINT, min_value=1, max_value=MAX_DAYS, required=False
    )

    def limit(self) -> LimitWords:
        """What was typed, once the form is valid."""
        typed = self.cleaned_data
        return LimitWords(LimitKind(typed["kind"]), typed["reason"], until_after(typed["days"]))


class SentenceForm(forms.Form):
    """What somebody who hears reports says of themselves."""

    sentence = forms.CharField(
        label=gettext_lazy("A sentence about you"),
        help_text=gettext_lazy("For those who choose whom to tell: who you are, and when they hear from you."),
        max_length=MAX_SENTENCE,
        required=False,
    )


class NameHandlerForm(forms.Form):
    """Whom to ask to hear reports."""

    address = forms.CharField(
        label=gettext_lazy("Whom do you ask?"),
        help_text=gettext_lazy("Somebody whose home is here, by their handle. They may say no."),
        max_length=400,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )


def _handler_in_words(actor: Actor) -> str:
    sentence = actor.hears_reports.sentence
    return f"{actor.called} ({actor.address}): {sentence}" if sentence else f"{actor.called} ({actor.address})"
