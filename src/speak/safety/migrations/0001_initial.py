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
            name="Handler",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sentence",
                    models.CharField(
                        blank=True, help_text="what they say of themselves to those who choose", max_length=300
                    ),
                ),
                ("named_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, help_text="empty: has been asked, has not said yes", null=True),
                ),
                (
                    "actor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hears_reports", to="identity.actor"
                    ),
                ),
                (
                    "named_by",
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
            name="Limit",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("domain", models.CharField(blank=True, max_length=255)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("silenced", "Heard only by those who follow them"),
                            ("no_media", "Their pictures are not shown"),
                            ("suspended", "Not heard here at all"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason", models.CharField(help_text="whom it is about, here, reads it too", max_length=1000)),
                ("since", models.DateTimeField(default=speak.kernel.clock.now)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="limits",
                        to="identity.actor",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="empty: by command",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="identity.actor",
                    ),
                ),
                (
                    "lifted_by",
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
            name="Report",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=speak.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "server",
                    models.CharField(blank=True, help_text="the host of another server that complains", max_length=255),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "is_forwarded",
                    models.BooleanField(
                        default=False, help_text="their server is told too, without the reporter's name"
                    ),
                ),
                ("created_at", models.DateTimeField(default=speak.kernel.clock.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "forgotten_at",
                    models.DateTimeField(
                        blank=True, help_text="its words, and those handed over, are deleted", null=True
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports_heard",
                        to="identity.actor",
                    ),
                ),
                (
                    "reported",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports_about", to="identity.actor"
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports_made",
                        to="identity.actor",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandedOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("post_uri", models.CharField(max_length=2048)),
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
                        help_text="who could read it when it was handed over",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=300)),
                ("summary", models.CharField(blank=True, max_length=500)),
                ("html", models.TextField(blank=True, help_text="sanitized, as the post's")),
                ("language", models.CharField(blank=True, max_length=16)),
                ("said_at", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="handed_over", to="safety.report"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "handed over",
                "ordering": ["said_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nothing", "Nothing further"),
                            ("spoke", "Spoke with them"),
                            ("limited", "Made them heard less"),
                            ("suspended", "Suspended them"),
                        ],
                        max_length=16,
                    ),
                ),
                ("why", models.CharField(max_length=2000)),
                ("decided_at", models.DateTimeField(default=speak.kernel.clock.now)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="identity.actor"
                    ),
                ),
                (
                    "limit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="safety.limit",
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decision", to="safety.report"
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at", "-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="limit",
            index=models.Index(fields=["domain"], name="limit_by_domain"),
        ),
        migrations.AddIndex(
            model_name="limit",
            index=models.Index(condition=models.Q(("lifted_at", None)), fields=["until"], name="limit_by_end"),
        ),
        migrations.AddConstraint(
            model_name="limit",
            constraint=models.CheckConstraint(
                condition=models.Q(("actor", None), ("domain", ""), _connector="XOR"),
                name="limit_on_an_actor_or_a_server",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["handler", "decided_at", "id"], name="report_by_handler"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["reporter", "-id"], name="report_by_reporter"),
        ),
    ]
