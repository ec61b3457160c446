"""Posts as other servers read them; and that no document shows anything to those it is not for."""

import datetime as dt
import json

import pytest

from speak.federation.render import post as post_documents
from speak.federation.render.outbox import activity_of
from speak.identity.actions import block
from speak.identity.models import Actor
from speak.kernel.errors import NotAllowed
from speak.voice.actions import Words, add_picture, boost, edit_post, publish_post, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.queries import Entry
from speak.voice.reach import OPEN, Reach
from tests import makers
from tests.federation.far import PUBLIC, FarServer, Forged, create, note
from tests.pictures import a_picture

pytestmark = pytest.mark.django_db
SECRET = "the blue heron"
