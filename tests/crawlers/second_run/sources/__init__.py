"""The one source of these tests."""
