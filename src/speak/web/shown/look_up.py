"""What somebody found when they looked themselves up, in sentences. Nothing here is counted or graded."""

import datetime as dt
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speak.federation.looking_up.asking import Look
from speak.federation.looking_up.places import Place, Source, State, key_of
from speak.federation.looking_up.rules import Change, Fault, Finding, Pointer, changes, conclusion, pointers
from speak.kernel import clock
from speak.web.shown.audiences import names_in_words
from speak.web.templatetags.times import how_long_ago

IN_WORDS: dict[str, Promise] = {
    State.READ: gettext_lazy("It could be read."),
    State.GONE: gettext_lazy("Nothing is there any more."),
    State.UNSAFE: gettext_lazy("No certificate that can be trusted."),
    State.SILENT: gettext_lazy("It did not answer."),
    State.CLOSED: gettext_lazy(
        "It shows itself only to those who sign in, or not to programs. Open it in a private window."
    ),
    State.UNREADABLE: gettext_lazy("It is of no kind that can be read here. Open it in a private window."),
    State.NOT_ASKED: gettext_lazy("It is not on the open web, or this server has nothing to do with it."),
}
WAYS: dict[str, str | Promise] = {
    Source.ACTIVITYPUB: "ActivityPub",
    Source.MICROFORMATS: "microformats",
    Source.JSON_LD: "JSON-LD",
    Source.OPEN_GRAPH: "Open Graph",
    Source.FEED: gettext_lazy("a feed"),
    Source.PAGE: gettext_lazy("its title"),
}


@dataclass(frozen=True, slots=True)
class ShownSpot:
    """One place, side by side with the others. `state` is empty where it could be read."""

    label: str
    url: str
    is_home: bool
    state: str
    picture_url: str
    name: str
    heading: str
    about: str
    latest: str
    ways: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """What does not fit, and the one step that mends it: somewhere else, on a page here (`url`), or `adds` at once."""

    words: str
    step: str
    address: str = ""
    url: str = ""
    action: str = ""
    adds: str = ""


@dataclass(frozen=True, slots=True)
class ShownPointer:
    """Two places, and how they point at each other."""

    words: str
    is_mutual: bool


@dataclass(frozen=True, slots=True)
class ShownLookUp:
    """A look that has ended, and what is otherwise than in the one before."""

    when: str
    conclusion: list[str]
    findings: list[ShownFinding]
    places: list[ShownSpot]
    pointers: list[ShownPointer]
    changes: list[str]
    before: str


def shown_look_up(looks: Sequence[Look]) -> ShownLookUp | None:
    """The last look beside the one before it; nothing where nobody has looked yet."""
    if not looks:
        return None
    look, before = looks[0], looks[1] if len(looks) > 1 else None
    labels = {place.address: _label(place) for place in look.places}
    made = changes(before.places, look.places, earlier=before.findings, found=look.findings) if before else []
    return ShownLookUp(
        when=how_long_ago(look.looked_at, now=clock.now()),
        conclusion=_conclusion(look, labels),
        findings=[_finding(finding, look, labels) for finding in look.findings],
        places=[_spot(place, number - 1) for number, place in enumerate(look.places)],
        pointers=[
            ShownPointer(_pointer(each, labels, look.places[0].address), each.there and each.back)
            for each in pointers(look.places)
        ],
        changes=[_change(change, labels) for change in made],
        before=how_long_ago(before.looked_at, now=clock.now()) if before else "",
    )


def _label(place: Place) -> str:
    if place.is_home:
        return _("your page here")
    return place.address if "://" not in place.address else key_of(place.address)


