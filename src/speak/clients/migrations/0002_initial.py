import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0001_initial"),
        ("identity", "0001_initial"),
        ("voice", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="app",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="askedonce",
            name="actor",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"),
        ),
        migrations.AddField(
            model_name="import",
            name="owner",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"),
        ),
        migrations.AddField(
            model_name="luggage",
            name="owner",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"),
        ),
        migrations.AddField(
            model_name="marker",
            name="actor",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"),
        ),
        migrations.AddField(
            model_name="pushsubscription",
            name="actor",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"),
        ),
        migrations.AddIndex(
            model_name="subscription",
            index=models.Index(fields=["due_at"], name="subscription_due"),
        ),
        migrations.AddIndex(
            model_name="subscription",
            index=models.Index(fields=["host"], name="subscription_by_host"),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(fields=("topic", "callback"), name="one_subscription"),
        ),
        migrations.AddField(
            model_name="takealong",
            name="owner",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"
            ),
        ),
        migrations.AddField(
            model_name="takenback",
            name="actor",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"),
        ),
        migrations.AddField(
            model_name="takenback",
            name="post",
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="voice.post"),
        ),
        migrations.AddConstraint(
            model_name="askedonce",
            constraint=models.UniqueConstraint(fields=("actor", "key"), name="one_post_per_key"),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["owner", "-id"], name="import_by_owner"),
        ),
        migrations.AddConstraint(
            model_name="luggage",
            constraint=models.UniqueConstraint(fields=("owner", "section", "digest"), name="luggage_kept_once"),
        ),
        migrations.AddConstraint(
            model_name="marker",
            constraint=models.UniqueConstraint(fields=("actor", "timeline"), name="one_marker_per_timeline"),
        ),
        migrations.AddIndex(
            model_name="pushsubscription",
            index=models.Index(fields=["actor"], name="push_by_actor"),
        ),
    ]
