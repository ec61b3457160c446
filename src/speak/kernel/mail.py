"""Whether this server can send e-mail at all."""

from django.conf import settings


def is_set_up() -> bool:
    """Whether there is a server to hand it to, and not only a terminal; an invented place sends none."""
    return bool(settings.EMAIL_HOST) and "console" not in settings.EMAIL_BACKEND and not settings.SPEAK_DEMO
