#!/usr/bin/env bash
# Makes users, folders and settings for the Theme Park Downtime Tracker on this machine. Twice is once:
# what is there stays as it is, settings above all.
#
#   setup-host.sh [--dry-run]
#
# Users: park-downtime-jobs (collects and aggregates) and park-downtime-api (answers), neither with a login.
# Folders: /opt/park-downtime (releases), /etc/park-downtime/{api,jobs,migrate}/.env (settings, each readable
# by its own user alone) and /etc/park-downtime/apache, /var/lib/park-downtime (spool, archive, open data,
# certificate answers, backups), /var/log/park-downtime (of the jobs) and its folder apache (of the site).

set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=lib.sh
. "$here/lib.sh"

while (($#)); do
  case $1 in
  --dry-run) dry_run=true ;;
  --help | -h) show_help ;;
  *) wrong_usage "unknown: $1" ;;
  esac
  shift
done

getent group "$PARK_GROUP" >/dev/null || run groupadd --system "$PARK_GROUP"
for user in "$PARK_API_USER" "$PARK_JOBS_USER"; do
  getent passwd "$user" >/dev/null ||
    run useradd --system --user-group --groups "$PARK_GROUP" --no-create-home --home-dir "$PARK_STATE" \
      --shell /usr/sbin/nologin "$user"
done

folder() { # folder MODE OWNER GROUP PATH
  [[ -d $4 ]] && return
  run install -d -m "$1" -o "$2" -g "$3" -- "$4"
}
folder 0755 root root "$PARK_ROOT"
folder 0755 root root "$PARK_CONFIG"
folder 0750 root "$PARK_API_USER" "$PARK_CONFIG/api"
folder 0750 root "$PARK_JOBS_USER" "$PARK_CONFIG/jobs"
folder 0700 root root "$PARK_CONFIG/migrate"
folder 0755 root root "$PARK_STATE"
# The API tells how much waits in the spool: it may look, the jobs alone write.
folder 2750 "$PARK_JOBS_USER" "$PARK_GROUP" "$PARK_STATE/spool"
# The stretches of closed days: the jobs write them once and keep them for ever.
folder 2750 "$PARK_JOBS_USER" "$PARK_GROUP" "$PARK_STATE/archive"
# What `publish` makes of it, for whoever asks; empty until somebody decides to publish.
folder 0755 "$PARK_JOBS_USER" "$PARK_JOBS_USER" "$PARK_STATE/data"
folder 0700 root root "$PARK_STATE/backups"
folder 0755 root root "$PARK_STATE/acme"
folder 0755 root root "$PARK_STATE/acme/.well-known/acme-challenge"
folder 0750 root adm "$PARK_LOGS"
folder 0750 root adm "$PARK_LOGS/apache"

# What Apache reads: copied, so that a release never changes it behind the back of the other site.
if [[ ! -d $PARK_CONFIG/apache ]]; then
  run install -d -m 0755 -- "$PARK_CONFIG/apache"
  run install -m 0644 -- "$here"/../apache/*.conf "$PARK_CONFIG/apache/"
  run install -m 0755 -- "$here"/../apache/keep-logs.sh "$PARK_CONFIG/apache/"
fi

settings() { # settings ROLE GROUP MODE; the lines on stdin
  local file=$PARK_CONFIG/$1/.env lines
  lines=$(cat)
  if [[ -e $file ]]; then
    say "kept: $file"
  elif $dry_run; then
    say "would write: $file"
  else
    (umask 077 && printf '%s\n' "$lines" >"$file")
    chown "root:$2" "$file"
    chmod "$3" "$file"
    say "written: $file"
  fi
}
settings api "$PARK_API_USER" 0640 <<LINES
# Settings of the API; .env.example explains each.
SPOOL_DIR=$PARK_STATE/spool
LOG_FORMAT=json
LOG_LEVEL=WARNING
PUBLIC_URL=$PARK_URL
LINES
settings jobs "$PARK_JOBS_USER" 0640 <<LINES
# Settings of collect, aggregate, prune and classify; .env.example explains each.
SPOOL_DIR=$PARK_STATE/spool
ARCHIVE_DIR=$PARK_STATE/archive
LOG_FORMAT=json
CONTACT_URL=$PARK_URL
LINES
settings migrate root 0600 <<LINES
# Settings of migrations and backups, which root alone runs.
SPOOL_DIR=$PARK_STATE/spool
LINES
