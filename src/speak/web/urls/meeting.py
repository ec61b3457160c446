"""The addresses of a meeting: the shared screen, the phones, the way in, keeping what began there."""

from allauth.account.views import password_set
from django.urls import URLPattern, URLResolver, path

from speak.web.pages.meeting import claim, here, leading, notes, now, screen
from speak.web.pages.settings import appearance, handle

# Before the addresses of people: pages that need a home lead whoever has only a name to where they make it one.
claimed_first: list[URLPattern | URLResolver] = [
    path("settings", claim.claim_first(appearance.appearance), name="settings"),
    path("settings/handle", claim.claim_first(handle.handle), name="settings_handle"),
    path("account/password/set/", claim.claim_first(password_set), name="account_set_password"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    *claimed_first,
    path("here", here.here, name="here"),
    path("here/<str:code>", here.here_code, name="here_code"),
    path("claim", claim.claim, name="claim"),
    path("rooms/<int:room_id>/now", now.now, name="room_now"),
    path("rooms/<int:room_id>/now/parts", now.now_parts, name="room_now_parts"),
    path("rooms/<int:room_id>/screen", screen.screen, name="room_screen"),
    path("rooms/<int:room_id>/screen/words", screen.words, name="room_screen_words"),
    path("rooms/<int:room_id>/screen/notes", notes.notes, name="room_screen_notes"),
    path("rooms/<int:room_id>/screen/notes/parts", notes.notes_parts, name="room_screen_notes_parts"),
    path("rooms/<int:room_id>/screen/act", leading.act, name="room_screen_act"),
]
