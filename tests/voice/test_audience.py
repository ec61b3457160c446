"""Promise 4 at the door of the actions: no answer is heard by more people, unless knowingly."""
