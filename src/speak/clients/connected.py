"""The apps that a person let in."""

from django.db import transaction
from django.utils.translation import gettext as _
from oauth2_provider.models import AccessToken, Grant

from speak.clients.models import App
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import NotFound


def apps_let_in(actor: Actor) -> list[tuple[App, list[str]]]:
    """Each app once, in the order of the alphabet, with the scopes it was given."""
    tokens = AccessToken.objects.filter(user=actor.user, application__isnull=False, expires__gt=clock.now())
    found: dict[int, tuple[App, set[str]]] = {}
    for token in tokens.select_related("application"):
        _, scopes = found.setdefault(token.application_id, (token.application, set()))
        scopes.update(token.scope.split())
    listed = sorted(found.values(), key=lambda row: (row[0].name.casefold(), row[0].pk))
    return [(app, sorted(scopes)) for app, scopes in listed]


def app_let_in(actor: Actor, app_id: int) -> App:
    """One of them.

    Raises:
        NotFound: this person did not let it in.
    """
    found = next((app for app, _scopes in apps_let_in(actor) if app.pk == app_id), None)
    if found is None:
        raise NotFound(_("That app has no access to anything of yours."))
    return found


@transaction.atomic
def take_access_away(actor: Actor, *, app: App) -> None:
    """Let an app do nothing in somebody's name any more, at once."""
    AccessToken.objects.filter(user=actor.user, application=app).delete()
    Grant.objects.filter(user=actor.user, application=app).delete()
