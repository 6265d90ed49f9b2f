"""Servers that misbehave on purpose, and what a harvest makes of them.

| module | what |
|---|---|
| `server.py` | a server of raw sockets, which can send anything, for as long as it likes |
| `cases/` | the cases: what the server does, and how the source must end |
| `sources.py`, `settings.py` | each case as a source of a project of their own |
| `harvest.py` | one harvest of a good source alone, one of it beside all cases |
| `names.py` | names that resolve as a test wants, also to another address each time |
| `report.py` | how many cases passed, from the XML that pytest writes |
| `certificates.py` | an authority of our own, and certificates that it did and did not sign |

A case is one entry in `cases/`: nothing else has to be written for it to be served, harvested and
counted. `test_harvest.py` has one test for each, named after it.
"""
