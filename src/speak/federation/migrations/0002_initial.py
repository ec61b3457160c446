import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("federation", "0001_initial"),
        ("identity", "0001_initial"),
        ("voice", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="actor",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="federation.activity"
            ),
        ),
        migrations.AddField(
            model_name="elsewhere",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="elsewhere", to="identity.actor"
            ),
        ),
        migrations.AddIndex(
            model_name="farfile",
            index=models.Index(fields=["used_at", "id"], name="far_file_least_used"),
        ),
        migrations.AddField(
            model_name="formerinbox",
            name="actor",
            field=models.ForeignKey(
                help_text="whose words they are",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="identity.actor",
            ),
        ),
        migrations.AddField(
            model_name="distributed",
            name="subscription",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="distributed", to="federation.hubsubscription"
            ),
        ),
        migrations.AddField(
            model_name="lookup",
            name="owner",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.actor"),
        ),
        migrations.AddField(
            model_name="owedmention",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="owed_mentions", to="voice.post"
            ),
        ),
        migrations.AddField(
            model_name="saidelsewhere",
            name="place",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="said", to="federation.elsewhere"
            ),
        ),
        migrations.AddField(
            model_name="saidelsewhere",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="said_elsewhere", to="voice.post"
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="said",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="letters", to="federation.saidelsewhere"
            ),
        ),
        migrations.AddField(
            model_name="site",
            name="actor",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="site", to="identity.actor"
            ),
        ),
        migrations.AddField(
            model_name="hubsubscription",
            name="site",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="federation.site"
            ),
        ),
        migrations.AddField(
            model_name="siteblock",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="site_blocks", to="identity.actor"
            ),
        ),
        migrations.AddField(
            model_name="sitemention",
            name="post",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="site_mentions",
                to="voice.post",
            ),
        ),
        migrations.AddField(
            model_name="sitemention",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="site_mentions", to="identity.actor"
            ),
        ),
        migrations.AddField(
            model_name="subscriber",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="subscribers", to="identity.actor"
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="reader",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="letters", to="federation.subscriber"
            ),
        ),
        migrations.AddConstraint(
            model_name="tombstone",
            constraint=models.UniqueConstraint(fields=("uri", "actor_uri"), name="one_tombstone_per_post"),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["about_uri"], name="activity_about"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(condition=models.Q(("given_up_at", None)), fields=["due_at", "id"], name="delivery_due"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["about_uri", "inbox_url", "id"], name="delivery_in_order"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["host"], name="delivery_by_host"),
        ),
        migrations.AddConstraint(
            model_name="elsewhere",
            constraint=models.UniqueConstraint(fields=("owner", "kind", "name"), name="one_place_elsewhere_of_a_name"),
        ),
        migrations.AddConstraint(
            model_name="formerinbox",
            constraint=models.UniqueConstraint(
                fields=("actor", "inbox_url", "about_uri"), name="one_former_inbox_each"
            ),
        ),
        migrations.AddIndex(
            model_name="owedmention",
            index=models.Index(fields=["due_at"], name="owed_mention_due"),
        ),
        migrations.AddConstraint(
            model_name="owedmention",
            constraint=models.UniqueConstraint(fields=("post", "target_url"), name="one_mention_per_target"),
        ),
        migrations.AddIndex(
            model_name="saidelsewhere",
            index=models.Index(fields=["due_at"], name="said_elsewhere_due"),
        ),
        migrations.AddIndex(
            model_name="saidelsewhere",
            index=models.Index(fields=["look_at"], name="said_elsewhere_look"),
        ),
        migrations.AddConstraint(
            model_name="saidelsewhere",
            constraint=models.UniqueConstraint(fields=("post", "place"), name="said_once_in_a_place"),
        ),
        migrations.AddIndex(
            model_name="site",
            index=models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="site_due"),
        ),
        migrations.AddIndex(
            model_name="hubsubscription",
            index=models.Index(fields=["due_at"], name="hub_subscription_due"),
        ),
        migrations.AddConstraint(
            model_name="siteblock",
            constraint=models.UniqueConstraint(fields=("actor", "host"), name="one_block_per_site"),
        ),
        migrations.AddIndex(
            model_name="sitemention",
            index=models.Index(fields=["due_at"], name="site_mention_due"),
        ),
        migrations.AddIndex(
            model_name="sitemention",
            index=models.Index(fields=["recipient", "state", "id"], name="site_mention_by_recipient"),
        ),
        migrations.AddIndex(
            model_name="sitemention",
            index=models.Index(fields=["host"], name="site_mention_by_host"),
        ),
        migrations.AddConstraint(
            model_name="sitemention",
            constraint=models.UniqueConstraint(fields=("source_url", "post"), name="one_mention_of_a_post"),
        ),
        migrations.AddConstraint(
            model_name="sitemention",
            constraint=models.UniqueConstraint(
                condition=models.Q(("post", None)), fields=("source_url", "recipient"), name="one_mention_of_a_person"
            ),
        ),
        migrations.AddIndex(
            model_name="subscriber",
            index=models.Index(fields=["address_key", "asked_at"], name="subscriber_by_address"),
        ),
        migrations.AddConstraint(
            model_name="subscriber",
            constraint=models.UniqueConstraint(fields=("author", "address_key"), name="one_subscription_per_address"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["due_at"], name="letter_due"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("said", "reader"), name="one_letter_per_reader"),
        ),
    ]
