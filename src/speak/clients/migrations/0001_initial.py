import django.utils.timezone
import oauth2_provider.generators
import oauth2_provider.models
import speak.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="App",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "client_id",
                    models.CharField(
                        db_index=True,
                        default=oauth2_provider.generators.generate_client_id,
                        max_length=255,
                        unique=True,
                        verbose_name="client ID",
                    ),
                ),
                (
                    "redirect_uris",
                    models.TextField(
                        blank=True, help_text="Allowed URIs list, space separated", verbose_name="redirect URIs"
                    ),
                ),
                (
                    "post_logout_redirect_uris",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Allowed Post Logout URIs list, space separated",
                        verbose_name="post logout redirect URIs",
                    ),
                ),
                (
                    "client_type",
                    models.CharField(
                        choices=[("confidential", "Confidential"), ("public", "Public")],
                        max_length=32,
                        verbose_name="client type",
                    ),
                ),
                (
                    "authorization_grant_type",
                    models.CharField(
                        choices=[
                            ("authorization-code", "Authorization code"),
                            ("urn:ietf:params:oauth:grant-type:device_code", "Device Code"),
                            ("implicit", "Implicit"),
                            ("password", "Resource owner password-based"),
                            ("client-credentials", "Client credentials"),
                            ("openid-hybrid", "OpenID connect hybrid"),
                        ],
                        max_length=44,
                        verbose_name="authorization grant type",
                    ),
                ),
                (
                    "client_secret",
                    oauth2_provider.models.ClientSecretField(
                        blank=True,
                        db_index=True,
                        default=oauth2_provider.generators.generate_client_secret,
                        help_text="Client secret for authentication",
                        max_length=255,
                        verbose_name="client secret",
                    ),
                ),
                ("hash_client_secret", models.BooleanField(default=True, verbose_name="hash client secret")),
                ("name", models.CharField(blank=True, max_length=255, verbose_name="name")),
                ("skip_authorization", models.BooleanField(default=False, verbose_name="skip authorization")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "algorithm",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No OIDC support"),
                            ("RS256", "RSA with SHA-2 256"),
                            ("HS256", "HMAC with SHA-2 256"),
                        ],
                        default="",
                        max_length=5,
                        verbose_name="algorithm",
                    ),
                ),
                (
                    "allowed_origins",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Allowed origins list to enable CORS, space separated",
                        verbose_name="allowed origins",
                    ),
                ),
                (
                    "registration_source",
                    models.CharField(
                        choices=[
                            ("manual", "Manual"),
                            ("dcr", "Dynamic Client Registration"),
                            ("cimd", "Client ID Metadata Document"),
                        ],
                        default="manual",
                        help_text="How this application was registered (manual, DCR per RFC 7591, or CIMD)",
                        max_length=32,
                        verbose_name="registration source",
                    ),
                ),
                (
                    "cimd_expires_at",
                    models.DateTimeField(
                        blank=True,
                        default=None,
                        help_text="When the cached Client ID Metadata Document should be re-fetched",
                        null=True,
                        verbose_name="CIMD expires at",
                    ),
                ),
                ("website", models.CharField(blank=True, max_length=2048)),
                (
                    "scopes",
                    models.CharField(
                        default="read", help_text="what it may ask for, separated by spaces", max_length=2000
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AskedOnce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("post_id", models.BigIntegerField()),
                ("created_at", models.DateTimeField(db_index=True, default=speak.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="what its file was called; of an account elsewhere, its address", max_length=200
                    ),
                ),
                ("is_account", models.BooleanField(default=False, help_text="it is fetched from an account elsewhere")),
                (
                    "format",
                    models.CharField(blank=True, help_text="as it was recognized; empty until it is", max_length=32),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "It waits for its turn."),
                            ("gathering", "It is fetched from there, page after page."),
                            ("reading", "It is read from one end to the other before anything is written."),
                            ("fetching", "The pictures in it are fetched from where they lie."),
                            ("bringing", "It is being brought here."),
                            (
                                "tying",
                                "The people, servers and posts that it names are looked up, one after the other.",
                            ),
                            ("done", "All of it is here."),
                            ("refused", "It could not be brought here, and nothing of it was."),
                            ("undoing", "What it brought is being taken away again."),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                (
                    "open_as",
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
                (
                    "followers_as",
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
                (
                    "wrote_as",
                    models.CharField(
                        blank=True, help_text="under which name, where several people wrote", max_length=200
                    ),
                ),
                (
                    "total",
                    models.PositiveIntegerField(default=0, help_text="how much there is to bring, once it was read"),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                (
                    "ties",
                    models.PositiveIntegerField(default=0, help_text="how many people, servers and posts it names"),
                ),
                ("tied", models.PositiveIntegerField(default=0, help_text="how many of these were looked up")),
                ("report", models.JSONField(default=dict, help_text="see `clients.bringing.notes`")),
                ("refused", models.CharField(blank=True, help_text="why, in a sentence", max_length=500)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now, help_text="when it last went on")),
            ],
        ),
        migrations.CreateModel(
            name="Luggage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.CharField(max_length=32)),
                ("digest", models.CharField(help_text="SHA-256 of what it is, so that it is kept once", max_length=64)),
                ("what", models.JSONField()),
                ("import_id", models.BigIntegerField(default=0, help_text="what brought it, by number")),
            ],
            options={
                "verbose_name_plural": "luggage",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Marker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("timeline", models.CharField(max_length=20)),
                ("last_read_id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=speak.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="NewsRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told_at", models.DateTimeField(db_index=True, default=speak.kernel.clock.now)),
                ("words", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="PushSubscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_id", models.BigIntegerField(help_text="of the app, by number", unique=True)),
                ("endpoint", models.CharField(max_length=2048)),
                ("device_key", models.CharField(help_text="p256dh: a point of P-256 in base64url", max_length=100)),
                ("device_secret", models.CharField(help_text="auth: 16 bytes in base64url", max_length=50)),
                (
                    "sealed_token",
                    models.TextField(help_text="what the app shows, sealed with the secret of this server"),
                ),
                (
                    "is_standard",
                    models.BooleanField(default=False, help_text="RFC 8291; else its fourth draft, as older apps want"),
                ),
                (
                    "alerts",
                    models.JSONField(default=list, help_text="the kinds of what awaits somebody, in Mastodon's words"),
                ),
                (
                    "policy",
                    models.CharField(
                        choices=[("all", "All"), ("followed", "Followed"), ("follower", "Follower"), ("none", "None")],
                        default="all",
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(help_text="the full address of the feed", max_length=1024)),
                ("callback", models.CharField(max_length=1024)),
                ("host", models.CharField(max_length=255)),
                ("secret", models.CharField(blank=True, max_length=200)),
                ("lease_until", models.DateTimeField(blank=True, help_text="empty: never verified", null=True)),
                (
                    "wish",
                    models.CharField(
                        blank=True,
                        choices=[("", "Nothing"), ("subscribe", "Subscribe"), ("unsubscribe", "Unsubscribe")],
                        default="",
                        max_length=12,
                    ),
                ),
                ("wished_secret", models.CharField(blank=True, max_length=200)),
                ("wished_seconds", models.PositiveIntegerField(default=0)),
                ("wished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "due_at",
                    models.DateTimeField(blank=True, help_text="when the feed is sent; empty: it has it", null=True),
                ),
                (
                    "first_at",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="since when that is tried"),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_digest", models.CharField(blank=True, help_text="SHA-256 of what was sent last", max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="TakeAlong",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("waiting", "It waits for its turn."),
                            ("words", "Your words are being written down."),
                            ("pages", "Pages to read are being made of them."),
                            ("pictures", "Pictures are being put beside them."),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="TakenBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(blank=True, max_length=300)),
                ("source", models.TextField()),
                ("summary", models.CharField(blank=True, max_length=500)),
                ("language", models.CharField(blank=True, max_length=16)),
                ("taken_back_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name_plural": "taken back",
            },
        ),
    ]
