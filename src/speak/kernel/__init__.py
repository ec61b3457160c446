"""The ground everything else stands on; knows nothing of people or posts."""
