"""Every write about reports and limits. Each is one transaction and ends in an event."""

from speak.safety.actions.deciding import Outcome, decide_report, hand_back_report
from speak.safety.actions.forgetting import forget_old_reports
from speak.safety.actions.handlers import accept_handling, end_handling, name_handler
from speak.safety.actions.limits import LimitWords, end_limits_that_are_over, lift_limit, put_under_limits, set_limit
from speak.safety.actions.reporting import (
    Complaint,
    choose_handler,
    make_report,
    receive_report,
    withdraw_report,
)

__all__ = [
    "Complaint",
    "LimitWords",
    "Outcome",
    "accept_handling",
    "choose_handler",
    "decide_report",
    "end_handling",
    "end_limits_that_are_over",
    "forget_old_reports",
    "hand_back_report",
    "lift_limit",
    "make_report",
    "name_handler",
    "put_under_limits",
    "receive_report",
    "set_limit",
    "withdraw_report",
]
