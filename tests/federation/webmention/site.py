"""site.example: a site of one person, played by a table of pages."""

from django.test import Client

from speak.federation.models import OwedMention, SiteMention
from speak.federation.webmention import receiving, sending
from speak.kernel.outbound import Answer
from tests.fakes import FakeOutbound

SITE = "https://site.example"
PAGE = f"{SITE}/post"
ENDPOINT = f"{SITE}/webmention"
HERE = "https://home.example"


def html(body: str, *, status: int = 200, url: str = "", **headers: str) -> Answer:
    """A page of HTML."""
    given = {"content-type": "text/html; charset=utf-8", **headers}
    return Answer(status, body.encode(), url, given)


def reply_to(target: str, *, words: str = "<p>I agree.</p>", name: str = "Erin") -> Answer:
    """A page with a reply in microformats."""
    return html(
        f'<article class="h-entry"><a class="u-in-reply-to" href="{target}">to you</a>'
        f'<span class="p-author h-card"><a class="p-name u-url" href="{SITE}/">{name}</a></span>'
        f'<time class="dt-published" datetime="2026-03-04T05:06:07+00:00">then</time>'
        f'<div class="e-content">{words}</div></article>'
    )


def sends(source: str, target: str, *, client: Client | None = None) -> int:
    """A site says that source links to target; the status it gets."""
    asked = (client or Client()).post("/webmention", {"source": source, "target": target})
    return int(asked.status_code)


def worker_reads(outbound: FakeOutbound) -> None:
    """The worker reads every page that is said to link here."""
    for mention_id in receiving.take_up_due():
        receiving.check(mention_id, ask=outbound.ask)


def worker_tells(outbound: FakeOutbound) -> None:
    """The worker tells every site that is owed something now."""
    for owed_id in sending.take_up_due():
        sending.tell_site(owed_id, ask=outbound.ask)


def owed() -> list[str]:
    """The pages that are owed something now."""
    return list(OwedMention.objects.exclude(due_at=None).order_by("pk").values_list("target_url", flat=True))


def kept() -> list[SiteMention]:
    """What is kept of other sites."""
    return list(SiteMention.objects.order_by("pk"))


def told(outbound: FakeOutbound) -> list[tuple[str, str]]:
    """What was sent to which endpoint."""
    return [(call.url, call.body.decode()) for call in outbound.calls if call.method == "POST"]
