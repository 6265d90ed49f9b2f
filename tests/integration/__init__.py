"""The whole job over whole sites: crawl, archive, build, publish, and compare with the truth."""
