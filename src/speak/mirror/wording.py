"""The words in which findings are told. Every share reads the same way: of whom, how many, did what."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speak.mirror.measures.ties import Compared
from speak.mirror.release import Roughly, Why
from speak.mirror.report import Answer

SENTENCES: Mapping[tuple[str, str], str | Promise] = {
    ("taking_part", "spoke"): gettext_lazy("Of those on the list, %(share)s wrote something."),
    ("heard", "heard"): gettext_lazy("Of those who spoke, %(share)s were answered at least once."),
    ("answered", "hour"): gettext_lazy("Of the conversations somebody opened, %(share)s were answered within an hour."),
    ("answered", "day"): gettext_lazy("Within a day, %(share)s."),
    ("answered", "week"): gettext_lazy("Within a week, %(share)s."),
    ("newcomers", "reply"): gettext_lazy("Of those who spoke for the first time, %(share)s got a reply within a week."),
    ("newcomers", "mention"): gettext_lazy(
        "Of those who spoke for the first time, %(share)s were named by somebody within a week."
    ),
    ("newcomers", "reaction"): gettext_lazy(
        "Of those who spoke for the first time, %(share)s got a reaction without words."
    ),
    ("coming_back", "back"): gettext_lazy(
        "Of those who spoke for the first time, %(share)s wrote again on a later day, within thirty days."
    ),
    ("reciprocity", "ties"): gettext_lazy("Of all ties from one person to another, %(share)s go both ways."),
    ("reciprocity", "corrected"): gettext_lazy("Of the way from mere chance to “always both ways”, that is %(share)s."),
    ("reciprocity", "weight"): gettext_lazy("Of all answers, %(share)s are matched by one in the other direction."),
    ("the_room", "answering"): gettext_lazy(
        "Of the people in the room, %(share)s answered at least one of the others."
    ),
    ("the_room", "entered"): gettext_lazy(
        "Of the conversations that others opened, %(share)s had somebody of the room in them."
    ),
    ("bridges", "crossing"): gettext_lazy(
        "Of the answers between people who belong to parts, %(share)s went to another part."
    ),
    ("outside", "outside"): gettext_lazy("Of the conversations, %(share)s had somebody from outside in them."),
}
ANSWERS: Mapping[Answer, str | Promise] = {
    Answer.REPLY: gettext_lazy(
        "An answer is a reply: a message that, by what the archive itself states, answers a message of somebody else."
    ),
    Answer.MENTION: gettext_lazy(
        "This archive states no replies. An answer is being named: a message by somebody else that names the person, "
        "with an @ or at its beginning. Many answers name nobody, so this sees too few."
    ),
    Answer.NOTHING: gettext_lazy(
        "This archive states neither replies nor whom a message names, so it does not say who answers whom."
    ),
}
ROUGHLY = {Roughly.FEW: gettext_lazy("few"), Roughly.NEARLY_ALL: gettext_lazy("nearly all")}
NOT_SHOWN = gettext_lazy("not shown")
WITHHELD = {
    Why.TOO_FEW: gettext_lazy("fewer than ten people"),
    Why.TOO_TELLING: gettext_lazy("not shown: it would say too much about a few"),
    Why.SHOWN_BEFORE: gettext_lazy("not shown: beside an earlier report it would say too much about a few"),
}
COMPARED = {
    Compared.FAR_LESS: gettext_lazy("half as often, or less"),
    Compared.LESS: gettext_lazy("less often"),
    Compared.AS_EXPECTED: gettext_lazy("as often as expected"),
    Compared.MORE: gettext_lazy("more often"),
    Compared.FAR_MORE: gettext_lazy("more than twice as often"),
}
# What stands beside a bar.
PARTS: Mapping[tuple[str, str], str | Promise] = {
    ("taking_part", "spoke"): gettext_lazy("wrote something"),
    ("heard", "heard"): gettext_lazy("answered at least once"),
    ("answered", "hour"): gettext_lazy("answered within an hour"),
    ("answered", "day"): gettext_lazy("within a day"),
    ("answered", "week"): gettext_lazy("within a week"),
    ("newcomers", "reply"): gettext_lazy("got a reply"),
    ("newcomers", "mention"): gettext_lazy("were named"),
    ("newcomers", "reaction"): gettext_lazy("got a reaction"),
    ("coming_back", "back"): gettext_lazy("wrote again on a later day"),
    ("reciprocity", "ties"): gettext_lazy("ties that go both ways"),
    ("reciprocity", "corrected"): gettext_lazy("the same, corrected for chance"),
    ("reciprocity", "weight"): gettext_lazy("answers that are matched"),
    ("the_room", "answering"): gettext_lazy("answered one of the others"),
    ("the_room", "entered"): gettext_lazy("conversations they were in"),
    ("bridges", "crossing"): gettext_lazy("answers to another part"),
    ("outside", "outside"): gettext_lazy("with somebody from outside"),
}


def in_percent(share: int | str) -> str:
    """A share as it is written, never broken over two lines."""
    return (_("%(percent)s %%") % {"percent": share}).replace(" ", "\u00a0")
