"""The sources of these tests; `TEST_WORDPRESS` in the environment says where the site is served."""
