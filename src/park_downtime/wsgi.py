"""The entry for mod_wsgi and other WSGI servers: `application`.

Settings are read once, when the process starts; what cannot be used is named in the server's log.
"""

from __future__ import annotations

# ruff: noqa: E402 - what is imported must be no older than what is noted first
import os
import signal
from pathlib import Path

_file = Path(__file__)
_began_with = _file.stat().st_mtime_ns

from park_downtime.api.app import create_app
from park_downtime.config import gc_tuning, heap_tuning, logs, settings
from park_downtime.config.secret_files import warn_of_exposed
from park_downtime.config.ssm import remote_settings
from park_downtime.database.engine import VISITORS, make_engine

gc_tuning.look_rarely()
heap_tuning.keep_little()
_settings = settings.load(remote=remote_settings())
logs.configure(_settings.log_level, _settings.log_format, metrics_namespace=_settings.metrics_namespace)
warn_of_exposed(_settings)

application = create_app(
    _settings,
    make_engine(_settings.database_url, VISITORS),
    read_engine=make_engine(_settings.database_read_url, VISITORS) if _settings.database_read_url else None,
)
gc_tuning.pass_over_what_is_loaded()

if _file.stat().st_mtime_ns != _began_with:
    # Another release was put in place meanwhile. mod_wsgi notes the file's time only now, and would never
    # see that what it has loaded is older: this signal makes it start the process again.
    os.kill(os.getpid(), signal.SIGINT)
