"""The addresses of rooms."""

from django.urls import URLPattern, URLResolver, path

from speak.web.pages.rooms import index, inviting, leaving, room

urlpatterns: list[URLPattern | URLResolver] = [
    path("rooms", index.rooms, name="rooms"),
    path("rooms/new", index.new_room, name="new_room"),
    path("rooms/<int:room_id>", room.room, name="room"),
    path("rooms/<int:room_id>/people", room.people, name="people_of_room"),
    path("rooms/<int:room_id>/wishes", room.wishes, name="wishes_in_room"),
    path("rooms/<int:room_id>/invite", inviting.asking, name="invite_to_room"),
    path("rooms/<int:room_id>/invite/<int:invitation_id>/take-back", inviting.taking_back, name="take_invitation_back"),
    path("rooms/<int:room_id>/leave", leaving.leave, name="leave_room"),
    path("rooms/<int:room_id>/settings", leaving.settings_of_room, name="settings_of_room"),
    path("rooms/<int:room_id>/hand-over", leaving.hand_over, name="hand_over"),
    path("invitations/<int:invitation_id>", inviting.invitation, name="invitation"),
    path("invitations/<str:token>", inviting.invitation_by_link, name="invitation_by_link"),
]
