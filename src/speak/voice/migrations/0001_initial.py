import django.db.models.deletion
import speak.kernel.clock
import speak.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("identity", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Option",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("chosen", models.PositiveIntegerField(default=0, help_text="how often")),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("uri", models.CharField(max_length=2048, unique=True)),
                ("url", models.CharField(blank=True, max_length=2048)),
                (
                    "kind",
                    models.CharField(
                        choices=[("Note", "Note"), ("Article", "Article"), ("Question", "Question")],
                        default="Note",
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=300)),
                (
                    "source",
                    models.TextField(blank=True, help_text="as its author typed it; empty for posts from elsewhere"),
                ),
                ("html", models.TextField(blank=True, help_text="sanitized")),
                ("summary", models.CharField(blank=True, help_text="the content warning", max_length=500)),
                ("is_sensitive", models.BooleanField(default=False)),
                ("language", models.CharField(blank=True, max_length=16)),
                (
                    "wants",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Whatever comes to mind"),
                            ("none", "None: I only want to say it"),
                            ("questions", "Questions"),
                            ("thoughts", "Thoughts"),
                            ("hard_truths", "Hard truths"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
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
                        ]
                    ),
                ),
                (
                    "audience_at",
                    models.DateTimeField(
                        default=speak.kernel.clock.now, help_text="followers since before this may read it"
                    ),
                ),
                (
                    "room",
                    models.BigIntegerField(default=0, help_text="the room it was said in, by number; 0 anywhere else"),
                ),
                ("in_reply_to_uri", models.CharField(blank=True, max_length=2048)),
                (
                    "thread_id",
                    models.BigIntegerField(db_index=True, help_text="the id of the post that began the conversation"),
                ),
                (
                    "policy",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="what its author elsewhere lets others do with it: who at once, and who after asking, by their ids",
                    ),
                ),
                (
                    "quoting",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nobody", "Nobody"),
                            ("ask", "Whoever asks me first, and I say yes"),
                            ("followers", "My followers; others ask me first"),
                            ("anyone", "Anyone"),
                        ],
                        help_text="who may quote it, if not as its author prefers",
                        max_length=16,
                    ),
                ),
                (
                    "is_for_elsewhere",
                    models.BooleanField(default=False, help_text="its author chose places elsewhere for it too"),
                ),
                ("said_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered",
                    models.ForeignKey(
                        blank=True,
                        help_text="whose post it answers",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to="identity.actor",
                    ),
                ),
                (
                    "audience_owner",
                    models.ForeignKey(
                        help_text="whose followers are meant; the author, or whom they answer",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="identity.actor",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="identity.actor"
                    ),
                ),
                (
                    "in_reply_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replies",
                        to="voice.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
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
                        choices=[("Note", "Note"), ("Article", "Article"), ("Question", "Question")],
                        default="Note",
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=300)),
                ("source", models.TextField(blank=True)),
                ("summary", models.CharField(blank=True, max_length=500)),
                ("language", models.CharField(blank=True, max_length=16)),
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
                        default=0,
                    ),
                ),
                ("is_sensitive", models.BooleanField(default=False)),
                (
                    "quoting",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nobody", "Nobody"),
                            ("ask", "Whoever asks me first, and I say yes"),
                            ("followers", "My followers; others ask me first"),
                            ("anyone", "Anyone"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "stays_in_thread",
                    models.BooleanField(default=False, help_text="for those who can read what it answers"),
                ),
                ("is_knowingly_wider", models.BooleanField(default=False)),
                ("room", models.BigIntegerField(default=0, help_text="the room it is for, by number; 0 anywhere else")),
                (
                    "also_at",
                    models.JSONField(blank=True, default=list, help_text="places elsewhere it is for too, by number"),
                ),
                (
                    "wants",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Whatever comes to mind"),
                            ("none", "None: I only want to say it"),
                            ("questions", "Questions"),
                            ("thoughts", "Thoughts"),
                            ("hard_truths", "Hard truths"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                (
                    "answers_url",
                    models.CharField(blank=True, help_text="a page of another site that this answers", max_length=2048),
                ),
                ("poll", models.JSONField(blank=True, help_text="options, lasts (seconds), is_multiple", null=True)),
                (
                    "kept",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="of one that was brought: for whom it was, and what has no place here",
                    ),
                ),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("changed_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("held_until", models.DateTimeField(blank=True, db_index=True, null=True)),
                (
                    "last_refusal",
                    models.CharField(
                        blank=True, help_text="why it could not be said when its time came", max_length=500
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="identity.actor"
                    ),
                ),
                ("people", models.ManyToManyField(related_name="+", to="identity.actor")),
            ],
            options={
                "ordering": ["-changed_at"],
            },
        ),
        migrations.CreateModel(
            name="Filter",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("contexts", models.JSONField(default=list, help_text="home, notifications, public, thread, account")),
                (
                    "act",
                    models.CharField(
                        choices=[("warn", "Warn"), ("hide", "Hide"), ("blur", "Blur")], default="warn", max_length=8
                    ),
                ),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="filters", to="identity.actor"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FilterKeyword",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("keyword", models.CharField(max_length=200)),
                ("is_whole_word", models.BooleanField(default=True)),
                (
                    "filter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keywords", to="voice.filter"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "wish",
                    models.CharField(
                        blank=True, help_text="what the author would like to be asked about", max_length=300
                    ),
                ),
                ("shown_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "draft",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="look", to="voice.draft"
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Media",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token", models.CharField(blank=True, db_index=True, max_length=64)),
                ("remote_url", models.CharField(blank=True, max_length=2048)),
                ("media_type", models.CharField(max_length=100)),
                ("description", models.TextField(blank=True, help_text="alternative text")),
                ("width", models.PositiveIntegerField(default=0, help_text="pixels; 0 where unknown")),
                ("height", models.PositiveIntegerField(default=0)),
                ("focus_x", models.FloatField(default=0, help_text="the point to look at: -1 is left, 1 is right")),
                ("focus_y", models.FloatField(default=0, help_text="-1 is the bottom, 1 is the top")),
                ("blurhash", models.CharField(blank=True, help_text="its colors in a few letters", max_length=100)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="media", to="identity.actor"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="media",
                        to="voice.post",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="draft",
            name="media",
            field=models.ManyToManyField(related_name="+", to="voice.media"),
        ),
        migrations.CreateModel(
            name="Pin",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pins", to="identity.actor"
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pin", to="voice.post"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="identity.actor"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="voice.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Like",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "emoji",
                    models.CharField(
                        blank=True, help_text="or its :name: where it is a picture elsewhere", max_length=100
                    ),
                ),
                ("uri", models.CharField(max_length=2048, unique=True)),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="likes", to="identity.actor"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="likes", to="voice.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FilterPost",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "filter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="voice.filter"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="voice.post"),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="draft",
            name="in_reply_to",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="voice.post"
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="quoted",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="voice.post"
            ),
        ),
        migrations.CreateModel(
            name="Brought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        help_text="what it is called where it was said: an address, mostly", max_length=512
                    ),
                ),
                ("answers", models.CharField(blank=True, help_text="the key of what it answers", max_length=512)),
                ("import_id", models.BigIntegerField(db_index=True, help_text="what brought it, by number")),
                (
                    "kept",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="what was said of it there and has no place here: its readers, its room",
                    ),
                ),
                ("brought_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="brought", to="voice.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Boost",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("uri", models.CharField(max_length=2048, unique=True)),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="boosts", to="identity.actor"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="boosts", to="voice.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Bookmark",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bookmarks", to="identity.actor"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bookmarks", to="voice.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("words", models.CharField(max_length=1000)),
                ("asked_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "look",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="voice.look"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("quoted_uri", models.CharField(db_index=True, max_length=2048)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("agreed", "Agreed"),
                            ("refused", "Refused"),
                            ("taken_back", "Taken Back"),
                        ],
                        default="asked",
                        max_length=16,
                    ),
                ),
                ("request_uri", models.CharField(blank=True, db_index=True, max_length=2048)),
                ("stamp_uri", models.CharField(blank=True, db_index=True, max_length=2048)),
                ("asked_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quote", to="voice.post"
                    ),
                ),
                (
                    "quoted",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="quotes",
                        to="voice.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readers", to="voice.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="voice.post"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(blank=True, max_length=300)),
                ("source", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                ("summary", models.CharField(blank=True, max_length=500)),
                ("said_at", models.DateTimeField(help_text="when this wording was given")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="voice.post"
                    ),
                ),
            ],
            options={
                "ordering": ["-said_at"],
            },
        ),
        migrations.CreateModel(
            name="ShownTag",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shown_tags", to="identity.actor"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tags", to="voice.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FollowedTag",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(db_index=True, max_length=100)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("actor", "name"), name="one_follow_per_tag")],
            },
        ),
        migrations.CreateModel(
            name="Hush",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("thread_id", models.BigIntegerField()),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("actor", "thread_id"), name="one_hush_per_thread")],
            },
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "chooser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="choices", to="identity.actor"
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="choices", to="voice.option"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("option", "chooser"), name="one_choice_per_option")],
            },
        ),
        migrations.CreateModel(
            name="PlaceInThread",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("thread_id", models.BigIntegerField()),
                ("read_up_to", models.BigIntegerField(default=0)),
                ("away_up_to", models.BigIntegerField(default=0)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("actor", "thread_id"), name="one_place_per_thread")],
            },
        ),
        migrations.CreateModel(
            name="Poll",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="poll",
                        serialize=False,
                        to="voice.post",
                    ),
                ),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("is_multiple", models.BooleanField(default=False)),
                ("people", models.PositiveIntegerField(default=0, help_text="how many chose something")),
                (
                    "is_news",
                    models.BooleanField(default=False, help_text="more was chosen than other servers were told"),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, help_text="when those who chose were told that it is over", null=True
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["ends_at"], name="poll_that_runs"),
                    models.Index(condition=models.Q(("is_news", True)), fields=["post"], name="poll_with_news"),
                ],
            },
        ),
        migrations.AddField(
            model_name="option",
            name="poll",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="options", to="voice.poll"
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["author", "-id"], name="post_by_author"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["reach", "-id"], name="post_by_reach"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["answered", "-id"], name="post_by_answered"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(condition=models.Q(("room__gt", 0)), fields=["room", "-id"], name="post_by_room"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["in_reply_to_uri"], name="post_by_answered_uri"),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("post", "actor"), name="one_mention_per_post"),
        ),
        migrations.AddConstraint(
            model_name="like",
            constraint=models.UniqueConstraint(fields=("actor", "post", "emoji"), name="one_like_per_post"),
        ),
        migrations.AddConstraint(
            model_name="filterpost",
            constraint=models.UniqueConstraint(fields=("filter", "post"), name="once_in_a_filter"),
        ),
        migrations.AddIndex(
            model_name="brought",
            index=models.Index(
                condition=models.Q(("answers", ""), _negated=True),
                fields=["owner", "answers"],
                name="brought_by_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="brought",
            constraint=models.UniqueConstraint(fields=("owner", "key"), name="one_brought_per_key"),
        ),
        migrations.AddIndex(
            model_name="boost",
            index=models.Index(fields=["actor", "-id"], name="boost_by_actor"),
        ),
        migrations.AddConstraint(
            model_name="boost",
            constraint=models.UniqueConstraint(fields=("actor", "post"), name="one_boost_per_post"),
        ),
        migrations.AddConstraint(
            model_name="bookmark",
            constraint=models.UniqueConstraint(fields=("actor", "post"), name="one_bookmark_per_post"),
        ),
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(fields=["quoted", "state"], name="quote_by_quoted"),
        ),
        migrations.AddConstraint(
            model_name="reader",
            constraint=models.UniqueConstraint(fields=("post", "actor"), name="one_reader_per_post"),
        ),
        migrations.AddConstraint(
            model_name="rest",
            constraint=models.UniqueConstraint(fields=("actor", "post"), name="one_rest_per_post"),
        ),
        migrations.AddConstraint(
            model_name="showntag",
            constraint=models.UniqueConstraint(fields=("actor", "name"), name="one_show_per_tag"),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(fields=("name", "post"), name="one_tag_per_post"),
        ),
        migrations.AddConstraint(
            model_name="option",
            constraint=models.UniqueConstraint(fields=("poll", "position"), name="one_option_per_place"),
        ),
    ]
