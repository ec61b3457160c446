"""Anyone who can speak or be spoken to, here or on another server."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from speak.identity.models.user import User
from speak.kernel import clock
from speak.kernel.ids import new_id


class ActorKind(models.TextChoices):
    """ActivityPub's actor types."""

    PERSON = "Person"
    SERVICE = "Service"
    GROUP = "Group"
    ORGANIZATION = "Organization"
    APPLICATION = "Application"


# How the id of a site begins that is known by its feed; what follows is the address of that.
FEED = "feed:"


class Quoting(models.TextChoices):
    """Who may show one's open words inside words of their own."""

    NOBODY = "nobody", _("Nobody")
    ASK = "ask", _("Whoever asks me first, and I say yes")
    FOLLOWERS = "followers", _("My followers; others ask me first")
    ANYONE = "anyone", _("Anyone")


class Actor(models.Model):
    """A voice with an address. `domain` is empty for those whose home is here."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(User, models.SET_NULL, null=True, blank=True, related_name="actor")
    kind = models.CharField(max_length=16, choices=ActorKind, default=ActorKind.PERSON)
    handle = models.CharField(max_length=128)
    handle_key = models.CharField(max_length=128, help_text="the handle in lower case")
    domain = models.CharField(max_length=253, blank=True)
    handle_domain = models.CharField(
        max_length=253, blank=True, help_text="of somebody here whose address is on their own"
    )
    home_domain = models.CharField(max_length=253, blank=True, help_text="their own, where its requests arrive here")
    uri = models.CharField(max_length=2048, unique=True)
    url = models.CharField(max_length=2048, blank=True)

    name = models.CharField(max_length=200, blank=True)
    aim = models.CharField(max_length=500, blank=True, help_text="what they are about at present")
    about_html = models.TextField(blank=True, help_text="a remote actor's summary, sanitized")
    picture = models.CharField(max_length=200, blank=True, help_text="the blob's token")
    picture_url = models.CharField(max_length=2048, blank=True)
    picture_description = models.CharField(max_length=1500, blank=True)
    banner = models.CharField(max_length=200, blank=True)
    banner_url = models.CharField(max_length=2048, blank=True)
    approves_followers = models.BooleanField(default=False)
    is_listed = models.BooleanField(default=False, help_text="chose to be seen on the front page and in searches")

    quoting = models.CharField(max_length=16, choices=Quoting, default=Quoting.ASK)

    inbox_url = models.CharField(max_length=2048, blank=True)
    shared_inbox_url = models.CharField(max_length=2048, blank=True)
    outbox_url = models.CharField(max_length=2048, blank=True)
    followers_url = models.CharField(max_length=2048, blank=True)
    following_url = models.CharField(max_length=2048, blank=True)
    featured_url = models.CharField(max_length=2048, blank=True)
    attribution_domains = models.JSONField(default=list, blank=True, help_text="sites that may name them as an author")
    also_known_as = models.JSONField(default=list, blank=True)
    moved_to_uri = models.CharField(max_length=2048, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True, help_text="when those here who follow them were led on")

    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    fetched_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    # What the people of this server decided about them (safety), as far as every reader has to know it.
    suspended_at = models.DateTimeField(null=True, blank=True, help_text="nobody hears them, and they say nothing")
    is_silenced = models.BooleanField(default=False, help_text="only those who follow them hear them")
    hides_media = models.BooleanField(default=False, help_text="their words are shown, their pictures are not")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["handle_key", "domain"], name="one_actor_per_address")]
        indexes: ClassVar = [
            models.Index(fields=["followers_url"], name="actor_by_followers"),
            models.Index(fields=["domain"], name="actor_by_domain"),
            models.Index(fields=["handle_domain"], name="actor_by_own", condition=~models.Q(handle_domain="")),
            models.Index(fields=["id"], name="actor_suspended", condition=~models.Q(suspended_at=None)),
            models.Index(fields=["id"], name="actor_silenced", condition=models.Q(is_silenced=True)),
        ]

    def __str__(self) -> str:
        """The address."""
        return self.address

    @property
    def is_local(self) -> bool:
        """Whether their home is here."""
        return not self.domain

    @property
    def runs_this_server(self) -> bool:
        """Whether they are one of its operators, and can sign in."""
        return self.user is not None and self.user.is_active and self.user.is_staff

    @property
    def is_site(self) -> bool:
        """Whether this is a site that speaks by a feed: no server that hears us."""
        return self.uri.startswith(FEED)

    @property
    def host(self) -> str:
        """The domain that follows the @ in the address."""
        return self.domain or self.handle_domain or settings.SPEAK_DOMAIN

    @property
    def address(self) -> str:
        """@handle@domain."""
        return f"@{self.account}"

    @property
    def account(self) -> str:
        """handle@domain, as `acct:` addresses are written (RFC 7565)."""
        return f"{self.handle}@{self.host}"

    @property
    def home_url(self) -> str:
        """Where their page is read best: on their own domain, or else at its usual address."""
        return f"https://{self.home_domain}/" if self.home_domain else self.url

    @property
    def called(self) -> str:
        """The name they gave, or else their handle."""
        return self.name or self.handle

    @property
    def path(self) -> str:
        """The page of this actor on this server."""
        return f"/@{self.handle}" if self.is_local else f"/@{self.handle}@{self.domain}"

    @property
    def best_inbox_url(self) -> str:
        """Where a copy for this actor goes: the inbox their server shares, where it has one."""
        return self.shared_inbox_url or self.inbox_url
