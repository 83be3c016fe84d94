#!/usr/bin/env bash
# Puts a release of the backend in place: builds it beside the others, migrates the database, tries it on a
# port of its own, points `current` at it, asks the site, and returns to the last good release by itself when
# that fails. The same source twice is one release.
#
#   deploy-backend.sh [--source FOLDER] [--python PROGRAM] [--extra NAME]... [--wheels FOLDER]
#                     [--packages-of VENV] [--no-backup] [--first] [--force] [--dry-run]
#   deploy-backend.sh --return [--dry-run]
#
#   --source FOLDER      a checkout; without it the one that this script is part of
#   --python PROGRAM     /usr/bin/python3, which has to be the version that mod_wsgi was built for
#   --extra NAME         installed as well: mysql (mysqlclient, which has to be compiled) or aws (boto3)
#   --wheels FOLDER      install from there, without a package registry: what `pip download` brought for the
#                        same requirements files
#   --packages-of VENV   install nothing: use the packages of that environment
#   --no-backup          do not back the database up before it is migrated
#   --first              Apache does not serve the site yet: do not ask it
#   --force              a new release even if this source is what runs already
#   --return             back to the release before the current one; the database stays as it is
#
# A release never needs the database to be older: migrations only add, so the one before it goes on working.

set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=lib.sh
. "$here/lib.sh"

source=$(readlink -f "$here/../..") python=/usr/bin/python3 wheels='' packages_of=''
backup=true first=false force=false return=false extras=()
while (($#)); do
  case $1 in
  --source) source=$(readlink -f "${2:?}") && shift ;;
  --python) python=${2:?} && shift ;;
  --extra) extras+=("${2:?}") && shift ;;
  --wheels) wheels=$(readlink -f "${2:?}") && shift ;;
  --packages-of) packages_of=$(readlink -f "${2:?}") && shift ;;
  --no-backup) backup=false ;;
  --first) first=true ;;
  --force) force=true ;;
  --return) return=true ;;
  --dry-run) dry_run=true ;;
  --help | -h) show_help ;;
  *) wrong_usage "unknown: $1" ;;
  esac
  shift
done
require curl flock python3 setpriv
backend=$PARK_ROOT/backend
parts=(src deployment requirements.txt requirements-aws.txt requirements-mysql.txt pyproject.toml)
for extra in "${extras[@]}"; do
  [[ $extra == aws || $extra == mysql ]] || wrong_usage "there is no extra $extra, only aws and mysql"
done

# What is locked, and nothing that is not: releases of one source are the same to the byte.
install() { # install RELEASE_FOLDER FILE
  run "$1/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
    --no-build-isolation ${wheels:+--no-index --find-links "$wheels"} -r "$1/$2"
}

build() { # build RELEASE_FOLDER
  local release=$1 venv=$1/venv site
  run mkdir -p -- "$release"
  run cp -R -- "${parts[@]/#/$source/}" "$release/"
  if [[ -n $packages_of ]]; then
    run "$python" -m venv --without-pip "$venv"
  else
    run "$python" -m venv "$venv"
    install "$release" requirements.txt
    for extra in "${extras[@]}"; do
      install "$release" "requirements-$extra.txt"
    done
  fi
  $dry_run && return
  site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  printf '%s\n' "$release/src" >"$site/park_downtime.pth"
  [[ -z $packages_of ]] ||
    "$packages_of/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' >>"$site/park_downtime.pth"
  printf '#!/bin/sh\nexec "%s" -m park_downtime.cli "$@"\n' "$venv/bin/python" >"$venv/bin/park-downtime"
  chmod 0755 "$venv/bin/park-downtime"
  cp -- "$release/src/park_downtime/wsgi.py" "$release/wsgi.py"
  find "$release/src" \( -name __pycache__ -o -name "*.egg-info" \) -prune -exec rm -rf {} +
  # Those who run it may not write it.
  env -u PYTHONDONTWRITEBYTECODE "$venv/bin/python" -m compileall -q "$release/src" >/dev/null
  "$venv/bin/park-downtime" --version >/dev/null
}

# Whether the database waits for a migration: `empty`, `behind` or `newest`.
schema_state() {
  in_role migrate "$1/venv/bin/python" - <<'PYTHON'
from park_downtime.config import settings
from park_downtime.config.ssm import remote_settings
from park_downtime.database.engine import make_engine
from park_downtime.database.schema import current_revision, waits_for_migration

current = current_revision(make_engine(settings.load(remote=remote_settings()).database_url))
print("empty" if current is None else "behind" if waits_for_migration(current) else "newest")
PYTHON
}

