#!/usr/bin/env bash
# Brings a backup back into the database.
#
#   restore.sh FILE [--database NAME] [--replace] [--dry-run]
#
#   FILE              what backup.sh made; its checksum beside it is compared first
#   --database NAME   another database of the same server, to look at a backup
#   --replace         the database holds tables: they are replaced by those of the backup
#
# Uses the access of the role migrate. Stop the jobs first (docs/operations.md).

set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "$0")")/lib.sh"

file='' other='' replace=false
while (($#)); do
  case $1 in
  --database) other=${2:?} && shift ;;
  --replace) replace=true ;;
  --dry-run) dry_run=true ;;
  --help | -h) show_help ;;
  -*) wrong_usage "unknown: $1" ;;
  *) [[ -z $file ]] || wrong_usage "one file at a time"
    file=$1 ;;
  esac
  shift
done
[[ -n $file ]] || wrong_usage 'FILE is needed'
[[ -f $file ]] || die "there is no $file"
if [[ -f $file.sha256 ]]; then
  (cd "$(dirname "$file")" && sha256sum --check --status -- "${file##*/}.sha256") ||
    die "$file is not what its checksum says"
fi
gzip -t -- "$file" || die "$file is damaged"
release=${PARK_RELEASE:-$(readlink -f -- "$PARK_ROOT/backend/current")} || die 'nothing has been deployed'

umask 077
options=$(mktemp)
trap 'rm -f -- "$options"' EXIT
access=$(client_options "$release" "$options" "$other") ||
  die 'the settings of the role migrate cannot be read'
read -r engine database <<<"$access"
case $engine in
mysql | mariadb)
  is_whole_dump "$file" || die "$file ends before its end: the closing line of a dump is missing"
  # It would go past --database, and past the tables that --replace looks at.
  ! names_a_database "$file" || die "$file names a database of its own: dump it without --databases"
  client=$(first_of mariadb mysql)
  sql() {
    "$client" "--defaults-extra-file=$options" --default-character-set=utf8mb4 --batch --skip-column-names \
      "$database" "$@"
  }
  there=$(sql -e 'SELECT table_type, table_name FROM information_schema.tables WHERE table_schema = DATABASE()')
  if [[ -n $there ]]; then
    $replace || die "the database $database holds tables: --replace replaces them"
    # Also those that the backup does not know: a newer release may have made them.
    while IFS=$'\t' read -r kind name; do
      [[ $kind == VIEW ]] && word=VIEW || word=TABLE
      run sql -e "SET FOREIGN_KEY_CHECKS = 0; DROP $word IF EXISTS \`${name//\`/\`\`}\`"
    done <<<"$there"
  fi
  if $dry_run; then
    say "would restore $file into $database"
    exit 0
  fi
  gzip -cd -- "$file" | without_definers | sql ||
    die "$file could not be restored as a whole: repeat it with --replace"
  ;;
sqlite)
  [[ ! -s $database ]] || $replace || die "$database is there: --replace replaces it"
  if $dry_run; then
    say "would restore $file into $database"
    exit 0
  fi
  trap 'rm -f -- "$options" "$database.unfinished"' EXIT
  gzip -cd -- "$file" >"$database.unfinished"
  python3 -c 'import sqlite3, sys
with sqlite3.connect(f"file:{sys.argv[1]}?immutable=1", uri=True) as found:
    sys.exit(found.execute("PRAGMA quick_check").fetchone() != ("ok",))' "$database.unfinished" 2>/dev/null ||
    die "$file holds no whole database"
  [[ ! -e $database ]] || chown --reference="$database" "$database.unfinished"
  rm -f -- "$database-wal" "$database-shm"
  mv -- "$database.unfinished" "$database"
  ;;
*) die "no way is known to restore into $engine" ;;
esac
say "restored $file into $database"
