"""What the page of a practice holds for doing it there, by its tool; and what it keeps."""

import datetime as dt
from dataclasses import dataclass, field, replace
from urllib.parse import quote_plus

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel import clock
from speak.rooms.actions import keep_paper
from speak.rooms.models import Room, Step
from speak.rooms.practices import Practice, Tool
from speak.rooms.queries import groups_in, rooms_to_speak_in, waiting_for
from speak.voice.models import Post
from speak.voice.queries import unanswered_in_room
from speak.voice.reach import Reach
from speak.web.forms.compose import ComposeForm
from speak.web.forms.practices import FARTHEST, LetterForm, LookUpForm, PlaceOnMapForm, SheetForm
from speak.web.forms.profile import ThingForm
from speak.web.pages.practices.programmes import place_in
from speak.web.shown.people import shelf_of, shown_person
from speak.web.shown.posts import shown_whole

MOST_TO_ANSWER, MOST_PLACES = 5, 40
LATER = dt.timedelta(days=365)
SEARCHES = {
    "DuckDuckGo": "https://duckduckgo.com/?q=",
    "Google": "https://www.google.com/search?q=",
    "Bing": "https://www.bing.com/search?q=",
    "Mojeek": "https://www.mojeek.com/search?q=",
}
PAPERS: dict[Tool, type[forms.Form]] = {
    Tool.LOOK_UP: LookUpForm,
    Tool.MAP: PlaceOnMapForm,
    Tool.LETTER: LetterForm,
    Tool.WRITE: SheetForm,
}


@dataclass(frozen=True, slots=True)
class Bench:
    """Somebody at work on a practice; `form` is what they typed, where it could not be kept."""

    viewer: Actor
    practice: Practice
    room: Room | None
    step: Step | None
    form: forms.Form | None = None

    @property
    def paper(self) -> dict[str, object]:
        """What was kept so far."""
        return dict(self.step.paper) if self.step else {}

    @property
    def is_shut(self) -> bool:
        """Whether what was kept opens later, for whoever wrote it too."""
        return self.step is not None and self.step.opens_at is not None and self.step.opens_at > clock.now()


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place on the map. `x` and `y` are where it is drawn; `index` is its place in the list."""

    index: int
    name: str
    x: int
    y: int
    dwells: int
    works: int
    moves: bool


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """Somebody to answer, and the box to do it in."""

    post: object
    form: ComposeForm = field(repr=False)


def take(bench: Bench, data: QueryDict) -> tuple[Bench, bool]:
    """Keep what was written; whether that was done. Otherwise the bench holds the form with what is wrong."""
    tool = bench.practice.tool
    if tool == Tool.MAP and data.get("do") == "remove":
        places = _places(bench)
        index = place_in(data)
        _keep(bench, {"places": [place for number, place in enumerate(places) if number != index]})
        return bench, True
    if tool not in PAPERS or bench.is_shut:
        return bench, False
    form = PAPERS[tool](data)
    if not form.is_valid():
        return replace(bench, form=form), False
    given = form.cleaned_data
    if tool == Tool.LETTER:
        opens_at = dt.datetime.combine(given["opens_on"], dt.time(), tzinfo=timezone.get_current_timezone())
        if opens_at <= clock.now():
            form.add_error("opens_on", _("Choose a day that is still to come."))
            return replace(bench, form=form), False
        _keep(bench, {"text": given["text"]}, opens_at=opens_at)
    elif tool == Tool.MAP:
        places = _places(bench)
        if len(places) >= MOST_PLACES:
            form.add_error("name", _("The map is full. Take a place off first."))
            return replace(bench, form=form), False
        _keep(bench, {"places": [*places, given]})
    else:
        _keep(bench, given)
    return bench, True


def tool_for(bench: Bench) -> dict[str, object]:
    """What the template of the practice's tool needs, and which template that is."""
    tool = bench.practice.tool
    makers = {
        Tool.LOOK_UP: _look_up,
        Tool.MAP: _map,
        Tool.SHELF: _shelf,
        Tool.FIVE: _five,
        Tool.ANSWER: _answer,
        Tool.LETTER: _letter,
        Tool.WRITE: _write,
        Tool.DRAW: _draw,
        Tool.SAY: _say,
        Tool.EYES: _say,
        Tool.HOLD: _say,
    }
    made = makers[tool](bench) if tool in makers else {}
    return {"tool": f"web/practices/tools/{tool.value}.html", "page": bench.practice.page, **made}


