"""Where one subscribes (WebSub 5.1)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from speak.clients.tasks import verify_subscription
from speak.clients.websub.subscribing import ask_for
from speak.kernel.errors import Kind, Refusal


@csrf_exempt
@require_POST
def hub(request: HttpRequest) -> HttpResponse:
    """Take a wish to subscribe or to unsubscribe: 202, and the callback is asked; 400 or 429 in words."""
    given = {name: request.POST.get(f"hub.{name}", "").replace("\0", "") for name in ("mode", "topic", "callback")}
    secret, lease = request.POST.get("hub.secret", "").replace("\0", ""), request.POST.get("hub.lease_seconds", "")
    try:
        row = ask_for(given["mode"], topic=given["topic"], callback=given["callback"], secret=secret, lease=lease)
    except Refusal as refusal:
        status = 429 if refusal.kind == Kind.TOO_MUCH else 400
        return HttpResponse(f"{refusal.sentence}\n", status=status, content_type="text/plain; charset=utf-8")
    verify_subscription.enqueue(subscription_id=row.pk)
    return HttpResponse("Taken. The callback is asked soon.\n", status=202, content_type="text/plain; charset=utf-8")
