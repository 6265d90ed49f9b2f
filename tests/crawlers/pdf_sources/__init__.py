"""A source that a test serves itself; `RIVER_FILES` in the environment says where."""