def _spot(place: Place, number: int) -> ShownSpot:
    picture = place.picture_url
    if picture and not place.is_home:
        # Through this server: whoever looks at it is seen by nobody elsewhere.
        picture = f"/media/far/looks/{number}?of={zlib.crc32(picture.encode()):08x}"
    ways = [str(WAYS[source]) for source in place.sources if source in WAYS]
    if place.software:
        ways.insert(0, place.software)
    return ShownSpot(
        label=_label(place),
        url=place.url or (place.address if "://" in place.address else ""),
        is_home=place.is_home,
        state="" if place.is_read else str(IN_WORDS[place.state]),
        picture_url=picture,
        name=place.name,
        heading=place.heading,
        about=place.about,
        latest=how_long_ago(place.latest_at, now=clock.now()) if place.latest_at else "",
        ways=", ".join(ways),
    )


def _conclusion(look: Look, labels: dict[str, str]) -> list[str]:
    """One or two sentences."""
    end = conclusion(look.places, now=clock.now())
    listed = names_in_words([f"“{name}”" for name in end.names])
    if not end.names:
        first = _("A stranger would find no name on any of these.")
    elif len(end.names) > 1:
        first = _("A stranger would find %(names)s, and could not be sure that all of them are you.") % {
            "names": listed
        }
    elif not end.are_joined:
        first = _("A stranger would find %(names)s, and could not tell which of these places are yours: not all of them point to each other.") % {"names": listed}  # fmt: skip # noqa: E501 - one sentence
    elif not end.faces_agree:
        first = _("A stranger would take these for one person called %(names)s, with more than one face.") % {"names": listed}  # fmt: skip # noqa: E501 - one sentence
    else:
        first = _("A stranger would take these for one person called %(names)s.") % {"names": listed}
    if end.latest_at is None:
        return [first, _("Nothing tells them whether you still speak.")]
    told = {"when": _day(end.latest_at), "place": labels[end.latest_at_address]}
    if end.is_quiet:
        return [first, _("They would think that you fell silent: the last words are of %(when)s, on %(place)s.") % told]
    return [first, _("They would see that you last spoke on %(when)s, on %(place)s.") % told]


def _finding(finding: Finding, look: Look, labels: dict[str, str]) -> ShownFinding:
    at_home = finding.address == look.places[0].address
    told = {
        "place": labels[finding.address],
        "other": labels.get(finding.other, ""),
        "said": finding.said,
        "wanted": finding.wanted,
        "when": _day(finding.at) if finding.at else "",
    }
    if at_home:
        return _at_home(finding, told)
    if finding.fault in {Fault.GONE, Fault.MOVED}:
        return _led_astray(finding, look, told)
    words = _words(finding.fault) % told
    if finding.fault == Fault.APART:
        return ShownFinding(words, _("Let your page here point to it."), adds=finding.address)
    steps = {
        Fault.UNSAFE: _("Have its certificate renewed by whoever keeps that place."),
        Fault.SILENT: _("Open it yourself; if it does not open for you either, stop giving it out."),
        Fault.NAME: _("Call yourself “%(wanted)s” there, too."),
        Fault.NAMELESS: _("Write “%(wanted)s” at its top."),
        Fault.PICTURE: _("Show the same picture there, so that people recognize you."),
        Fault.STALE: _("Say something there, or write at its top where you speak now."),
        Fault.ONE_WAY: _("On %(place)s, link to %(other)s: with rel=me, where it lets you."),
        Fault.PLAIN: _('Write rel="me" into that link.'),
    }
    address = finding.other if finding.fault in {Fault.ONE_WAY, Fault.PLAIN} else ""
    return ShownFinding(words, steps[finding.fault] % told, address=address)


def _words(fault: Fault) -> str:
    """What is amiss, as a sentence to put names into."""
    return {
        Fault.GONE: _("Nothing is at %(place)s any more."),
        Fault.UNSAFE: _("%(place)s has no certificate that can be trusted; browsers warn people away from it."),
        Fault.SILENT: _("%(place)s did not answer."),
        Fault.MOVED: _("%(place)s leads on to %(wanted)s."),
        Fault.NAME: _("%(place)s calls you “%(said)s”."),
        Fault.NAMELESS: _("%(place)s does not say that it is yours."),
        Fault.PICTURE: _("%(place)s shows another picture than %(other)s."),
        Fault.STALE: _("On %(place)s nothing has been said since %(when)s."),
        Fault.ONE_WAY: _("%(other)s points to %(place)s, which does not point back."),
        Fault.PLAIN: _("%(place)s links to %(other)s without saying that both are you."),
        Fault.APART: _("Nothing ties %(place)s to the others."),
    }[fault]


