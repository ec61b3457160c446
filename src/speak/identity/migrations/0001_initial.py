import django.db.models.deletion
import speak.identity.models.join_link
import speak.kernel.clock
import speak.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Actor",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("Person", "Person"),
                            ("Service", "Service"),
                            ("Group", "Group"),
                            ("Organization", "Organization"),
                            ("Application", "Application"),
                        ],
                        default="Person",
                        max_length=16,
                    ),
                ),
                ("handle", models.CharField(max_length=128)),
                ("handle_key", models.CharField(help_text="the handle in lower case", max_length=128)),
                ("domain", models.CharField(blank=True, max_length=253)),
                (
                    "handle_domain",
                    models.CharField(
                        blank=True, help_text="of somebody here whose address is on their own", max_length=253
                    ),
                ),
                (
                    "home_domain",
                    models.CharField(blank=True, help_text="their own, where its requests arrive here", max_length=253),
                ),
                ("uri", models.CharField(max_length=2048, unique=True)),
                ("url", models.CharField(blank=True, max_length=2048)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("aim", models.CharField(blank=True, help_text="what they are about at present", max_length=500)),
                ("about_html", models.TextField(blank=True, help_text="a remote actor's summary, sanitized")),
                ("picture", models.CharField(blank=True, help_text="the blob's token", max_length=200)),
                ("picture_url", models.CharField(blank=True, max_length=2048)),
                ("picture_description", models.CharField(blank=True, max_length=1500)),
                ("banner", models.CharField(blank=True, max_length=200)),
                ("banner_url", models.CharField(blank=True, max_length=2048)),
                ("approves_followers", models.BooleanField(default=False)),
                (
                    "is_listed",
                    models.BooleanField(default=False, help_text="chose to be seen on the front page and in searches"),
                ),
                (
                    "quoting",
                    models.CharField(
                        choices=[
                            ("nobody", "Nobody"),
                            ("ask", "Whoever asks me first, and I say yes"),
                            ("followers", "My followers; others ask me first"),
                            ("anyone", "Anyone"),
                        ],
                        default="ask",
                        max_length=16,
                    ),
                ),
                ("inbox_url", models.CharField(blank=True, max_length=2048)),
                ("shared_inbox_url", models.CharField(blank=True, max_length=2048)),
                ("outbox_url", models.CharField(blank=True, max_length=2048)),
                ("followers_url", models.CharField(blank=True, max_length=2048)),
                ("following_url", models.CharField(blank=True, max_length=2048)),
                ("featured_url", models.CharField(blank=True, max_length=2048)),
                (
                    "attribution_domains",
                    models.JSONField(blank=True, default=list, help_text="sites that may name them as an author"),
                ),
                ("also_known_as", models.JSONField(blank=True, default=list)),
                ("moved_to_uri", models.CharField(blank=True, max_length=2048)),
                (
                    "moved_at",
                    models.DateTimeField(
                        blank=True, help_text="when those here who follow them were led on", null=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("changed_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("fetched_at", models.DateTimeField(blank=True, null=True)),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "suspended_at",
                    models.DateTimeField(blank=True, help_text="nobody hears them, and they say nothing", null=True),
                ),
                ("is_silenced", models.BooleanField(default=False, help_text="only those who follow them hear them")),
                (
                    "hides_media",
                    models.BooleanField(default=False, help_text="their words are shown, their pictures are not"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("username", models.CharField(max_length=64, unique=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("language", models.CharField(default="en", max_length=12)),
                ("time_zone", models.CharField(blank=True, help_text="empty: the clock of this place", max_length=64)),
                (
                    "said_by_apps",
                    models.CharField(
                        choices=[
                            ("private", "My followers"),
                            ("unlisted", "Anyone, but not announced"),
                            ("public", "Anyone, anywhere"),
                            ("direct", "Only me, and whom I name"),
                        ],
                        default="private",
                        max_length=8,
                    ),
                ),
                (
                    "veils_pictures",
                    models.BooleanField(default=False, help_text="what apps show is veiled unless they say otherwise"),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("is_staff", models.BooleanField(default=False, help_text="runs this server")),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Counting",
            fields=[
                (
                    "actor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="identity.actor",
                    ),
                ),
                (
                    "is_counted",
                    models.BooleanField(default=True, help_text="otherwise they leave before anything is counted"),
                ),
                (
                    "addresses_are_one",
                    models.BooleanField(default=False, help_text="their confirmed addresses are one person"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="actor",
            name="user",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="actor",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uri", models.CharField(blank=True, max_length=2048)),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "blocked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="blocked_by", to="identity.actor"
                    ),
                ),
                (
                    "blocker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="blocks", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="endorsements", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked"), ("accepted", "Accepted")], default="asked", max_length=8
                    ),
                ),
                ("uri", models.CharField(blank=True, help_text="the id of the Follow activity", max_length=2048)),
                ("shows_boosts", models.BooleanField(default=True)),
                (
                    "tells_of_each",
                    models.BooleanField(
                        default=False, help_text="the follower is told whenever the target says something"
                    ),
                ),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "follower",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="following", to="identity.actor"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="followers", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormerHandle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle_key", models.CharField(max_length=128, unique=True)),
                ("left_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="former_handles", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JoinLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("for_whom", models.CharField(blank=True, max_length=200)),
                ("is_for_operator", models.BooleanField(default=False, help_text="whoever uses it runs this server")),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("expires_at", models.DateTimeField(default=speak.identity.models.join_link._in_a_week)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="join_links",
                        to="identity.actor",
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="identity.actor",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Key",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("rsa", "Rsa"), ("ed25519", "Ed25519")], max_length=8)),
                ("key_uri", models.CharField(max_length=2048, unique=True)),
                ("public_pem", models.TextField()),
                ("private_pem", models.TextField(blank=True)),
                ("fetched_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LetThrough",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("label", models.CharField(max_length=255)),
                ("url", models.CharField(blank=True, max_length=2048)),
                (
                    "words",
                    models.CharField(blank=True, help_text="of people here, in place of an address", max_length=255),
                ),
                ("value_html", models.TextField(blank=True, help_text="as another server sent it, sanitized")),
                (
                    "needs_proof",
                    models.BooleanField(default=False, help_text="shown only while both point at each other"),
                ),
                (
                    "verified_at",
                    models.DateTimeField(blank=True, help_text="since when both point at each other", null=True),
                ),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "It has not been looked at yet."),
                            ("points back", "It points back."),
                            ("silent", "The page is there, and does not point back."),
                            ("away", "The page could not be reached, or not from here."),
                            ("elsewhere", "It leads on to another site. Use the address that you arrive at."),
                            ("unreadable", "What is there is no web page that can be read from here."),
                            ("ours", "That is a page of this server, which needs no proof."),
                            ("refused", "This server does not go to that address."),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "away_since",
                    models.DateTimeField(blank=True, help_text="since when it cannot be reached", null=True),
                ),
                (
                    "looks_in_vain",
                    models.PositiveSmallIntegerField(default=0, help_text="since it was last found, or looked for"),
                ),
                ("due_at", models.DateTimeField(blank=True, help_text="when it is looked at", null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="identity.actor"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="List",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "replies",
                    models.CharField(
                        choices=[("followed", "Followed"), ("list", "List"), ("none", "None")],
                        default="list",
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lists", to="identity.actor"
                    ),
                ),
            ],
            options={
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ListMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="identity.list"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MorningLetter",
            fields=[
                (
                    "actor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="identity.actor",
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        help_text="in the letter, to end them without signing in", max_length=64, unique=True
                    ),
                ),
                (
                    "told_until",
                    models.BigIntegerField(help_text="the last notification that was there when one was sent"),
                ),
                (
                    "due_at",
                    models.DateTimeField(db_index=True, help_text="when it is looked next whether somebody waits"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "muted",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="muted_by", to="identity.actor"
                    ),
                ),
                (
                    "muter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mutes", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_short_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mention", "Mention"),
                            ("reply", "Reply"),
                            ("said", "Said"),
                            ("poll_over", "Poll Over"),
                            ("like", "Like"),
                            ("boost", "Boost"),
                            ("follow", "Follow"),
                            ("follow_asked", "Follow Asked"),
                            ("invitation", "Invitation"),
                            ("first_words", "First Words"),
                            ("host_asked", "Host Asked"),
                            ("last_round", "Last Round"),
                            ("turn_asked", "Turn Asked"),
                            ("words_asked", "Words Asked"),
                            ("draft_shown", "Draft Shown"),
                            ("draft_question", "Draft Question"),
                            ("handling", "Handling"),
                            ("quoted", "Quoted"),
                            ("quote_asked", "Quote Asked"),
                            ("report", "Report"),
                            ("report_news", "Report News"),
                            ("site_mention", "Site Mention"),
                            ("site_ended", "Site Ended"),
                            ("domain_found", "Domain Found"),
                            ("domain_lost", "Domain Lost"),
                            ("link_verified", "Link Verified"),
                            ("link_lost", "Link Lost"),
                        ],
                        max_length=16,
                    ),
                ),
                ("post_id", models.BigIntegerField(db_index=True, default=0, help_text="0 where it is about no post")),
                (
                    "leads_to",
                    models.CharField(
                        blank=True, help_text="the page it is about, where that is no post's", max_length=200
                    ),
                ),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "is_filtered",
                    models.BooleanField(default=False, help_text="kept apart, until its recipient lets it through"),
                ),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notifications", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NotificationPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "for_not_following",
                    models.CharField(
                        choices=[("accept", "Accept"), ("filter", "Filter"), ("drop", "Drop")],
                        default="accept",
                        max_length=8,
                    ),
                ),
                (
                    "for_not_followers",
                    models.CharField(
                        choices=[("accept", "Accept"), ("filter", "Filter"), ("drop", "Drop")],
                        default="accept",
                        max_length=8,
                    ),
                ),
                (
                    "for_new_accounts",
                    models.CharField(
                        choices=[("accept", "Accept"), ("filter", "Filter"), ("drop", "Drop")],
                        default="accept",
                        max_length=8,
                    ),
                ),
                (
                    "for_private_mentions",
                    models.CharField(
                        choices=[("accept", "Accept"), ("filter", "Filter"), ("drop", "Drop")],
                        default="accept",
                        max_length=8,
                    ),
                ),
                (
                    "for_limited_accounts",
                    models.CharField(
                        choices=[("accept", "Accept"), ("filter", "Filter"), ("drop", "Drop")],
                        default="drop",
                        max_length=8,
                    ),
                ),
                (
                    "actor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OwnDomain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="in lower case, as DNS has it (xn--…)", max_length=253)),
                (
                    "token",
                    models.CharField(help_text="what the proof has to say; another one for everybody", max_length=64),
                ),
                (
                    "proof",
                    models.CharField(
                        blank=True,
                        choices=[("", "nothing"), ("file", "a file"), ("record", "a record")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("proven_at", models.DateTimeField(blank=True, null=True)),
                ("lost_at", models.DateTimeField(blank=True, null=True)),
                (
                    "is_answering",
                    models.BooleanField(
                        default=False, help_text="whether WebFinger at the domain leads to its owner here"
                    ),
                ),
                (
                    "wants_handle",
                    models.BooleanField(default=False, help_text="whether the address of its owner shall be on it"),
                ),
                ("brought_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "due_at",
                    models.DateTimeField(
                        blank=True, help_text="when it is looked at again; never where nobody waits", null=True
                    ),
                ),
                (
                    "missing_since",
                    models.DateTimeField(blank=True, help_text="since when what holds could not be seen", null=True),
                ),
                (
                    "actor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="own_domain", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ServerBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("domain", models.CharField(max_length=255)),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShelfObject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("title", models.CharField(max_length=100)),
                ("sentence", models.CharField(blank=True, max_length=300)),
                ("picture", models.CharField(blank=True, help_text="the blob's token", max_length=200)),
                ("picture_description", models.CharField(blank=True, max_length=1500)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shelf", to="identity.actor"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="actor",
            index=models.Index(fields=["followers_url"], name="actor_by_followers"),
        ),
        migrations.AddIndex(
            model_name="actor",
            index=models.Index(fields=["domain"], name="actor_by_domain"),
        ),
        migrations.AddIndex(
            model_name="actor",
            index=models.Index(
                condition=models.Q(("handle_domain", ""), _negated=True), fields=["handle_domain"], name="actor_by_own"
            ),
        ),
        migrations.AddIndex(
            model_name="actor",
            index=models.Index(
                condition=models.Q(("suspended_at", None), _negated=True), fields=["id"], name="actor_suspended"
            ),
        ),
        migrations.AddIndex(
            model_name="actor",
            index=models.Index(condition=models.Q(("is_silenced", True)), fields=["id"], name="actor_silenced"),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.UniqueConstraint(fields=("handle_key", "domain"), name="one_actor_per_address"),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.UniqueConstraint(fields=("blocker", "blocked"), name="one_block_per_pair"),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.UniqueConstraint(fields=("owner", "about"), name="one_endorsement_per_pair"),
        ),
        migrations.AddIndex(
            model_name="follow",
            index=models.Index(fields=["target", "state"], name="follow_by_target"),
        ),
        migrations.AddIndex(
            model_name="follow",
            index=models.Index(
                condition=models.Q(("tells_of_each", True)), fields=["target"], name="follow_that_tells"
            ),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.UniqueConstraint(fields=("follower", "target"), name="one_follow_per_pair"),
        ),
        migrations.AddConstraint(
            model_name="key",
            constraint=models.UniqueConstraint(fields=("actor", "kind", "key_uri"), name="one_key_per_uri"),
        ),
        migrations.AddConstraint(
            model_name="letthrough",
            constraint=models.UniqueConstraint(fields=("owner", "about"), name="let_through_once"),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["due_at"], name="link_due"),
        ),
        migrations.AddConstraint(
            model_name="listmember",
            constraint=models.UniqueConstraint(fields=("list", "actor"), name="once_in_a_list"),
        ),
        migrations.AddConstraint(
            model_name="mute",
            constraint=models.UniqueConstraint(fields=("muter", "muted"), name="one_mute_per_pair"),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.UniqueConstraint(fields=("owner", "about"), name="one_note_per_pair"),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(fields=["recipient", "-id"], name="notification_by_recipient"),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(
                fields=("recipient", "kind", "about", "post_id", "leads_to"), name="told_once"
            ),
        ),
        migrations.AddIndex(
            model_name="owndomain",
            index=models.Index(fields=["name"], name="own_domain_by_name"),
        ),
        migrations.AddIndex(
            model_name="owndomain",
            index=models.Index(fields=["due_at"], name="own_domain_due"),
        ),
        migrations.AddConstraint(
            model_name="owndomain",
            constraint=models.UniqueConstraint(
                condition=models.Q(("proof", ""), _negated=True), fields=("name",), name="one_owner_of_a_domain"
            ),
        ),
        migrations.AddConstraint(
            model_name="serverblock",
            constraint=models.UniqueConstraint(fields=("owner", "domain"), name="one_block_per_server"),
        ),
    ]
