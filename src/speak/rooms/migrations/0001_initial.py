import django.db.models.deletion
import speak.kernel.clock
import speak.kernel.ids
import speak.rooms.models.invitation
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("identity", "0001_initial"),
        ("voice", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Window",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("sentence", models.CharField(blank=True, max_length=300)),
                ("opened_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Gathering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreed_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "actor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="gathering", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begun_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "actor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="organisation", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PersonElsewhere",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("named_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="identity.actor",
                    ),
                ),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.link"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people_elsewhere",
                        to="rooms.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("source", models.TextField(help_text="TOML, as `rooms.programmes` reads it")),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("changed_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="programmes", to="identity.actor"
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at"],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("purpose", models.CharField(help_text="one sentence", max_length=300)),
                ("cap", models.PositiveSmallIntegerField(default=8)),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("opened_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("ends_at", models.DateTimeField()),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                (
                    "hand_over_at",
                    models.DateTimeField(blank=True, help_text="when the hand-over round began", null=True),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "code",
                    models.CharField(
                        blank=True, db_index=True, help_text="spoken words, joined by hyphens", max_length=40
                    ),
                ),
                ("code_until", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_to_host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="identity.actor",
                    ),
                ),
                (
                    "founder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.actor"
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rooms_hosted", to="identity.actor"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="rooms",
                        to="rooms.programme",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("reason", models.CharField(max_length=500)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("expires_at", models.DateTimeField(default=speak.rooms.models.invitation._in_two_weeks)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="identity.actor",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="identity.actor",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="rooms.room"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("joined_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "actor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guest", to="identity.actor"
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rooms.room"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("drawing", models.PositiveIntegerField()),
                ("practice", models.CharField(blank=True, help_text="its slug", max_length=80)),
                ("drawn_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("actors", models.ManyToManyField(related_name="+", to="identity.actor")),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="rooms.room"
                    ),
                ),
            ],
            options={
                "ordering": ["-drawing", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Story",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("source", models.TextField(blank=True)),
                (
                    "reach",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Only me"),
                            (10, "People I name"),
                            (20, "The people in a room"),
                            (30, "Everyone here"),
                            (40, "My followers, and whoever I name"),
                            (50, "Anyone, but not announced"),
                            (60, "Anyone, anywhere"),
                        ],
                        default=30,
                    ),
                ),
                ("room", models.BigIntegerField(default=0, help_text="the room it is for, by number; 0 anywhere else")),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("changed_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "post",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="voice.post",
                    ),
                ),
                (
                    "teller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stories", to="identity.actor"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "stories",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Quotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("excerpt", models.TextField(help_text="the words as they will stand; a part of the post's")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("chosen", "Chosen"),
                            ("asked", "Asked"),
                            ("agreed", "Agreed"),
                            ("declined", "Declined"),
                            ("taken_back", "Taken Back"),
                        ],
                        default="chosen",
                        max_length=16,
                    ),
                ),
                ("seen", models.CharField(blank=True, max_length=64)),
                ("token_hash", models.CharField(blank=True, db_index=True, max_length=64)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quotations", to="identity.actor"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="voice.post"),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quotations", to="rooms.story"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="turns", to="identity.actor"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="identity.actor"
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="turns", to="rooms.window"
                    ),
                ),
            ],
            options={
                "ordering": ["week"],
            },
        ),
        migrations.CreateModel(
            name="WindowPost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="voice.post"
                    ),
                ),
                (
                    "turn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="rooms.turn"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FirstWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "room",
                    models.BigIntegerField(
                        default=0, help_text="the room's number; 0 for the first words anywhere here"
                    ),
                ),
                ("said_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("asked_inviter_at", models.DateTimeField(blank=True, null=True)),
                ("asked_host_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
                (
                    "inviter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="identity.actor",
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="voice.post"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["said_at"], name="first_words_by_time")],
                "constraints": [models.UniqueConstraint(fields=("author", "room"), name="first_words_once_per_room")],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("practice", models.CharField(help_text="its slug", max_length=80)),
                ("opened_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="openings", to="rooms.room"
                    ),
                ),
            ],
            options={
                "ordering": ["opened_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("room", "practice"), name="opened_once_per_room")],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("joined_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("is_shown", models.BooleanField(default=False)),
                ("opens_earlier", models.BooleanField(default=False)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="identity.actor"
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="identity.actor",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="rooms.room"
                    ),
                ),
            ],
            options={
                "ordering": ["joined_at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("room", "actor"), name="one_membership_per_room")],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("practice", models.CharField(help_text="its slug", max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[("begun", "Begun"), ("tried", "Tried"), ("set_aside", "Set Aside")],
                        default="begun",
                        max_length=16,
                    ),
                ),
                ("paper", models.JSONField(blank=True, default=dict)),
                ("opens_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="identity.actor"
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at"],
                "constraints": [models.UniqueConstraint(fields=("actor", "practice"), name="one_step_per_practice")],
            },
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.UniqueConstraint(fields=("window", "week"), name="one_voice_per_week"),
        ),
    ]
