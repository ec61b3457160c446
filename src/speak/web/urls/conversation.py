"""The addresses of the pages about what is said."""

from django.urls import URLPattern, URLResolver, path, re_path

from speak.web.pages import acts, compose, drafts, guest, home, kept, looks, media, notifications, posts, search, tags

ADDRESS = r"^@(?P<address>[^/@]+(?:@[^/@]+)?)"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("compose", compose.compose, name="compose"),
    path("drafts", drafts.drafts, name="drafts"),
    path("drafts/<int:draft_id>", drafts.act_on_draft, name="act_on_draft"),
    path("drafts/<int:draft_id>/show", looks.show, name="show_draft"),
    path("drafts/<int:draft_id>/take-back", looks.take_back, name="take_look_back"),
    path("look/<int:look_id>", looks.look, name="look"),
    path("bookmarks", kept.kept, name="bookmarks"),
    path("thanked", kept.thanked, name="thanked"),
    path("notifications", notifications.notifications, name="notifications"),
    path("search", search.search, name="search"),
    path("tags/<str:name>", tags.tag, name="tag"),
    path("guest", guest.come, name="guest"),
    path("guest/client", guest.client, name="guest_client"),
    path("guest/back", guest.back, name="guest_back"),
    path("guest/<int:post_id>", guest.answer, name="guest_answer"),
    path("media/<str:token>", media.media, name="media"),
    path("said/<int:post_id>/act", acts.act_on_post, name="act_on_post"),
    path("said/<int:post_id>/choose", acts.choose, name="choose"),
    path("said/<int:post_id>/edit", acts.edit_post, name="edit_post"),
    path("said/<int:post_id>/withdraw", acts.withdraw_post, name="withdraw_post"),
    re_path(ADDRESS + r"/(?P<post_id>\d{1,18})$", posts.post_page, name="post"),
    re_path(ADDRESS + r"/(?P<post_id>\d{1,18})/earlier$", posts.earlier, name="earlier"),
]
