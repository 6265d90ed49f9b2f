"""DATASET.md: what somebody who finds a release needs to know in order to use it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from output.dictionary import SOURCE_DESCRIPTION
from output.manifest import Manifest
from output.markdown import plain, table
from output.schema import TABLES, Table

CARD = "DATASET.md"
LICENCES_SHOWN = 20
ROWS_AT_ONCE = 10_000
NOT_STATED = "(not stated)"

_LOADING = """\
## How to load

A table is a folder; `source` comes from the names of the folders in it. Follow the link `latest`
once and stay in that release: the next one may be published while you read.

```python
from pathlib import Path
release = Path("data/latest").resolve()

import pandas as pd
documents = pd.read_parquet(release / "documents")

import polars as pl
documents = pl.scan_parquet(f"{release}/documents/**/*.parquet", hive_partitioning=True)
```

```sql
-- DuckDB
SELECT source, count(*) AS documents
FROM read_parquet('data/latest/documents/**/*.parquet', hive_partitioning = true)
GROUP BY source;
```

```r
library(arrow)
documents <- open_dataset(normalizePath("data/latest/documents"))
```

```python
# Spark
documents = spark.read.parquet("data/latest/documents")
```

Join `comments` and `links` to `documents` on `document_id`. A document that has gone from its site
stays, with `gone_since`; for what is online now, keep the rows where it is null. To count a text
once, keep one row for each `near_duplicate_group`, and all where it is null."""

_BOILERPLATE = """\
## What was taken out of the texts

Blocks that repeat over many documents of one source (calls to subscribe, author boxes, funders'
lines, footers) are no part of a document's text. `boilerplate` has each of them whole: those with
`action` "removed" were taken out of `removed_from` documents, those with "marked" stayed
everywhere; `why` states the thresholds. In `documents`, `quality.sitewide_removed_share` and
`quality.sitewide_left_share` say how much of a text that was and how much of it is left. That a
block is removed from now on is not a new `version` of a document."""

_PRIVACY = """\
## Privacy

Commenters are private people. `comments.author` is a pseudonym made with a secret key unless this
data set was built otherwise; it is the same throughout one source and says nothing across sources.
Mail addresses and phone numbers in comments are masked. Authors of documents keep their byline.
`quarantine.row` holds what was taken out, whole: treat it with more care than the rest. Do not try
to find out who a commenter is, and take a person's words out when that person asks."""

_PROVENANCE = """\
## Provenance

Every row of `documents`, `comments`, `list_entries`, `links` and `quarantine` names the response
that it was read from (`warc_file` below `archive/`, `warc_offset`, `content_sha256`,
`retrieved_at`) and the `extractor` that read it. Nothing is dropped silently: what is in neither
`documents` nor `comments` is in `quarantine`, with its reason, or in `boilerplate`.
`manifest.json` has rows, bytes and SHA-256 of each file; `data_dictionary.csv` has every column."""


def dataset_card(release: Path, manifest: Manifest) -> str:
    """The card in Markdown; reads the licences from the files of the release.

    Whatever comes from a source is shown as text and cannot become markup.
    """
    sections = (
        _introduction(manifest),
        _sources(manifest),
        _rows(manifest),
        _licences(release, manifest),
        _LOADING,
        _tables(),
        _BOILERPLATE,
        _PRIVACY,
        _PROVENANCE,
    )
    return "\n\n".join(sections) + "\n"


def _introduction(manifest: Manifest) -> str:
    return f"""\
# Co-production sites and blogs, release {plain(manifest.release)}

What {len(manifest.sources)} sites and blogs about co-production publish, and what people say below
it: cleaned text with its metadata, comments without spam, links, and where each row came from.
Times are UTC; null means unknown, and nothing is invented.

Made {plain(manifest.created)} by {plain(manifest.code_version)}.
Schema {plain(manifest.schema_version)}."""


def _sources(manifest: Manifest) -> str:
    lines = [
        (source, outcome.get("outcome"), outcome.get("reason"))
        for source, outcome in sorted(manifest.sources.items())
    ]
    return f"## How the crawls went\n\n{table(('source', 'outcome', 'reason'), lines)}"


def _rows(manifest: Manifest) -> str:
    lines = [
        (source, *(f"{manifest.rows(name, source):,}" for name in TABLES))
        for source in sorted(manifest.sources)
    ]
    lines.append(("all", *(f"{manifest.rows(name):,}" for name in TABLES)))
    return f"## Rows\n\n{table(('source', *TABLES), lines)}"


def _licences(release: Path, manifest: Manifest) -> str:
    lines = []
    for entry in manifest.tables["documents"]:
        lines += list(_licences_of(entry.source, release / entry.path))
    header = ("source", "licence", "documents", "of these with text and data mining reserved")
    return f"""\
## Licences

The texts belong to those who wrote them. This is what the sites state; where nothing is stated, ask
before you publish more than a quotation. Documents with `tdm_opt_out` reserve text and data mining.

{table(header, lines)}"""


def _licences_of(source: str, path: Path) -> Iterator[tuple[object, ...]]:
    documents: Counter[str] = Counter()
    reserved: Counter[str] = Counter()
    with pq.ParquetFile(path) as file:
        columns = ["licence", "tdm_opt_out"]
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns):
            licences = [name or NOT_STATED for name in batch["licence"].to_pylist()]
            documents.update(licences)
            flags = batch["tdm_opt_out"].to_pylist()
            reserved.update(name for name, flag in zip(licences, flags, strict=True) if flag)
    shown = sorted(documents, key=lambda name: (-documents[name], name))
    for name in shown[:LICENCES_SHOWN]:
        yield source, name, documents[name], reserved[name]
    rest = shown[LICENCES_SHOWN:]
    if rest:
        total, opted = sum(documents[name] for name in rest), sum(reserved[name] for name in rest)
        yield source, f"{len(rest)} others", total, opted


def _tables() -> str:
    return "## Tables\n\n" + "\n\n".join(_described(described) for described in TABLES.values())


def _described(described: Table) -> str:
    lines: list[tuple[str, ...]] = [("source", "string", "no", SOURCE_DESCRIPTION)]
    for column in described.columns:
        nullable = "yes" if column.nullable else "no"
        lines.append((column.name, str(column.type), nullable, column.description))
    key = f" Key: {plain(', '.join(described.key))}." if described.key else ""
    order = plain(", ".join(described.sort_by))
    return f"""\
### {plain(described.name)}

{described.description}{key} Sorted by {order}.

{table(("column", "type", "null", "description"), lines)}"""
