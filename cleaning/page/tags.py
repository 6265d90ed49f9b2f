"""Names of elements and classes that more than one reader asks for."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
EMOJI = frozenset({"emoji", "wp-smiley"})
"""Classes of pictures that stand for a letter."""
