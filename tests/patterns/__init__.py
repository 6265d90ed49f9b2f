"""Every regular expression of the project against inputs that are made to be slow for it."""
