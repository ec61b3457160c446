"""How tests tell somebody that something is wrong."""

from collections.abc import Sequence

from speak.identity.models import Actor
from speak.safety.actions import Complaint, LimitWords, accept_handling, make_report, name_handler, set_limit
from speak.safety.models import Limit, LimitKind, Report
from speak.voice.models import Post


def hears(actor: Actor) -> Actor:
    """Named by command, and willing."""
    name_handler(None, actor=actor)
    accept_handling(actor, sentence="Ask me at the boathouse.")
    return actor


def tells(
    reporter: Actor, handler: Actor | None, about: Actor, words: str = "He shouted.", *, posts: Sequence[Post] = ()
) -> Report:
    """`reporter` reports somebody to `handler`."""
    return make_report(reporter, reported=about, complaint=Complaint(words, posts), handler=handler)


def limits(about: Actor | str, kind: LimitKind, *, reason: str = "It has to be quieter.") -> Limit:
    """A limit by command."""
    return set_limit(None, about=about, words=LimitWords(kind, reason))
