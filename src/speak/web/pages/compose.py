"""The place to write: something new, an answer, a draft; said now, held till tomorrow, or kept."""

import datetime as dt
from dataclasses import dataclass, replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from speak.federation.discovery.naming import meet_those_named, mentioned_in, people_named
from speak.federation.elsewhere.choosing import GoesNotThere, check_choice
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import NotFound, Refusal
from speak.voice import rules
from speak.voice.actions import DraftWords, Words, describe, hold_draft, keep_draft, publish_post, say_draft
from speak.voice.audience import Audience, fix
from speak.voice.errors import NothingSaid, WiderThanAnswered
from speak.voice.models import Draft, Post
from speak.voice.policies import leave_to
from speak.voice.queries import draft_of, look_at, post_for
from speak.voice.reach import Reach
from speak.voice.rules import Leave
from speak.web.forms.compose import IN_THREAD, ROOM, ComposeForm, initial_of
from speak.web.forms.pictures import kept_media, take_pictures
from speak.web.forms.refused import STATUS, put_into
from speak.web.paging import id_in
from speak.web.shown.audiences import audience_sentence
from speak.web.shown.looks import shown_look
from speak.web.shown.posts import shown_whole
from speak.web.viewer import signed_in

MORNING = dt.time(9)
GONE = {
    "in_reply_to": gettext_lazy("What you answer is not there any more."),
    "quotes": gettext_lazy("What you quote is not there any more."),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that is valid so far, with whom it answers and which draft it changes."""

    viewer: Actor
    form: ComposeForm
    answered: Post | None
    draft: Draft | None
    quoted: Post | None = None

    @property
    def words(self) -> Words:
        """What was typed, with what it quotes."""
        return replace(self.form.said_words, quoted=self.quoted)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: HttpRequest) -> HttpResponse:
    """A page with the box alone; where the boxes of all other pages lead too."""
    viewer = signed_in(request)
    if request.method == "POST":
        return _take(request, viewer)
    draft = draft_of(viewer, number_in(request.GET, "draft")) if "draft" in request.GET else None
    quoted = post_for(viewer, number_in(request.GET, "quotes")) if "quotes" in request.GET else None
    if draft is not None:
        answered, quoted = draft.in_reply_to, draft.quoted
        form = ComposeForm(viewer=viewer, answered=answered, initial=initial_of(draft), kept=list(draft.media.all()))
    else:
        answered = post_for(viewer, number_in(request.GET, "answers")) if "answers" in request.GET else None
        form = ComposeForm(viewer=viewer, answered=answered, initial=_wished(request.GET))
    return _page(request, Typed(viewer, form, answered, draft, quoted))


def tomorrow_morning() -> dt.datetime:
    """Nine o'clock tomorrow, by the clock of whoever asks (`web.middleware.by_ones_own_clock`)."""
    tomorrow = timezone.localtime(clock.now()).date() + dt.timedelta(days=1)
    return dt.datetime.combine(tomorrow, MORNING, tzinfo=timezone.get_current_timezone())


def held_sentence() -> str:
    """That it is held, till when, and by which clock."""
    sentence = _(
        "Held till tomorrow at nine by the clock of %(zone)s. Until then you can change it, say it or drop it."
    )
    return sentence % {"zone": timezone.get_current_timezone_name().replace("_", " ")}


def number_in(query: QueryDict, name: str) -> int:
    """The number that `name` holds; 0, which nothing has, where it holds none."""
    return id_in(query.get(name, "")) or 0


def _wished(query: QueryDict) -> dict[str, object]:
    """What a link may put into the box: words, and a person to say them to."""
    wished: dict[str, object] = {"words": query.get("words", "")}
    if "to" in query:
        wished |= {"audience": str(Reach.NAMED.value), "named": query["to"]}
    return wished


def _page(request: HttpRequest, typed: Typed, *, status: int = 200) -> HttpResponse:
    viewer, form, answered, quoted = typed.viewer, typed.form, typed.answered, typed.quoted
    form.initial["quotes"] = quoted.pk if quoted else None
    look = look_at(typed.draft) if typed.draft else None
    context = {
        "form": form,
        "look": shown_look(look) if look else None,
        "draft_id": typed.draft.pk if typed.draft else None,
        "answering": shown_whole(viewer, answered) if answered else None,
        "quoting": shown_whole(viewer, quoted) if quoted else None,
        "is_asked_first": quoted is not None and leave_to(viewer, quoted).quote == Leave.ASK,
    }
    return render(request, "web/compose.html", context, status=status)


def _take(request: HttpRequest, viewer: Actor) -> HttpResponse:
    data = request.POST.copy()
    refused = take_pictures(viewer, data, request.FILES)
    gone: list[Refusal] = []
    answered = _named_in(viewer, data, gone, name="in_reply_to")
    quoted = _named_in(viewer, data, gone, name="quotes")
    draft = _draft_in(viewer, data, gone)
    form = ComposeForm(data, viewer=viewer, answered=answered, kept=kept_media(viewer, data))
    wants_smaller = data.get("do") == "smaller"
    is_valid = bool(wants_smaller and not refused and not gone) or form.is_valid()
    for field, refusal in refused.items():
        put_into(form, refusal, field=field)
    for refusal in gone:
        put_into(form, refusal)
    if wants_smaller:
        return _smaller(request, Typed(viewer, form, answered, draft, quoted), data)
    if is_valid and not refused and not gone:
        response = _done(request, Typed(viewer, form, answered, draft, quoted))
        if response is not None:
            return response
    return _page(request, Typed(viewer, form, answered, draft, quoted), status=STATUS)


def _smaller(request: HttpRequest, typed: Typed, data: QueryDict) -> HttpResponse:
    """The same words with the next smaller audience chosen; nothing is said or kept yet, and nothing typed is lost."""
    chosen = data.get("audience", "")
    smaller = rules.next_smaller(chosen, typed.form.offered_by_size(typed.answered))
    data["audience"] = smaller
    if smaller == chosen:
        messages.info(request, _("There is no smaller place than this."))
    else:
        messages.info(request, _("A smaller place is chosen below. Nothing is said yet."))
    return _page(request, typed)


def _named_in(viewer: Actor, data: QueryDict, gone: list[Refusal], *, name: str) -> Post | None:
    """What the form answers or quotes. Where that is gone meanwhile, the words stay and the form says so once."""
    if not data.get(name):
        return None
    try:
        return post_for(viewer, number_in(data, name))
    except NotFound:
        gone.append(NotFound(str(GONE[name]), hint=_("Your words are still here.")))
        data[name] = ""
        return None


def _draft_in(viewer: Actor, data: QueryDict, gone: list[Refusal]) -> Draft | None:
    """The draft the form changes. One that said itself meanwhile is not said twice unasked."""
    if not data.get("draft"):
        return None
    try:
        return draft_of(viewer, number_in(data, "draft"))
    except NotFound:
        sentence = _("This draft has been said or dropped already.")
        gone.append(NotFound(sentence, hint=_("Your words are still here.")))
        data["draft"] = ""
        return None


def _done(request: HttpRequest, typed: Typed) -> HttpResponse | None:
    """Do what the button says; nothing when it was refused, and then the form says why."""
    try:
        audience = _audience(typed)
    except Refusal as refusal:
        put_into(typed.form, refusal, field="named")
        return None
    try:
        match request.POST.get("do", "say"):
            case "keep":
                return _keep(request, typed, audience)
            case "hold":
                return _hold(request, typed, audience)
            case "show":
                return _show(typed, audience)
            case _:
                return _say(request, typed, audience)
    except GoesNotThere as refusal:
        put_into(typed.form, refusal, field="also_at" if "also_at" in typed.form.fields else None)
    except WiderThanAnswered as refusal:
        typed.form.ask_whether_known()
        put_into(typed.form, refusal)
    except Refusal as refusal:
        put_into(typed.form, refusal)
    return None


def _audience(typed: Typed) -> Audience:
    chosen, form = typed.form.cleaned_data["audience"], typed.form
    also_at = form.chosen_places
    if chosen == IN_THREAD and typed.answered is not None:
        return Audience(Reach(typed.answered.reach), stays_in_thread=True, also_at=also_at)
    is_wider = form.is_confirmed
    if chosen.startswith(ROOM):
        number = int(chosen.removeprefix(ROOM))
        return Audience(Reach.ROOM, room=number, is_knowingly_wider=is_wider, also_at=also_at)
    reach = Reach(int(chosen))
    people = people_named(typed.viewer, form.cleaned_data["named"]) if reach == Reach.NAMED else ()
    return Audience(reach, people=people, is_knowingly_wider=is_wider, also_at=also_at)


def _say(request: HttpRequest, typed: Typed, audience: Audience) -> HttpResponse:
    words = typed.words
    check_choice(typed.viewer, audience=audience, answered=typed.answered)
    meet_those_named(words.source)
    with transaction.atomic():
        _describe(typed)
        if typed.draft:
            post = say_draft(typed.viewer, draft=_kept(typed, audience))
        else:
            media = typed.form.shown_media
            post = publish_post(typed.viewer, words=words, audience=audience, in_reply_to=typed.answered, media=media)
    messages.success(request, _("Said. %(audience)s") % {"audience": audience_sentence(typed.viewer, post)})
    if post.room:
        return redirect(f"{reverse('room', args=[post.room])}#post-{post.pk}")
    return redirect(post.path if typed.answered else f"{reverse('home')}#post-{post.pk}")


def _keep(request: HttpRequest, typed: Typed, audience: Audience) -> HttpResponse:
    with transaction.atomic():
        _describe(typed)
        _kept(typed, audience)
    messages.success(request, _("Kept. Only you can see it."))
    return redirect("drafts")


def _hold(request: HttpRequest, typed: Typed, audience: Audience) -> HttpResponse:
    """Held words say themselves; whatever would be refused then is refused now, while their author is here."""
    words = typed.words
    if not words.source.strip() and not typed.form.shown_media:
        raise NothingSaid(_("There is nothing to say yet."), hint=_("Write a few words, or show a picture."))
    check_choice(typed.viewer, audience=audience, answered=typed.answered)
    meet_those_named(words.source)
    with transaction.atomic():
        fix(typed.viewer, audience=audience, answered=typed.answered, mentioned=mentioned_in(words.source))
        _describe(typed)
        draft = _kept(typed, audience)
        hold_draft(typed.viewer, draft=draft, until=tomorrow_morning())
    messages.success(request, held_sentence())
    return redirect("drafts")


def _show(typed: Typed, audience: Audience) -> HttpResponse:
    """Keep it, and go on to whoever is to read it first."""
    with transaction.atomic():
        _describe(typed)
        draft = _kept(typed, audience)
    return redirect("show_draft", draft_id=draft.pk)


def _kept(typed: Typed, audience: Audience) -> Draft:
    content = DraftWords(typed.words, audience, in_reply_to=typed.answered, media=typed.form.shown_media)
    return keep_draft(typed.viewer, content=content, draft=typed.draft)


def _describe(typed: Typed) -> None:
    for media, description in typed.form.descriptions():
        if description != media.description:
            describe(typed.viewer, media=media, description=description)
