"""How django-allauth signs people in here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """People join through our own page, which asks for a link; allauth's own form stays shut."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: /join is the only way in."""
        return False
