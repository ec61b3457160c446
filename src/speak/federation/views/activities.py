"""Activities of people here, for those who check by fetching what they were sent."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from speak.federation.models import Activity
from speak.federation.render import activities
from speak.federation.signing import proven
from speak.federation.views.answers import activity, activity_bytes, refused
from speak.voice.models import Boost
from speak.voice.queries import post_by_uri, readable_by

# These carry no words of anybody.
WITHOUT_WORDS = ("Delete", "Undo")


@require_safe
def show_activity(_request: HttpRequest, activity_id: int) -> HttpResponse:
    """An activity that was addressed to anyone, as long as what it says still holds.

    What was sent to some is not shown here to others, and a message that carries words is gone from
    here when they are withdrawn.
    """
    said = (
        readable_by(None).select_related("author", "audience_owner").filter(pk=activity_id, author__domain="").first()
    )
    uri = f"{settings.SPEAK_URL}/activities/{activity_id}"
    row = Activity.objects.filter(uri=uri, is_open=True, actor__gone_at=None).first()
    if said is not None and (row is None or said.edited_at is not None):
        return activity(proven(said.author, activities.create(said)))
    if row is None or not _still_holds(row):
        return refused(404, "There is nothing here, or nothing for you.")
    return activity_bytes(row.body.encode())


def _still_holds(row: Activity) -> bool:
    if row.kind == "Announce":
        return Boost.objects.filter(uri=row.uri).exists()
    return row.kind in WITHOUT_WORDS or post_by_uri(None, row.about_uri) is not None
