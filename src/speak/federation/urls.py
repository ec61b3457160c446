"""Which address of ours leads where, for other servers."""

from django.urls import URLPattern, path

from speak.federation.views import (
    activities,
    actors,
    far_files,
    inbox,
    outbox,
    posts,
    sites,
    stamps,
    webmention,
    wellknown,
)
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask


def patterns(ask: Ask = real_ask) -> list[URLPattern]:
    """The addresses, with the door through which keys of strangers are fetched."""
    door = {"ask": ask}
    return [
        path(".well-known/webfinger", wellknown.webfinger),
        path(".well-known/host-meta", wellknown.host_meta),
        path(".well-known/host-meta.json", wellknown.host_meta_json),
        path(".well-known/nodeinfo", wellknown.nodeinfo_links),
        path("nodeinfo/2.0", wellknown.nodeinfo, {"schema": "2.0"}),
        path("nodeinfo/2.1", wellknown.nodeinfo, {"schema": "2.1"}),
        path("media/far/faces/<int:actor_id>", far_files.face, door),
        path("media/far/banners/<int:actor_id>", far_files.banner, door),
        path("media/far/posts/<int:media_id>", far_files.in_a_post, door),
        path("media/far/looks/<int:number>", far_files.in_a_look, door),
        path("inbox", inbox.shared_inbox, door),
        path("webmention", webmention.webmention, name="webmention"),
        path("sites/told/<str:token>", sites.told),
        path("activities/<int:activity_id>", activities.show_activity),
        path("actors/<int:actor_id>", actors.show_actor),
        path("actors/<int:actor_id>/inbox", inbox.inbox, door),
        path("actors/<int:actor_id>/outbox", outbox.outbox, door),
        path("actors/<int:actor_id>/followers", actors.followers),
        path("actors/<int:actor_id>/followers_synchronization", actors.followers_synchronization, door),
        path("actors/<int:actor_id>/following", actors.following),
        path("actors/<int:actor_id>/featured", actors.featured),
        path("stamps/<int:quote_id>", stamps.show_stamp),
        path("posts/<int:post_id>", posts.show_post, door, name="post_by_number"),
        path("posts/<int:post_id>/replies", posts.replies, door),
        path("posts/<int:post_id>/likes", posts.closed_list, {**door, "name": "likes"}),
        path("posts/<int:post_id>/shares", posts.closed_list, {**door, "name": "shares"}),
    ]


urlpatterns = patterns()
