"""What apps that listen are to be told soon, where the database has no voice of its own."""

from django.db import models

from speak.kernel import clock


class NewsRow(models.Model):
    """One piece of news, in the order in which it became true; forgotten after some minutes."""

    told_at = models.DateTimeField(default=clock.now, db_index=True)
    words = models.TextField()

    def __str__(self) -> str:
        """What happened, as JSON."""
        return self.words
