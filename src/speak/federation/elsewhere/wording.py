"""Places elsewhere in words, with who can read there (promise 5)."""

from django.utils.translation import gettext as _

from speak.federation.models import ElsewhereKind

PRODUCTS = {ElsewhereKind.SLACK: "Slack", ElsewhereKind.MATTERMOST: "Mattermost"}


def called(kind: str, name: str) -> str:
    """A place, as its owner knows it."""
    product = PRODUCTS.get(ElsewhereKind(kind))
    return _("%(channel)s of %(product)s") % {"channel": name, "product": product} if product else name


def choice_in_words(kind: str, name: str) -> str:
    """What stands beside the box to tick: where, and who can read it there."""
    if kind == ElsewhereKind.MASTODON:
        return _("Also on %(account)s: anyone can read it there.") % {"account": name}
    if kind == ElsewhereKind.MAIL:
        return _("Also by e-mail, to those who asked you for it.")
    return _("Also in %(place)s: everyone in that channel can read it.") % {"place": called(kind, name)}
