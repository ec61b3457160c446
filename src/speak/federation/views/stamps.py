"""That somebody here agreed to be quoted, for whoever checks it (FEP-044f)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from speak.federation.render.quotes import stamp
from speak.federation.views.answers import activity, refused
from speak.voice.queries import agreed_quote


@require_safe
def show_stamp(_request: HttpRequest, quote_id: int) -> HttpResponse:
    """The stamp, as long as they agree and both posts stand; then nothing is there."""
    quote = agreed_quote(quote_id)
    if quote is None or not quote.stamp_uri:
        return refused(404, "There is no such agreement, or it was taken back.")
    return activity(stamp(quote))
