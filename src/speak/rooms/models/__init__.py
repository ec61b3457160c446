"""The nouns of rooms."""

from speak.rooms.models.drawing import Group
from speak.rooms.models.first_words import FirstWords
from speak.rooms.models.invitation import Invitation
from speak.rooms.models.organisation import Gathering, Organisation, PersonElsewhere, Turn, Window, WindowPost
from speak.rooms.models.practice import Opening, Programme, Step, StepState
from speak.rooms.models.room import Guest, Membership, Room
from speak.rooms.models.story import Quotation, QuotationState, Story

__all__ = [
    "FirstWords",
    "Gathering",
    "Group",
    "Guest",
    "Invitation",
    "Membership",
    "Opening",
    "Organisation",
    "PersonElsewhere",
    "Programme",
    "Quotation",
    "QuotationState",
    "Room",
    "Step",
    "StepState",
    "Story",
    "Turn",
    "Window",
    "WindowPost",
]
