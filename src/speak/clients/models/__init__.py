"""The nouns of other people's apps."""

from speak.clients.models.app import App
from speak.clients.models.imports import ENDED, Import, ImportState
from speak.clients.models.luggage import Luggage
from speak.clients.models.marker import Marker
from speak.clients.models.news import NewsRow
from speak.clients.models.once import AskedOnce
from speak.clients.models.push import From, PushSubscription
from speak.clients.models.subscription import Subscription, Wish
from speak.clients.models.take_along import Phase, TakeAlong
from speak.clients.models.taken_back import TakenBack

__all__ = [
    "ENDED",
    "App",
    "AskedOnce",
    "From",
    "Import",
    "ImportState",
    "Luggage",
    "Marker",
    "NewsRow",
    "Phase",
    "PushSubscription",
    "Subscription",
    "TakeAlong",
    "TakenBack",
    "Wish",
]
