#!/usr/bin/env bash
# Backs the database up while everything goes on: one consistent state, compressed, with a checksum.
#
#   backup.sh [--to FOLDER] [--keep NUMBER] [--dry-run]
#
#   --to FOLDER     /var/lib/park-downtime/backups
#   --keep NUMBER   how many backups stay there (14)
#
# Uses the access of the role migrate. Prints the file's name. restore.sh brings it back.

set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "$0")")/lib.sh"

folder=$PARK_STATE/backups keep=14
while (($#)); do
  case $1 in
  --to) folder=${2:?} && shift ;;
  --keep) keep=${2:?} && shift ;;
  --dry-run) dry_run=true ;;
  --help | -h) show_help ;;
  *) wrong_usage "unknown: $1" ;;
  esac
  shift
done
[[ $keep =~ ^[1-9][0-9]*$ ]] || wrong_usage '--keep wants a number from 1 on'
release=${PARK_RELEASE:-$(readlink -f -- "$PARK_ROOT/backend/current")} || die 'nothing has been deployed'
if $dry_run; then
  say "would back the database of $PARK_CONFIG/migrate/.env up into $folder and keep the newest $keep"
  exit 0
fi

umask 077
mkdir -p -- "$folder"
options=$(mktemp)
backup=$folder/$(date -u +%Y%m%dT%H%M%SZ).sql.gz
trap 'rm -f -- "$options" "$backup.unfinished"' EXIT
access=$(client_options "$release" "$options") ||
  die 'the settings of the role migrate cannot be read'
read -r engine database <<<"$access"
case $engine in
mysql | mariadb)
  dump=$(first_of mariadb-dump mysqldump)
  how=(--single-transaction --quick --skip-lock-tables --skip-add-locks --skip-triggers --no-tablespaces --hex-blob
    --events --default-character-set=utf8mb4)
  # What MySQL's own program does besides wants rights that a backup needs not: transaction ids (to flush all
  # tables, and an administrator to restore), masking policies; and it asks MariaDB for a table that it has not.
  known=$("$dump" --help)
  [[ $known != *--set-gtid-purged* ]] || how+=(--set-gtid-purged=OFF)
  [[ $known != *--masking-policies* ]] || how+=(--skip-masking-policies)
  [[ $known != *--column-statistics* ]] || how+=(--column-statistics=0)
  "$dump" "--defaults-extra-file=$options" "${how[@]}" "$database" | gzip >"$backup.unfinished"
  is_whole_dump "$backup.unfinished" || die 'the dump is not complete'
  ;;
sqlite)
  backup=${backup%.sql.gz}.sqlite.gz
  trap 'rm -f -- "$options" "$options.sqlite" "$backup.unfinished"' EXIT
  python3 -c 'import sqlite3, sys
with sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True) as old, sqlite3.connect(sys.argv[2]) as new:
    old.backup(new)' "$database" "$options.sqlite"
  gzip -c -- "$options.sqlite" >"$backup.unfinished"
  ;;
*) die "no way is known to back up $engine" ;;
esac
sync -- "$backup.unfinished"
mv -- "$backup.unfinished" "$backup"
(cd "$folder" && sha256sum -- "${backup##*/}" >"${backup##*/}.sha256")
find "$folder" -maxdepth 1 \( -name '*.sql.gz' -o -name '*.sqlite.gz' \) | sort -r | tail -n "+$((keep + 1))" |
  while read -r old; do rm -f -- "$old" "$old.sha256"; done
say "$backup"
