"""Somebody who can sign in here."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from speak.kernel import clock


class SaidByApps(models.TextChoices):
    """For whom an app speaks that does not say for whom; the values are Mastodon's."""

    FOLLOWERS = "private", _("My followers")
    QUIET = "unlisted", _("Anyone, but not announced")
    PUBLIC = "public", _("Anyone, anywhere")
    SELF = "direct", _("Only me, and whom I name")


class Users(BaseUserManager["User"]):
    """Whoever is signed in comes with their actor, in the same query: every page asks for both."""

    def get_queryset(self) -> models.QuerySet["User"]:
        """Users, each with their actor."""
        return super().get_queryset().select_related("actor")


class User(AbstractBaseUser, PermissionsMixin):
    """Sign-in and nothing else; what others see of a person is their Actor."""

    # Django would note here when somebody was last here; that is nobody's business (promise 6).
    last_login = None
    username = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=12, default="en")
    time_zone = models.CharField(max_length=64, blank=True, help_text="empty: the clock of this place")
    said_by_apps = models.CharField(max_length=8, choices=SaidByApps, default=SaidByApps.FOLLOWERS)
    veils_pictures = models.BooleanField(default=False, help_text="what apps show is veiled unless they say otherwise")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text="runs this server")
    created_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        """The name they sign in with."""
        return self.username
