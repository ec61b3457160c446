"""Addresses as other places need them."""

from django import template
from django.conf import settings

register = template.Library()


@register.filter
def full_address(address: str) -> str:
    """An address on this server with the server before it; one elsewhere stays as it is."""
    return f"{settings.SPEAK_URL}{address}" if address.startswith("/") else address
