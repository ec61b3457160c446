import django.utils.timezone
import speak.kernel.clock
import speak.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("uri", models.CharField(db_index=True, max_length=2048)),
                ("kind", models.CharField(max_length=16)),
                ("about_uri", models.CharField(max_length=2048)),
                (
                    "body",
                    models.TextField(help_text="JSON, exactly as it is sent; empty: its words were taken back"),
                ),
                (
                    "is_open",
                    models.BooleanField(default=False, help_text="addressed to anyone, so anyone may fetch it"),
                ),
                (
                    "goes_to_followers",
                    models.BooleanField(default=False, help_text="addressed to the followers of its actor"),
                ),
                ("created_at", models.DateTimeField(db_index=True, default=speak.kernel.clock.now)),
            ],
            options={
                "verbose_name_plural": "activities",
            },
        ),
        migrations.CreateModel(
            name="AppThere",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("server_url", models.CharField(max_length=512, unique=True)),
                ("client_id", models.CharField(max_length=512)),
                ("client_secret", models.CharField(max_length=512)),
                (
                    "redirect_uri",
                    models.CharField(
                        help_text="where people come back to; another one needs a new app", max_length=512
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("inbox_url", models.CharField(max_length=2048)),
                ("host", models.CharField(max_length=255)),
                ("about_uri", models.CharField(help_text="the activity's, for the order of copies", max_length=2048)),
                ("due_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "claimed_by",
                    models.CharField(blank=True, help_text="the process that is, or was, at it", max_length=64),
                ),
                ("claimed_until", models.DateTimeField(blank=True, help_text="empty: it has never left", null=True)),
                ("given_up_at", models.DateTimeField(blank=True, null=True)),
                ("last_failure", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name_plural": "deliveries",
            },
        ),
        migrations.CreateModel(
            name="Distributed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("media_type", models.CharField(blank=True, max_length=200)),
                ("body", models.BinaryField()),
                ("received_at", models.DateTimeField(default=speak.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="Elsewhere",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mastodon", "Mastodon"),
                            ("slack", "Slack"),
                            ("mattermost", "Mattermost"),
                            ("mail", "Mail"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="an account as @name@server, or a channel as its owner calls it", max_length=320
                    ),
                ),
                ("url", models.CharField(blank=True, help_text="the page of the account, for anyone", max_length=2048)),
                ("server_url", models.CharField(blank=True, help_text="where its API begins", max_length=512)),
                (
                    "secret",
                    models.CharField(blank=True, help_text="a token, or the address of a webhook", max_length=4096),
                ),
                (
                    "longest",
                    models.PositiveIntegerField(
                        default=0, help_text="characters in one post there; 0 where nothing is said"
                    ),
                ),
                (
                    "address_length",
                    models.PositiveIntegerField(default=0, help_text="what an address counts there; 0: its length"),
                ),
                ("most_pictures", models.PositiveSmallIntegerField(default=0)),
                (
                    "broken_at",
                    models.DateTimeField(blank=True, help_text="since when it lets its owner in no more", null=True),
                ),
                ("last_failure", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="FarFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "digest",
                    models.CharField(
                        help_text="names the address; see `federation.far_media`", max_length=64, unique=True
                    ),
                ),
                ("url", models.CharField(max_length=2048)),
                ("token", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveIntegerField(default=0, help_text="bytes")),
                ("used_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "due_at",
                    models.DateTimeField(
                        default=speak.kernel.clock.now, help_text="when it is fetched anew if somebody looks"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormerInbox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("inbox_url", models.CharField(max_length=2048)),
                (
                    "about_uri",
                    models.CharField(blank=True, help_text="only this post; empty: all up to then", max_length=2048),
                ),
                ("left_at", models.DateTimeField(default=speak.kernel.clock.now)),
            ],
            options={
                "verbose_name_plural": "former inboxes",
            },
        ),
        migrations.CreateModel(
            name="HubSubscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hub_url", models.CharField(max_length=1024)),
                ("topic_url", models.CharField(max_length=1024)),
                (
                    "token",
                    models.CharField(
                        help_text="what makes the callback's address unguessable", max_length=64, unique=True
                    ),
                ),
                (
                    "secret",
                    models.CharField(
                        blank=True, help_text="what content is signed with; empty: it is not", max_length=64
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked"), ("held", "Held"), ("denied", "Denied"), ("leaving", "Leaving")],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("first_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="LookUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("addresses", models.JSONField(default=list)),
                ("places", models.JSONField(default=list)),
                ("home", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="OwedMention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("target_url", models.CharField(max_length=2048)),
                ("due_at", models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True)),
                (
                    "first_at",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="since when this is tried"),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "sent_at",
                    models.DateTimeField(
                        blank=True, help_text="when the site took it last; empty: it never did", null=True
                    ),
                ),
                ("last_failure", models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="Received",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of the actor and the activity's id", max_length=64, unique=True
                    ),
                ),
                ("received_at", models.DateTimeField(db_index=True, default=speak.kernel.clock.now)),
            ],
            options={
                "verbose_name_plural": "received",
            },
        ),
        migrations.CreateModel(
            name="SaidElsewhere",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mastodon", "Mastodon"),
                            ("slack", "Slack"),
                            ("mattermost", "Mattermost"),
                            ("mail", "Mail"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=320)),
                ("far_id", models.CharField(blank=True, help_text="what it is called there", max_length=255)),
                (
                    "far_uri",
                    models.CharField(blank=True, db_index=True, help_text="its ActivityPub id there", max_length=1024),
                ),
                (
                    "far_pictures",
                    models.JSONField(
                        blank=True, default=dict, help_text="ids there of our pictures, by the ids of these"
                    ),
                ),
                ("url", models.CharField(blank=True, help_text="where it can be read there", max_length=2048)),
                ("said_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True)),
                (
                    "first_at",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="since when this is tried"),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("failed_at", models.DateTimeField(blank=True, help_text="when it was given up", null=True)),
                ("last_failure", models.CharField(blank=True, max_length=300)),
                (
                    "look_at",
                    models.DateTimeField(blank=True, help_text="when answers there are looked for next", null=True),
                ),
                ("looks", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Server",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("host", models.CharField(max_length=255, unique=True)),
                (
                    "scheme",
                    models.CharField(
                        choices=[("cavage", "CAVAGE"), ("rfc9421", "RFC9421")], default="cavage", max_length=16
                    ),
                ),
                (
                    "wish",
                    models.CharField(blank=True, help_text="what it wants signed (Accept-Signature)", max_length=500),
                ),
                (
                    "failures",
                    models.PositiveIntegerField(default=0, help_text="in a row, since it last took something"),
                ),
                (
                    "failing_days",
                    models.PositiveSmallIntegerField(default=0, help_text="distinct days of nothing but failures"),
                ),
                ("failed_on", models.DateField(blank=True, help_text="the last of those days", null=True)),
                (
                    "open_until",
                    models.DateTimeField(blank=True, help_text="nothing is sent before; then one probe", null=True),
                ),
                ("last_failure", models.CharField(blank=True, max_length=300)),
                ("last_taken_at", models.DateTimeField(blank=True, null=True)),
                (
                    "last_heard_at",
                    models.DateTimeField(blank=True, help_text="it spoke to us when we could not reach it", null=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("feed_url", models.CharField(max_length=1024, unique=True)),
                ("page_url", models.CharField(blank=True, db_index=True, max_length=1024)),
                ("due_at", models.DateTimeField(blank=True, help_text="when it is read again", null=True)),
                (
                    "seconds_between",
                    models.PositiveIntegerField(default=3600, help_text="how long it is left alone, as things stand"),
                ),
                ("answered_at", models.DateTimeField(blank=True, help_text="when it answered last", null=True)),
                (
                    "failures",
                    models.PositiveSmallIntegerField(default=0, help_text="how often in a row it could not be read"),
                ),
                ("last_failure", models.CharField(blank=True, max_length=300)),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, help_text="its server said that it is gone (410)", null=True),
                ),
                ("etag", models.CharField(blank=True, max_length=300)),
                ("last_modified", models.CharField(blank=True, max_length=100)),
                (
                    "digest",
                    models.CharField(blank=True, help_text="SHA-256 of the document that was read last", max_length=64),
                ),
                (
                    "passed_over",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="digests of entries in it that were there before anybody followed it",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SiteBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("host", models.CharField(max_length=255)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="SiteMention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_url", models.CharField(max_length=1024)),
                ("target_url", models.CharField(max_length=1024)),
                ("host", models.CharField(max_length=255)),
                (
                    "state",
                    models.CharField(
                        choices=[("unseen", "Unseen"), ("held", "Held"), ("shown", "Shown"), ("hidden", "Hidden")],
                        default="unseen",
                        max_length=8,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reply", "Reply"),
                            ("like", "Like"),
                            ("repost", "Repost"),
                            ("bookmark", "Bookmark"),
                            ("mention", "Mention"),
                        ],
                        default="mention",
                        max_length=8,
                    ),
                ),
                ("author_name", models.CharField(blank=True, max_length=200)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("html", models.TextField(blank=True, help_text="sanitized, and without classes")),
                (
                    "is_guests",
                    models.BooleanField(
                        default=False, help_text="written here by a guest whose page `source_url` begins with"
                    ),
                ),
                ("said_at", models.DateTimeField(blank=True, null=True)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("checked_at", models.DateTimeField(blank=True, help_text="when its page was read last", null=True)),
                (
                    "due_at",
                    models.DateTimeField(
                        blank=True, default=django.utils.timezone.now, help_text="when it is read again", null=True
                    ),
                ),
                ("first_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Subscriber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254)),
                ("address_key", models.CharField(help_text="the address in lower case", max_length=254)),
                (
                    "token",
                    models.CharField(
                        help_text="opens what its reader confirms, and leaves, by", max_length=64, unique=True
                    ),
                ),
                ("language", models.CharField(blank=True, help_text="in which it was asked for", max_length=16)),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="when they were last asked whether it is them"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "failed_at",
                    models.DateTimeField(blank=True, help_text="since when letters are not taken there", null=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uri", models.CharField(max_length=2048)),
                ("actor_uri", models.CharField(max_length=2048)),
                ("withdrawn_at", models.DateTimeField(db_index=True, default=speak.kernel.clock.now)),
            ],
        ),
    ]
