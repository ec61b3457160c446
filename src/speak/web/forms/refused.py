"""What an action declines becomes what is wrong with a form; what was typed stays."""

from django.forms import BaseForm

from speak.kernel.errors import Refusal

# A form that cannot be taken as it is (RFC 9110, 15.5.21).
STATUS = 422


def put_into(form: BaseForm, refusal: Refusal, *, field: str | None = None) -> None:
    """Say in the form, at `field` or above all fields, why it was declined and what one can do."""
    form.add_error(field, " ".join(filter(None, (refusal.sentence, refusal.hint))))
