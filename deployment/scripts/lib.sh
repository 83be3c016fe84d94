# shellcheck shell=bash
# What the scripts share: where things are, saying what is done, and asking the API whether it is well.
# Every place can be another one: PARK_ROOT=/srv/parks deploy-backend.sh ...

PARK_ROOT=${PARK_ROOT:-/opt/park-downtime}
PARK_CONFIG=${PARK_CONFIG:-/etc/park-downtime}
PARK_STATE=${PARK_STATE:-/var/lib/park-downtime}
PARK_LOGS=${PARK_LOGS:-/var/log/park-downtime}
PARK_API_USER=${PARK_API_USER:-park-downtime-api}
PARK_JOBS_USER=${PARK_JOBS_USER:-park-downtime-jobs}
PARK_GROUP=${PARK_GROUP:-park-downtime}
# The site as Apache serves it; asked on this machine, whatever the name resolves to.
PARK_URL=${PARK_URL:-https://themeparkhall.com}
PARK_CONNECT_TO=${PARK_CONNECT_TO:-127.0.0.1}
PARK_HEALTH_SECONDS=${PARK_HEALTH_SECONDS:-30}
PARK_KEEP_RELEASES=${PARK_KEEP_RELEASES:-5}
# Read where it exists: the values above for this machine.
# shellcheck source=/dev/null
[[ ! -r $PARK_CONFIG/deployment.conf ]] || . "$PARK_CONFIG/deployment.conf"

dry_run=false
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8

say() { printf '%s\n' "$*"; }
die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}
wrong_usage() {
  printf '%s: %s (--help tells more)\n' "${0##*/}" "$*" >&2
  exit 2
}

# The comment at the head of the script is its help.
show_help() {
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
  exit 0
}

# Do something, or with --dry-run say that it would be done.
run() {
  if $dry_run; then
    printf 'would run:'
    printf ' %q' "$@"
    printf '\n'
  else
    "$@"
  fi
}

require() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || die "$program is not installed"
  done
}

# systemd is there and is what runs this machine.
has_systemd() { [[ -d /run/systemd/system ]] && command -v systemctl >/dev/null; }

# One deployment at a time.
lock_deployments() {
  $dry_run && return
  mkdir -p "$PARK_ROOT"
  exec 9>"$PARK_ROOT/deploy.lock"
  flock --nonblock 9 || die "another deployment is at work"
}

# release_of LINK: the release that `current` or another link names; empty when there is none.
release_of() {
  local target
  target=$(readlink -- "$1") || return 0
  basename -- "$target"
}

# point_at LINK RELEASE: in one step, so that nobody ever finds nothing there.
point_at() {
  run ln -sfn -- "releases/$2" "$1.new"
  run mv -T -- "$1.new" "$1"
}

# Ask this machine's Apache: fetch PATH [curl's options].
fetch() {
  local path=$1
  shift
  curl --silent --show-error --insecure --max-time 20 --noproxy '*' \
    --connect-to "::$PARK_CONNECT_TO:" "$@" "$PARK_URL$path"
}

# The answer of /api/health on stdin: is the program there, and does it reach its database?
# Data may be old for reasons that a deployment neither made nor mends.
is_well() {
  python3 -c '
import json, sys
answer = json.load(sys.stdin)
sys.exit(answer["checks"]["database"]["status"] != "healthy")
' 2>/dev/null
}

# A release counts once its name stands in the folder `complete` beside the releases.
mark_complete() { run mkdir -p -- "$1/complete" && run touch -- "$1/complete/$2"; }

# releases_in FOLDER: the complete ones, oldest first: their names begin with the time.
releases_in() {
  [[ ! -d $1/complete ]] || find "$1/complete" -type f -printf '%f\n' | sort
}

# release_before FOLDER RELEASE: the newest complete one that is older; fails where there is none.
release_before() {
  local name found=''
  while read -r name; do
    [[ ! $name < $2 ]] || found=$name
  done < <(releases_in "$1")
  [[ -n $found ]] && say "$found"
}

