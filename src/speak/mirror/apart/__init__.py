"""Looks are taken in a process of their own: what measures need of memory is gone when nobody looks.

`python -m speak.mirror.apart` is that process. It knows no database and no setting: whatever it needs comes with the
question, and what it answers goes to whoever asked. It keeps nothing but the ledger it is told to keep.
"""

from speak.mirror.apart.asking import Aside, ask
from speak.mirror.apart.questions import Looked, OfArchive, OfOneself, OfRoom, Own, OwnInArchive, Told

__all__ = ["Aside", "Looked", "OfArchive", "OfOneself", "OfRoom", "Own", "OwnInArchive", "Told", "ask"]
