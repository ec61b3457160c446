"""Every write about rooms. Each is one transaction and ends in an event."""

from speak.rooms.actions.asking import ask_hosts, note_words
from speak.rooms.actions.consent import answer_about_words, take_words_back
from speak.rooms.actions.elsewhere import leave_person_out, look_at_person, name_person_elsewhere
from speak.rooms.actions.hosting import (
    accept_hosting,
    ask_to_host,
    begin_hand_over,
    begin_last_rounds,
    carry_on,
    close_room,
    decline_hosting,
)
from speak.rooms.actions.inviting import Asked, accept_invitation, decline_invitation, invite, withdraw_invitation
from speak.rooms.actions.meeting import begin_meeting, claim_home, end_meeting, join_meeting, show_place
from speak.rooms.actions.members import agree_to_be_shown, enter, leave_room, open_earlier
from speak.rooms.actions.opening import RoomWords, change_room, open_room, pause_room, resume_room
from speak.rooms.actions.organisation import agree_to_be_gathered, describe_organisation, found_organisation
from speak.rooms.actions.practising import (
    bring_step,
    change_programme,
    choose_programme,
    draw_groups,
    drop_programme,
    forget_step,
    keep_paper,
    keep_programme,
    open_practice,
    set_step,
)
from speak.rooms.actions.stories import (
    StoryWords,
    ask_for_words,
    choose_words,
    drop_story,
    leave_words_out,
    tell_story,
    write_story,
)
from speak.rooms.actions.window import answer_about_week, ask_for_week, open_window, speak_at_window

__all__ = [
    "Asked",
    "RoomWords",
    "StoryWords",
    "accept_hosting",
    "accept_invitation",
    "agree_to_be_gathered",
    "agree_to_be_shown",
    "answer_about_week",
    "answer_about_words",
    "ask_for_week",
    "ask_for_words",
    "ask_hosts",
    "ask_to_host",
    "begin_hand_over",
    "begin_last_rounds",
    "begin_meeting",
    "bring_step",
    "carry_on",
    "change_programme",
    "change_room",
    "choose_programme",
    "choose_words",
    "claim_home",
    "close_room",
    "decline_hosting",
    "decline_invitation",
    "describe_organisation",
    "draw_groups",
    "drop_programme",
    "drop_story",
    "end_meeting",
    "enter",
    "forget_step",
    "found_organisation",
    "invite",
    "join_meeting",
    "keep_paper",
    "keep_programme",
    "leave_person_out",
    "leave_room",
    "leave_words_out",
    "look_at_person",
    "name_person_elsewhere",
    "note_words",
    "open_earlier",
    "open_practice",
    "open_room",
    "open_window",
    "pause_room",
    "resume_room",
    "set_step",
    "show_place",
    "speak_at_window",
    "take_words_back",
    "tell_story",
    "withdraw_invitation",
    "write_story",
]
