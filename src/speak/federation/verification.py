"""Who signed a request. Fail closed: without a valid signature by a key its owner lists, nobody did."""

import datetime as dt
import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from speak.federation import signatures
from speak.federation.discovery.fetching import Gone, NobodyThere, is_ours
from speak.federation.discovery.keys import find_key
from speak.federation.documents import Malformed
from speak.federation.documents.nodes import is_web_address
from speak.identity.models import Actor, Key
from speak.kernel import clock
from speak.kernel.errors import NotAllowed
from speak.kernel.outbound import Ask, OutboundFailure, Unreachable

# How long a key is not asked for again, whether the last answer was good or bad (interop 3.1).
KEY_REST = dt.timedelta(minutes=5)
NO_PROOF = "This needs a valid signature of its actor."


class Unproven(NotAllowed):
    """There is no signature, or it does not hold, or its key cannot be found."""


class OwnerGone(Unproven):
    """The server of the key's owner says that they are gone."""