def _at_home(finding: Finding, told: dict[str, str]) -> ShownFinding:
    """What can be mended on a page of this server."""
    match finding.fault:
        case Fault.ONE_WAY | Fault.PLAIN:
            words = _("%(other)s points to your page here, which does not point back.") % told
            return ShownFinding(words, _("Let your page here point to it."), adds=finding.other)
        case Fault.STALE:
            words = _("Here, strangers read nothing of yours that is newer than %(when)s.") % told
            return ShownFinding(words, _("Say something to anyone."), url=reverse("compose"), action=_("Say something"))
        case _:
            words = _words(finding.fault) % told
            step = _("Say here what you are called.")
            return ShownFinding(words, step, url=reverse("settings"), action=_("How you appear"))


def _led_astray(finding: Finding, look: Look, told: dict[str, str]) -> ShownFinding:
    """A place that is gone, or leads on: whoever still points there is what can be mended."""
    words, is_gone = _words(finding.fault) % told, finding.fault == Fault.GONE
    if finding.other == look.places[0].address:
        step = (
            _("Take the link to it off your page here.")
            if is_gone
            else _("Let your page here point to the new address.")
        )
        return ShownFinding(words, step, url=reverse("settings_places"), action=_("Your other places"))
    if finding.other:
        step = _("Take the link to it off %(other)s.") if is_gone else _("Write the new address on %(other)s.")
        return ShownFinding(words, step % told, address=finding.wanted)
    step = (
        _("Let it lead on to where you are now, or stop giving it out.") if is_gone else _("Give out the new address.")
    )
    return ShownFinding(words, step, address=finding.wanted)


def _pointer(pointer: Pointer, labels: dict[str, str], home: str) -> str:
    told = {"one": labels[pointer.one], "other": labels[pointer.other]}
    if pointer.one == home:
        return _pointer_of_home(pointer, told)
    if pointer.there and pointer.back:
        return _("%(one)s and %(other)s point to each other.") % told
    if pointer.there:
        return _("%(one)s points to %(other)s, which does not point back.") % told
    return _("%(other)s points to %(one)s, which does not point back.") % told


def _pointer_of_home(pointer: Pointer, told: dict[str, str]) -> str:
    if pointer.there and pointer.back:
        return _("Your page here and %(other)s point to each other.") % told
    if pointer.there:
        return _("Your page here points to %(other)s, which does not point back.") % told
    return _("%(other)s points to your page here, which does not point back.") % told


def _change(change: Change, labels: dict[str, str]) -> str:
    place = labels.get(change.address, change.address)
    told = {"place": place, "before": change.before, "now": change.now}
    if change.finding:
        finding = change.finding
        names = {
            "place": place,
            "other": labels.get(finding.other, finding.other),
            "said": finding.said,
            "wanted": finding.wanted,
            "when": _day(finding.at) if finding.at else "",
        }
        words = _words(finding.fault) % names
        return (_("No longer so: %s") if change.what == "mended" else _("New: %s")) % words
    match change.what:
        case "name" if change.before and change.now:
            return _("%(place)s calls you “%(now)s” now; it was “%(before)s”.") % told
        case "name":
            return (
                _("%(place)s says your name now.") % told
                if change.now
                else _("%(place)s no longer says your name.") % told
            )
        case "about":
            return _("%(place)s says something else of what you do.") % told
        case "picture":
            return _("%(place)s shows another picture than before.") % told
        case _:
            return _("%(place)s: %(now)s") % {"place": place, "now": IN_WORDS[change.now]}


def _day(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
