"""One module for each format: `recognizes(container)` looks, `read(container, notes)` gives what is in it, in order.

A reader is asked twice, first to see that the file is whole and then to bring what is in it; it gives the same both
times. It raises a `Refusal` for a file that breaks off, and tells `notes` of single things it does not understand.
"""
