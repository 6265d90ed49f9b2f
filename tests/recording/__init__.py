"""Synthetic fixtures of the sources: recorded, rebuilt, and compared with what is expected."""
