"""The whole job is killed, starved of disk and started twice, and must come out the same."""
