"""A project with one small site, whose address is TEST_SITE in the environment."""
