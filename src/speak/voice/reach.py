"""How far a post reaches."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reach(models.IntegerChoices):
    """Who a post is for, in rising order; its words stand beside every place to write."""

    SELF = 0, _("Only me")
    NAMED = 10, _("People I name")
    ROOM = 20, _("The people in a room")
    HERE = 30, _("Everyone here")
    FOLLOWERS = 40, _("My followers, and whoever I name")
    QUIET = 50, _("Anyone, but not announced")
    PUBLIC = 60, _("Anyone, anywhere")


# Whoever looks, signed in or not, may read these.
OPEN = (Reach.QUIET, Reach.PUBLIC)
# These are for the people whom their readers rows name.
LISTED = (Reach.NAMED, Reach.ROOM)
# These never leave this server.
STAYS_HERE = (Reach.SELF, Reach.ROOM, Reach.HERE)
