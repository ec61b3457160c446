"""The nouns of safety."""

from speak.safety.models.decision import Decision, DecisionKind
from speak.safety.models.handler import Handler
from speak.safety.models.limit import Limit, LimitKind
from speak.safety.models.report import HandedOver, Report

__all__ = ["Decision", "DecisionKind", "HandedOver", "Handler", "Limit", "LimitKind", "Report"]
