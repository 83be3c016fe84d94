"""Settings kept in AWS SSM: read once at start, and only where AWS_SSM_PATH is set.

`AWS_SSM_PATH=/park-downtime/production/api` makes the parameter `/park-downtime/production/api/DATABASE_URL`
the setting DATABASE_URL. Environment and `.env` win over it, so that one machine can differ.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from park_downtime.config.settings import ENV_FILE, KNOWN, SettingsInvalid

PATH = "AWS_SSM_PATH"
REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
CONNECT_SECONDS = 5
READ_SECONDS = 10
ATTEMPTS = 3


def remote_settings(
    environment: Mapping[str, str] | None = None, env_file: Path | None = None
) -> dict[str, str]:
    """The settings below AWS_SSM_PATH; none where it is not set. Raises SettingsInvalid."""
    file = env_file if env_file is not None else Path(ENV_FILE)
    local = dict(dotenv_values(file)) if file.is_file() else {}
    local.update(os.environ if environment is None else environment)
    path = (local.get(PATH) or "").strip().rstrip("/")
    if not path:
        return {}
    region = next((local[name] for name in REGIONS if local.get(name)), None)
    found = {name.removeprefix(f"{path}/"): value for name, value in _parameters(path, region).items()}
    unknown = sorted(found.keys() - {known.name for known in KNOWN if known.name != PATH})
    if unknown:
        raise SettingsInvalid(
            [f"{path}/{name} (in AWS SSM) is no setting of this program" for name in unknown]
        )
    return found


def _parameters(path: str, region: str | None) -> dict[str, str]:
    """Full name -> decrypted value of what stands directly below `path`."""
    try:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError, ClientError
    except ImportError:
        raise SettingsInvalid(
            [f"{PATH} is {path}, but boto3 is not installed: pip install 'park-downtime[aws]'"]
        ) from None
    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
    )
    client: Any = None
    try:
        client = boto3.client("ssm", region_name=region, config=config)
        pages = client.get_paginator("get_parameters_by_path").paginate(Path=path, WithDecryption=True)
        found = {one["Name"]: one["Value"] for page in pages for one in page["Parameters"]}
    except (BotoCoreError, ClientError, ValueError) as error:
        where = region or (client.meta.region_name if client is not None else "no region (set AWS_REGION)")
        reason = " ".join(str(error).split())
        raise SettingsInvalid([f"{PATH} {path} cannot be read from AWS SSM in {where}: {reason}"]) from error
    if not found:
        raise SettingsInvalid([f"{PATH} {path} holds no parameter in AWS SSM in {client.meta.region_name}"])
    return found
