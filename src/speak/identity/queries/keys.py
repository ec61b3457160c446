"""The keys with which people here sign."""

from speak.identity.models import Actor, Key, KeyKind


def signing_key(actor: Actor, kind: KeyKind = KeyKind.RSA) -> Key:
    """The newest key with which somebody here signs."""
    return Key.objects.filter(actor=actor, kind=kind).exclude(private_pem="").latest("pk")


def own_key(actor: Actor, kind: KeyKind) -> Key | None:
    """The newest key of this kind with which somebody here signs, where they have one."""
    return Key.objects.filter(actor=actor, kind=kind).exclude(private_pem="").order_by("-pk").first()


def public_keys(actor: Actor) -> list[Key]:
    """The keys an actor publishes, RSA first."""
    return sorted(Key.objects.filter(actor=actor), key=lambda key: (key.kind != KeyKind.RSA, key.pk))
