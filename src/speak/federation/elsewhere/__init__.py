"""Speaking once, and being heard elsewhere too, where the author chooses so for one post (the IndieWeb says POSSE).

Nothing goes anywhere without that choice, which comes with the post (`PostPublished.also_at`), never with an edit.
"""
