"""How the data set describes itself to people, and to those who look for data sets: index.html."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from park_downtime.published.package import (
    ATTRIBUTION,
    DESCRIPTION,
    NO_LICENCE,
    SOURCE_URL,
    Package,
    PublishedFile,
)

STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .75rem .25rem 0;"
    "border-bottom:1px solid #8884;vertical-align:top}pre{white-space:pre-wrap}:root{color-scheme:light dark}"
)
READ_WITH = (
    "pandas.read_csv('{month}/ride_days.csv.gz').groupby('park_id')['downtime_seconds'].sum() / 3600",
    "pandas.read_csv('{month}/stretches.csv.gz', parse_dates=['started_at', 'ended_at'])",
    "duckdb -c \"select park_id, sum(downtime_seconds) / 3600 from '*/ride_days.csv.gz' group by park_id\"",
    "duckdb -c \"select kind, count(*) from '*/stretches.csv.gz' group by kind\"",
)
"""How the folder is read with what many have; docs/commands.md has the same lines. Tried with pandas 3.1 and
DuckDB 2.0: a file of stretches is several gzip members, which both read to the end.
"""


def index_html(package: Package) -> bytes:
    return "\n".join(_lines(package)).encode() + b"\n"


def _lines(package: Package) -> Iterator[str]:
    title = escape(package.title)
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{STYLE}</style>"
    # "<" inside a script would end it.
    yield f'<script type="application/ld+json">{_json_ld(package).replace("<", chr(92) + "u003c")}</script>'
    yield f"</head>\n<body>\n<h1>{title}</h1>"
    if package.is_simulated:
        yield "<p><strong>Everything here is simulated: invented parks' days, for trying out.</strong></p>"
    yield f"<p>{escape(DESCRIPTION)}</p>"
    yield f'<p><a href="{SOURCE_URL}">{escape(ATTRIBUTION)}</a></p>'
    yield f"<p>Licence: {escape(package.licence or NO_LICENCE)}</p>"
    yield f"<h2>Cite this</h2>\n<p>{escape(package.how_to_cite)}</p>"
    if package.months:
        lines = "\n".join(READ_WITH).format(month=package.months[-1].month)
        yield "<h2>Read it</h2>\n<p>With pandas and with DuckDB, in this folder:</p>"
        yield f"<pre>{escape(lines)}</pre>"
    yield '<h2>Files</h2>\n<p><a href="datapackage.json">datapackage.json</a> says what columns mean.</p>'
    yield from _files(package)
    yield from _anew(package)
    yield "</body>\n</html>"


def _files(package: Package) -> Iterator[str]:
    yield '<table>\n<thead><tr><th scope="col">File</th><th scope="col">What</th>'
    yield '<th scope="col">Size</th></tr></thead>\n<tbody>'
    for file in package.files:
        path, what = escape(file.path, quote=True), escape(file.table.title)
        yield f'<tr><td><a href="{path}">{path}</a></td><td>{what}</td><td>{_size(file.bytes)}</td></tr>'
    yield "</tbody>\n</table>"


def _anew(package: Package) -> Iterator[str]:
    anew = [month for month in package.months if month.judged_anew]
    if anew:
        yield "<h2>Judged anew</h2>\n<p>These months were published before with other figures:</p>\n<ul>"
        for month in anew:
            yield f"<li>{escape(month.month)}: {escape(', '.join(month.judged_anew))}</li>"
        yield "</ul>"


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.1f} kB"


def _json_ld(package: Package) -> str:
    described: dict[str, object] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": package.title,
        "description": DESCRIPTION,
        "isBasedOn": SOURCE_URL,
        "creditText": ATTRIBUTION,
        "isAccessibleForFree": True,
        "distribution": [_download(file) for file in package.files],
    }
    if package.licence is not None:
        described["license"] = package.licence
    if package.months:
        described["temporalCoverage"] = f"{package.months[0].month}/{package.months[-1].month}"
    return json.dumps(described, ensure_ascii=False)


def _download(file: PublishedFile) -> dict[str, str]:
    kind = "application/gzip" if file.path.endswith(".gz") else "text/csv"
    return {"@type": "DataDownload", "contentUrl": file.path, "encodingFormat": kind}
