"""The shipped scripts, units, crontab and log rule: as shellcheck, systemd, cron and logrotate want them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from deployment import CHECKOUT, SCRIPTS, Deployment

SHIPPED = CHECKOUT / "deployment"
COMMANDS = sorted(path.name for path in SCRIPTS.glob("*.sh") if path.name != "lib.sh")
UNITS = sorted((SHIPPED / "systemd").glob("*.service"))

Need = Callable[[str | None], None]


@pytest.fixture
def host() -> Iterator[Deployment]:
    folder = Path(tempfile.mkdtemp(prefix="park-downtime-host-"))
    yield Deployment(folder / "host")
    shutil.rmtree(folder)


def test_shellcheck_finds_nothing(need: Need) -> None:
    need(None if shutil.which("shellcheck") else "shellcheck is not installed (apt install shellcheck)")
    done = subprocess.run(
        ["shellcheck", "-x", *sorted(SHIPPED.rglob("*.sh"))],
        cwd=SCRIPTS,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_script_can_be_started_and_explains_itself(host: Deployment, name: str) -> None:
    said = host.script(name, "--help").stdout
    assert f"  {name} " in said
    assert not said.startswith("#")


@pytest.mark.parametrize("name", COMMANDS)
def test_an_unknown_option_is_wrong_usage(host: Deployment, name: str) -> None:
    done = host.script(name, "--nonsense", check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"{name}: ")


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("setup-host.sh", []),
        ("setup-database.sh", []),
        ("deploy-backend.sh", []),
        ("deploy-frontend.sh", []),
        ("put-ssm-parameters.sh", ["{config}/api/.env", "/park/api"]),
    ],
)
def test_dry_run_says_what_would_be_done_and_does_nothing(
    host: Deployment, name: str, arguments: list[str]
) -> None:
    before = tree(host.folder)
    given = [argument.format(config=host.config) for argument in arguments]
    said = host.script(name, "--dry-run", *given, PARK_PYTHON=sys.executable).stdout
    assert "would " in said
    assert tree(host.folder) == before


def test_without_a_deployment_backup_says_so(host: Deployment) -> None:
    done = host.script("backup.sh", check=False)
    assert (done.returncode, done.stderr) == (1, "backup.sh: nothing has been deployed\n")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_understands_every_unit_and_its_timer(need: Need, tmp_path: Path, unit: Path) -> None:
    need(None if shutil.which("systemd-analyze") else "systemd is not installed (apt install systemd)")
    for file in (unit, unit.with_suffix(".timer")):
        if file.exists():
            there = Path("/bin/true")
            content = re.sub(r"/opt/park-downtime/\S+", str(there), file.read_text("utf-8"))
            (tmp_path / f"park-downtime-{file.name}").write_text(content, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.glob("park-*"))],
        capture_output=True,
        text=True,
        check=False,
    )
    about_ours = [line for line in done.stderr.splitlines() if "park-downtime" in line]
    assert (done.returncode, about_ours) == (0, [])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_every_unit_is_confined(need: Need, unit: Path) -> None:
    need(None if shutil.which("systemd-analyze") else "systemd is not installed (apt install systemd)")
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=30", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-500:]


RATED_BY = "systemd 252 "  # Debian 12's; another version weighs some settings otherwise


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_operations_md_says_the_rating_that_systemd_gives(need: Need, unit: Path) -> None:
    need(None if shutil.which("systemd-analyze") else "systemd is not installed (apt install systemd)")
    version = subprocess.run(["systemd-analyze", "--version"], capture_output=True, text=True, check=True)
    need(None if version.stdout.startswith(RATED_BY) else f"the ratings are those of {RATED_BY}")
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", unit], capture_output=True, text=True, check=True
    )
    (rating,) = re.findall(r"Overall exposure level for \S+: ([\d.]+)", rated.stdout)
    page = (CHECKOUT / "docs" / "operations.md").read_text("utf-8")
    rows = re.findall(r"^\|(.+)\| ([\d.]+) \|$", page.partition("| service | rating |")[2], re.MULTILINE)
    told = {name: figure for names, figure in rows for name in re.findall(r"`(\w+)`", names)}
    assert told[unit.stem] == rating


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_every_unit_has_the_limits_of_a_shared_machine(unit: Path) -> None:
    lines = unit.read_text("utf-8").splitlines()
    cpu = "CPUQuota=30%" if unit.stem == "api" else "CPUQuota=25%"
    assert {cpu, "MemoryMax=512M", "IOWeight=50"} <= set(lines)


def crontab(with_offered: bool = False) -> list[list[str]]:
    """The fields of every job: schedule, user, command. `with_offered`: those behind a #, too."""
    lines = (SHIPPED / "cron" / "park-downtime").read_text("utf-8").splitlines()
    begins = r"#?[*\d]" if with_offered else r"[*\d]"
    return [line.removeprefix("#").split(None, 6) for line in lines if re.match(begins, line)]


