"""Requests as many different visitors make them: drawn from openapi.yaml, so that no endpoint is left out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks._full_size import TODAY
from park_downtime.api import spec
from park_downtime.api.spec import Operation, Parameter

PAGES = ("/", "/live", "/css/styles.css", "/js/app.js", "/method.html")
MISTAKES = (
    "/api/rides/downtime?period=week",
    "/api/parks/downtime?limit=0",
    "/api/rides/999999/details",
    "/api/trends",
    "/api/nothing",
    "/nothing/at/all",
)


class Request(NamedTuple):
    path: str
    takes_gzip: bool
    is_asked_again: bool
    """With the ETag of the answer that the same path had before."""


class Varied:
    """An endless draw, the same for the same seed."""

    def __init__(self, park_ids: Sequence[int], ride_ids: Sequence[int], seed: int = 1) -> None:
        self._ids = {"park_id": park_ids, "ride_id": ride_ids}
        self._chance = random.Random(seed)
        self._operations = list(spec.operations().values())
        self._asked: list[str] = []

    def next(self) -> Request:
        draw = self._chance.random()
        takes_gzip = self._chance.random() < 0.5
        if draw < 0.05:
            return Request(self._chance.choice(MISTAKES), takes_gzip, False)
        if draw < 0.08:
            return Request(self._chance.choice(PAGES), takes_gzip, False)
        if draw < 0.2 and self._asked:
            return Request(self._chance.choice(self._asked[-500:]), takes_gzip, True)
        path = self._path(self._chance.choice(self._operations))
        self._asked.append(path)
        return Request(path, takes_gzip, False)

    def _path(self, operation: Operation) -> str:
        path = operation.path
        for name in operation.of("path"):
            path = path.replace(f"{{{name}}}", str(self._chance.choice(self._ids[name])))
        given = {
            name: self._value(parameter)
            for name, parameter in operation.of("query").items()
            if parameter.is_required or self._chance.random() < 0.4
        }
        return f"{path}?{urlencode(given)}" if given else path

    def _value(self, parameter: Parameter) -> object:
        if parameter.name in self._ids:
            return self._chance.choice(self._ids[parameter.name])
        match parameter.kind:
            case "integer":
                return self._chance.randint(parameter.least, min(parameter.most, parameter.least + 500))
            case "boolean":
                return self._chance.choice(("true", "false"))
            case "date":
                return TODAY - timedelta(days=self._chance.randrange(10))
            case _:
                return self._chance.choice(parameter.allowed)