migrate() {
  local release=$1 state
  if $dry_run; then
    say 'would back up the database if it waits for a migration, and migrate it'
    return
  fi
  state=$(schema_state "$release") || die 'the database cannot be reached with the settings of the role migrate'
  [[ $state != newest ]] || return 0
  if [[ $state == behind ]] && $backup; then
    PARK_RELEASE=$release "$here/backup.sh" || die 'the backup failed, nothing was migrated (--no-backup goes without)'
  fi
  in_role migrate "$release/venv/bin/park-downtime" migrate
}

# Does the release answer at all, with the API's own settings and rights? On a free port of the loopback.
try_out() {
  local release=$1 output pid url='' answer='' until=$((SECONDS + PARK_HEALTH_SECONDS))
  output=$(mktemp)
  (
    cd "$PARK_CONFIG/api"
    as_user "$PARK_API_USER" "$release/venv/bin/python" -u -m park_downtime.cli serve --port 0
  ) >"$output" 2>&1 9>&- &
  pid=$!
  while ((SECONDS < until)); do
    url=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$output" | head -n 1 || true)
    [[ -z $url ]] || answer=$(curl --silent --noproxy '*' --max-time 10 "$url/api/health" || true)
    if [[ -n $answer ]] || ! kill -0 "$pid" 2>/dev/null; then break; fi
    sleep 0.2
  done
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  if is_well <<<"$answer"; then
    rm -f -- "$output"
    return
  fi
  printf 'It does not answer on a port of its own: %s\n' "${answer:-$(tail -n 3 "$output")}" | cut -c1-500 >&2
  rm -f -- "$output"
  return 1
}

# mod_wsgi starts a process again when it sees a newer wsgi.py, after the requests it is at.
switch_to() {
  point_at "$backend/current" "$1"
  run touch -- "$backend/releases/$1/wsgi.py"
  if has_systemd && systemctl --quiet is-active park-downtime-api.service; then
    run systemctl restart park-downtime-api.service
  fi
}

# Several answers in a row: more than one process has to start again.
site_is_well() {
  ! $first || return 0
  local well=0 answer until=$((SECONDS + PARK_HEALTH_SECONDS))
  while ((SECONDS < until)); do
    answer=$(fetch /api/health --max-time 10 2>&1 || true)
    if is_well <<<"$answer"; then
      well=$((well + 1))
      ((well < 8)) || return 0
    else
      well=0
      sleep 0.5
    fi
  done
  printf 'The site does not answer as it should: %s\n' "$answer" | cut -c1-500 >&2
  return 1
}

lock_deployments
before=$(release_of "$backend/current")

if $return; then
  target=$(release_before "$backend" "$before") || die 'there is no earlier release to return to'
  switch_to "$target"
  $dry_run || site_is_well || die "release $target is in place, but the site is not well"
  point_at "$backend/last-good" "$target"
  say "returned from $before to $target"
  exit 0
fi

for part in "${parts[@]}"; do
  [[ -e $source/$part ]] || die "$source is no checkout: $part is missing"
done
[[ -d $PARK_CONFIG/migrate && -d $PARK_CONFIG/api ]] || die "$PARK_CONFIG is not set up: run setup-host.sh first"
id=$(content_id "$source" "${parts[@]}")
if [[ $before == *-"$id" ]] && ! $force; then
  $dry_run || site_is_well || die "release $before is what runs, but the site is not well"
  say "release $before is this source already; nothing to do"
  exit 0
fi

release=$(new_release_name "$id")
say "building $release from $source"
# What fails from here on ends the script: the release was neither completed nor put in place.
trap 'status=$?; ((status == 0)) || printf "%s is not in place; %s stays\n" "$release" "${before:-nothing}" >&2' EXIT
# In its place from the beginning, as an environment cannot be moved.
build "$backend/releases/$release"
migrate "$backend/releases/$release"
$dry_run || try_out "$backend/releases/$release" ||
  die 'the release does not work here'
trap - EXIT
mark_complete "$backend" "$release"
switch_to "$release"
if ! $dry_run && ! site_is_well; then
  [[ -n $before ]] || die "release $release is in place, but the site is not well, and there is no earlier one"
  good=$(release_of "$backend/last-good")
  switch_to "${good:-$before}"
  rm -f -- "$backend/complete/$release"
  site_is_well || die "returned to ${good:-$before}, but the site is not well with it either"
  die "release $release was not well: returned to ${good:-$before}"
fi
point_at "$backend/last-good" "$release"
[[ ! -d $backend/releases ]] || delete_old_releases "$backend"
say "release $release is in place${before:+, after $before}"