def test_the_crontab_runs_what_it_should_when_it_should() -> None:
    assert {line[6]: " ".join(line[:6]) for line in crontab() if "$RUN" in line[6]} == {
        '"$RUN" collect 540': "*/10 * * * * root",
        '"$RUN" aggregate 1800': "10 * * * * root",
        '"$RUN" prune 1200': "25 * * * * root",
        '"$RUN" classify 900': "40 3 * * * root",
    }


def test_the_open_data_are_published_once_somebody_decides_to() -> None:
    told = [line for line in crontab(with_offered=True) if line not in crontab()]
    assert [" ".join(line) for line in told] == [
        '40 12 * * * root "$RUN" publish 3600 /var/lib/park-downtime/data'
    ]


def test_the_open_data_lie_where_the_site_looks_for_them() -> None:
    (line,) = [line for line in crontab(with_offered=True) if "publish" in line[6]]
    site = (SHIPPED / "apache" / "themeparkhall.conf").read_text("utf-8")
    unit = (SHIPPED / "systemd" / "publish.service").read_text("utf-8")
    (folder,) = re.findall(r"Define PARK_DATA (\S+)", site)
    assert line[6].split()[-1] == folder
    assert re.findall(r"^ReadWritePaths=.* (\S+)$", unit, re.MULTILINE) == [folder]


def test_a_collection_is_over_before_the_next_one_is_due() -> None:
    (limit,) = [int(line[6].split()[-1]) for line in crontab() if "collect" in line[6]]
    assert limit + 30 < 600


def test_every_job_has_a_unit_with_the_same_time_limit() -> None:
    jobs = [line[6].split()[1:] for line in crontab(with_offered=True) if line[6].startswith('"$RUN"')]
    units = {"collect": "collector", "classify": "reference"}
    for job, seconds, *arguments in jobs:
        text = (SHIPPED / "systemd" / f"{units.get(job, job)}.service").read_text("utf-8")
        assert f"-m park_downtime.cli {' '.join([job, *arguments])}\n" in text
        assert f"TimeoutStartSec={seconds}\n" in text


def test_logrotate_understands_its_rule(need: Need, tmp_path: Path) -> None:
    program = shutil.which("logrotate", path="/usr/sbin:/usr/bin")
    need(None if program else "logrotate is not installed (Debian: apt install logrotate)")
    rule = tmp_path / "rule"
    rule.write_text((SHIPPED / "logrotate" / "park-downtime").read_text("utf-8"), "utf-8")
    done = subprocess.run(
        [str(program), "--debug", "--state", str(tmp_path / "state"), str(rule)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "error" in done.stderr) == (0, False)


def test_setup_host_makes_the_folder_of_the_sites_logs_for_the_group_that_reads_logs(
    host: Deployment,
) -> None:
    site = (SHIPPED / "apache" / "themeparkhall.conf").read_text("utf-8")
    (folder,) = re.findall(r"Define PARK_LOGS (\S+)", site)
    said = host.script("setup-host.sh", "--dry-run", PARK_LOGS=str(Path(folder).parent)).stdout
    assert Path(folder).exists() or f"would run: install -d -m 0750 -o root -g adm -- {folder}\n" in said


def kept_of(folder: Path, opened: str) -> list[str]:
    """What is left in a folder once rotatelogs has opened a file of the access log there."""
    subprocess.run([SHIPPED / "apache" / "keep-logs.sh", folder / opened], check=True)
    return sorted(path.name for path in folder.iterdir())


def write_logs(folder: Path, name: str, days: range) -> None:
    for day in days:
        (folder / f"{name}.log.2026-11-{day:02}T000000").touch()


def test_fourteen_files_of_a_log_are_kept_and_other_logs_are_left_alone(tmp_path: Path) -> None:
    write_logs(tmp_path, "access", range(1, 17))
    write_logs(tmp_path, "error", range(1, 17))
    (tmp_path / "access.log").hardlink_to(tmp_path / "access.log.2026-11-16T000000")
    kept = kept_of(tmp_path, "access.log.2026-11-16T000000")
    assert kept[:2] == ["access.log", "access.log.2026-11-03T000000"]
    assert len([name for name in kept if name.startswith("access.log.")]) == 14
    assert len([name for name in kept if name.startswith("error.log.")]) == 16


def test_fewer_files_of_a_log_all_stay(tmp_path: Path) -> None:
    write_logs(tmp_path, "access", range(1, 15))
    assert len(kept_of(tmp_path, "access.log.2026-11-14T000000")) == 14


def test_the_file_that_was_opened_stays_whatever_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a reload that of the day is opened again, though there may be later ones."""
    monkeypatch.setenv("PARK_LOG_FILES", "2")
    write_logs(tmp_path, "access", range(1, 5))
    assert kept_of(tmp_path, "access.log.2026-11-01T000000") == [
        "access.log.2026-11-01T000000",
        "access.log.2026-11-04T000000",
    ]