def _keep(bench: Bench, paper: dict[str, object], *, opens_at: dt.datetime | None = None) -> None:
    keep_paper(bench.viewer, practice=bench.practice.slug, paper=paper, opens_at=opens_at)


def _look_up(bench: Bench) -> dict[str, object]:
    form = bench.form or LookUpForm(initial={"name": bench.viewer.called, **bench.paper})
    name = str(form["name"].value() or bench.viewer.called)
    links = [(engine, address + quote_plus(f'"{name}"')) for engine, address in SEARCHES.items()]
    return {"form": form, "searches": links, "look_up_url": reverse("settings_look_up")}


def _places(bench: Bench) -> list[dict[str, object]]:
    places = bench.paper.get("places", [])
    return [place for place in places if isinstance(place, dict)] if isinstance(places, list) else []


def _map(bench: Bench) -> dict[str, object]:
    shown = []
    for index, place in enumerate(_places(bench)):
        dwells, works = int(str(place["dwells"])), int(str(place["works"]))
        x, y = 30 + dwells * 340 // FARTHEST, 30 + (FARTHEST - works) * 240 // FARTHEST
        shown.append(ShownPlace(index, str(place["name"]), x, y, dwells, works, bool(place["moves"])))
    return {"form": bench.form or PlaceOnMapForm(), "places": shown}


def _shelf(bench: Bench) -> dict[str, object]:
    return {"things": shelf_of(bench.viewer), "form": ThingForm(), "person": bench.viewer}


def _letter(bench: Bench) -> dict[str, object]:
    if bench.step and bench.step.opens_at:
        text = "" if bench.is_shut else str(bench.paper.get("text", ""))
        return {"is_shut": bench.is_shut, "opens_at": bench.step.opens_at, "text": text}
    later = timezone.localtime(clock.now() + LATER).date()
    return {"form": bench.form or LetterForm(initial={"opens_on": later})}


def _write(bench: Bench) -> dict[str, object]:
    return {"form": bench.form or SheetForm(initial=bench.paper)}


def _five(bench: Bench) -> dict[str, object]:
    posts = waiting_for(bench.viewer, limit=MOST_TO_ANSWER)
    known = {post.pk for post in posts}
    for room in rooms_to_speak_in(bench.viewer)[:MOST_TO_ANSWER]:
        if len(posts) >= MOST_TO_ANSWER:
            break
        posts += [post for post in unanswered_in_room(bench.viewer, room.pk) if post.pk not in known]
    return {"to_answer": _boxes(bench.viewer, posts[:MOST_TO_ANSWER])}


def _answer(bench: Bench) -> dict[str, object]:
    rooms = [room for room in rooms_to_speak_in(bench.viewer) if bench.room in {None, room}][:MOST_TO_ANSWER]
    posts = [post for room in rooms for post in unanswered_in_room(bench.viewer, room.pk, limit=MOST_TO_ANSWER)]
    return {"to_answer": _boxes(bench.viewer, posts[:MOST_TO_ANSWER])}


def _boxes(viewer: Actor, posts: list[Post]) -> list[ToAnswer]:
    boxes = []
    for post in posts:
        form = ComposeForm(viewer=viewer, answered=post)
        form.auto_id = f"id_{post.pk}_%s"
        boxes.append(ToAnswer(shown_whole(viewer, post), form))
    return boxes


def _draw(bench: Bench) -> dict[str, object]:
    groups = groups_in(bench.room) if bench.room else []
    return {"groups": [[shown_person(actor) for actor in group] for group in groups]}


def _say(bench: Bench) -> dict[str, object]:
    reach = Reach[bench.practice.goes_to.upper()]
    audience = str(reach.value)
    if reach == Reach.ROOM:
        audience = f"room-{bench.room.pk}" if bench.room else ""
    initial: dict[str, object] = {"words": bench.practice.opening}
    form = ComposeForm(viewer=bench.viewer, initial=initial)
    if audience in form.offered:
        form.initial["audience"] = audience
    return {"form": form, "compose_url": reverse("compose")}
