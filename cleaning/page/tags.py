"""Names of elements that more than one reader asks for."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
