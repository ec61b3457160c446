"""Every write about people. Each is one transaction and ends in an event."""

from speak.identity.actions.blocks import block, mute, unblock, unmute
from speak.identity.actions.counting import choose_counting
from speak.identity.actions.domains import bring_domain, choose_handle_domain, give_up_domain, weigh_evidence
from speak.identity.actions.follows import accept_follow, follow, refuse_follow, unfollow
from speak.identity.actions.hearing import (
    choose_policy,
    endorse,
    endorse_no_more,
    forget_filtered,
    let_through,
)
from speak.identity.actions.joining import join, make_join_link, make_person, make_person_as_written, set_password
from speak.identity.actions.leaving import leave
from speak.identity.actions.limits import Limits, check_may_speak, limit_actor
from speak.identity.actions.links import keep_finding, look_at_link, replace_links
from speak.identity.actions.lists import drop_list, keep_list, put_into_list, take_out_of_list
from speak.identity.actions.moving import (
    check_lives_here,
    forget_old_home,
    lead_followers,
    lead_on,
    may_move_to,
    move_out,
    name_old_home,
    stay,
)
from speak.identity.actions.neighbors import IncomingActor, IncomingKey, IncomingLink, keep_actor
from speak.identity.actions.notifications import (
    Occasion,
    forget_about_page,
    forget_about_post,
    forget_notifications,
    mark_seen,
    notify,
    tell_anew,
)
from speak.identity.actions.people import change_keys, end_actor, make_actor, rename_handle, renew_keys, server_actor
from speak.identity.actions.private import block_server, note_about, unblock_server
from speak.identity.actions.profile import (
    ProfileWords,
    change_preferences,
    choose_how_apps_speak,
    choose_language,
    choose_who_may_quote,
    put_on_shelf,
    set_banner,
    set_picture,
    take_banner_down,
    take_off_shelf,
    take_picture_down,
    write_profile,
)
from speak.identity.actions.sites import IncomingSite, keep_site

__all__ = [
    "IncomingActor",
    "IncomingKey",
    "IncomingLink",
    "IncomingSite",
    "Limits",
    "Occasion",
    "ProfileWords",
    "accept_follow",
    "block",
    "block_server",
    "bring_domain",
    "change_keys",
    "change_preferences",
    "check_lives_here",
    "check_may_speak",
    "choose_counting",
    "choose_handle_domain",
    "choose_how_apps_speak",
    "choose_language",
    "choose_policy",
    "choose_who_may_quote",
    "drop_list",
    "end_actor",
    "endorse",
    "endorse_no_more",
    "follow",
    "forget_about_page",
    "forget_about_post",
    "forget_filtered",
    "forget_notifications",
    "forget_old_home",
    "give_up_domain",
    "join",
    "keep_actor",
    "keep_finding",
    "keep_list",
    "keep_site",
    "lead_followers",
    "lead_on",
    "leave",
    "let_through",
    "limit_actor",
    "look_at_link",
    "make_actor",
    "make_join_link",
    "make_person",
    "make_person_as_written",
    "mark_seen",
    "may_move_to",
    "move_out",
    "mute",
    "name_old_home",
    "note_about",
    "notify",
    "put_into_list",
    "put_on_shelf",
    "refuse_follow",
    "rename_handle",
    "renew_keys",
    "replace_links",
    "server_actor",
    "set_banner",
    "set_password",
    "set_picture",
    "stay",
    "take_banner_down",
    "take_off_shelf",
    "take_out_of_list",
    "take_picture_down",
    "tell_anew",
    "unblock",
    "unblock_server",
    "unfollow",
    "unmute",
    "weigh_evidence",
    "write_profile",
]
