"""What becomes of what was said in a room when somebody comes or goes. Called by the room, inside its transaction."""

from collections.abc import Callable, Mapping

from speak.identity.models import Actor
from speak.voice.models import Post, Reader

Said = list[tuple[int, int, int | None]]
ToAdd = Callable[[Said, Mapping[int, set[int]]], Mapping[int, set[int]]]


def let_read_earlier(room: int, *, to_add: ToAdd) -> None:
    """Let members read what authors agreed to open to them (promise 4); `to_add` is the rule of rooms."""
    said: Said = list(Post.objects.filter(room=room).order_by("pk").values_list("pk", "author", "in_reply_to"))
    readers: dict[int, set[int]] = {}
    for post_id, actor_id in Reader.objects.filter(post__room=room).values_list("post", "actor"):
        readers.setdefault(post_id, set()).add(actor_id)
    Reader.objects.bulk_create(
        (
            Reader(post_id=post_id, actor_id=actor_id)
            for post_id, actor_ids in to_add(said, readers).items()
            for actor_id in sorted(actor_ids)
        ),
        ignore_conflicts=True,
    )


def stop_reading(actor: Actor, *, room: int) -> None:
    """Whoever is not in a room reads nothing in it but their own words (promise 8)."""
    Reader.objects.filter(post__room=room, actor=actor).delete()