new_release_name() { say "$(date -u +%Y%m%dT%H%M%S%3N)-$1"; }

# delete_old_releases FOLDER: the newest few stay, and those that a link names.
delete_old_releases() {
  local folder=$1 name kept
  kept=$(releases_in "$folder" | tail -n "$PARK_KEEP_RELEASES"
    release_of "$folder/current"
    release_of "$folder/last-good")
  while read -r name; do
    grep -qxF -- "$name" <<<"$kept" || run rm -rf -- "$folder/releases/$name" "$folder/complete/$name"
  done < <(find "$folder/releases" -mindepth 1 -maxdepth 1 -type d -printf '%f\n')
}

# content_id FOLDER PATH...: twelve characters that change with the files.
content_id() {
  (
    cd "$1" || exit 1
    shift
    find "$@" -type f ! -name '*.pyc' ! -path '*.egg-info/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12
  )
}

# in_role ROLE COMMAND...: where the settings of a role are read.
in_role() {
  local role=$1
  shift
  (cd "$PARK_CONFIG/$role" && "$@")
}

# as_user USER COMMAND...
as_user() {
  local user=$1
  shift
  if [[ $(id -un) == "$user" ]]; then
    exec "$@"
  else
    exec setpriv --reuid="$user" --regid="$(id -gn "$user")" --init-groups -- "$@"
  fi
}

# client_options RELEASE FILE [DATABASE]: the access of the role `migrate` as an option file of the database's
# clients, which alone knows the password; prints engine and database.
client_options() {
  in_role migrate "$1/venv/bin/python" - "$2" "${3:-}" <<'PYTHON'
import os, sys
from sqlalchemy.engine import make_url
from park_downtime.config import settings
from park_downtime.config.ssm import remote_settings

url = make_url(settings.load(remote=remote_settings()).database_url)
lines = ["[client]"]
values = {"user": url.username, "password": url.password, "host": url.host, "port": url.port}
values["socket"] = url.query.get("unix_socket")
for name, value in values.items():
    if value is not None:
        quoted = str(value).replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'{name}="{quoted}"')
file = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
os.write(file, ("\n".join(lines) + "\n").encode())
print(url.get_backend_name(), sys.argv[2] or url.database)
PYTHON
}

# is_whole_dump FILE: whether a compressed dump has its closing line, which is written when all else is.
is_whole_dump() { gzip -cd -- "$1" | tail -n 1 | grep -q '^-- Dump completed'; }

# names_a_database FILE: whether a compressed dump says itself into which database it goes.
# shellcheck disable=SC2016 # backticks are the database's quotes
names_a_database() { gzip -cd -- "$1" | grep -cE '^(USE `|CREATE DATABASE )' >/dev/null; }

# without_definers: a dump's views and events belong to who restores them, whatever the users were called where
# they come from. Only whole statements as both dump programs write them, never text in a value that looks like
# one: a row begins with INSERT or a bracket, and line ends in values are escaped.
without_definers() {
  # shellcheck disable=SC2016 # backticks are the database's quotes
  local name='`([^`]|``)+`'
  sed -E \
    -e "s,^(/\\*!50013 )DEFINER=$name@$name (SQL SECURITY (DEFINER|INVOKER) \\*/)\$,\\1\\4," \
    -e "s,^(/\\*!50106 CREATE\\*/ )/\\*!50117 DEFINER=$name@$name\\*/ (/\\*!50106 EVENT ),\\1\\4," \
    -e "s,^(CREATE )DEFINER=$name@$name (EVENT|VIEW) ,\\1\\4 ,"
}

# The first of these programs that is installed: MariaDB and MySQL name them differently.
first_of() {
  local program
  for program in "$@"; do
    command -v "$program" && return
  done
  die "none of these is installed: $*"
}
