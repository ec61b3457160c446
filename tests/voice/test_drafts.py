"""Drafts: kept, held until their time, said once; refused ones stay."""
