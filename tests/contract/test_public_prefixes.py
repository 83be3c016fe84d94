"""What the program answers beside the dashboard's files is what Apache hands on either way, and no more."""

from __future__ import annotations

import re
from pathlib import Path

import api_world
import pytest
from sqlalchemy import create_engine

from park_downtime.api.app import PUBLIC_PREFIXES, create_app
from park_downtime.api.pages import dashboard

APACHE = Path(__file__).parents[2] / "deployment" / "apache"


def source(name: str) -> str:
    return (APACHE / name).read_text("utf-8")


def test_every_address_of_the_program_begins_with_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard, "dashboard_folder", lambda _: None)
    app = create_app(api_world.settings_for(tmp_path), create_engine("sqlite://"))
    rules = {str(rule) for rule in app.url_map.iter_rules()} - {"/"}
    assert {rule.split("/")[1] for rule in rules} == set(PUBLIC_PREFIXES)


def test_mod_wsgi_hands_on_each() -> None:
    [found] = re.findall(r'^WSGIScriptAliasMatch "\^/\(([\w.|\\]+)\)\(\?=/\|\$\)"', source("wsgi.conf"), re.M)
    assert found == "|".join(map(re.escape, PUBLIC_PREFIXES))


def test_the_proxy_hands_on_each() -> None:
    found = re.findall(r"^ProxyPass /([\w.]+) \$\{PARK_API_ADDRESS\}/([\w.]+)$", source("proxy.conf"), re.M)
    assert found == [(prefix, prefix) for prefix in PUBLIC_PREFIXES]


def test_answers_of_each_are_repeated_alike() -> None:
    site = source("themeparkhall.conf")
    assert tuple(re.findall(r"CacheEnable socache /([\w.]+)", site)) == PUBLIC_PREFIXES
    [found] = re.findall(r'<LocationMatch "\^/\(\?:([\w.|\\]+)\)\(\?:/\|\$\)">', site)
    assert found == "|".join(map(re.escape, PUBLIC_PREFIXES))
