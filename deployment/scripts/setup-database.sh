#!/usr/bin/env bash
# Makes a database of our own on a MySQL or MariaDB server, and three users with least rights. Twice is once;
# databases and users of others are not touched.
#
#   setup-database.sh [--admin-options FILE] [--host HOST] [--port PORT] [--from HOST]
#                     [--database NAME] [--users PREFIX] [--dry-run]
#
#   --admin-options FILE   option file of the database's client with an administrator's access; without it root
#                          through the server's socket, which is how Debian and Ubuntu set it up
#   --host, --port         where the program finds the server (localhost: its socket)
#   --from HOST            from where the users may come (localhost; % for a server of its own)
#   --database NAME        park_downtime
#   --users PREFIX         park: the users are park_api, park_jobs, park_migrate
#
# The API reads everything and writes api_usage; the jobs write rows; migrations alone change tables.
# Passwords are made here and written as DATABASE_URL into /etc/park-downtime/{api,jobs,migrate}/.env; those
# that stand there already are kept. None is printed or given as an argument.

set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "$0")")/lib.sh"

admin_options='' host=localhost port='' from=localhost database=park_downtime prefix=park
while (($#)); do
  case $1 in
  --admin-options) admin_options=${2:?} && shift ;;
  --host) host=${2:?} && shift ;;
  --port) port=${2:?} && shift ;;
  --from) from=${2:?} && shift ;;
  --database) database=${2:?} && shift ;;
  --users) prefix=${2:?} && shift ;;
  --dry-run) dry_run=true ;;
  --help | -h) show_help ;;
  *) wrong_usage "unknown: $1" ;;
  esac
  shift
done
[[ $database =~ ^[A-Za-z0-9_]+$ ]] || wrong_usage "a database's name has letters, digits and _ only"
[[ $prefix =~ ^[A-Za-z0-9_]{1,20}$ ]] || wrong_usage "a prefix has letters, digits and _ only"
[[ $from =~ ^[A-Za-z0-9_.:%-]+$ ]] || wrong_usage "--from wants a host, a network with % or %"

declare -A password
for role in api jobs migrate; do
  file=$PARK_CONFIG/$role/.env
  $dry_run || [[ -e $file ]] || die "$file is missing: run setup-host.sh first"
  password[$role]=$(sed -nE 's|^DATABASE_URL=[a-z+]+://[^:/@]+:([0-9a-f]+)@.*$|\1|p' "$file" 2>/dev/null || true)
  [[ -n ${password[$role]} ]] || password[$role]=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
done

# In a pattern of a grant _ stands for any character.
pattern=${database//_/\\_}
grants() {
  local to="'@'$from'"
  cat <<SQL
GRANT SELECT ON \`$pattern\`.* TO '${prefix}_api$to;
GRANT INSERT, UPDATE, CREATE ON \`$database\`.api_usage TO '${prefix}_api$to;
REVOKE CREATE ON \`$database\`.api_usage FROM '${prefix}_api$to;
GRANT SELECT, INSERT, UPDATE, DELETE ON \`$pattern\`.* TO '${prefix}_jobs$to;
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, CREATE VIEW, SHOW VIEW, EVENT
  ON \`$pattern\`.* TO '${prefix}_migrate$to;
SQL
}
users() {
  local role shown
  # shellcheck disable=SC2016 # backticks are the database's quotes
  printf 'CREATE DATABASE IF NOT EXISTS `%s` CHARACTER SET utf8mb4;\n' "$database"
  for role in api jobs migrate; do
    shown=${password[$role]}
    ! $dry_run || shown='***'
    printf "CREATE USER IF NOT EXISTS '%s_%s'@'%s' IDENTIFIED BY '%s';\n" "$prefix" "$role" "$from" "$shown"
    printf "ALTER USER '%s_%s'@'%s' IDENTIFIED BY '%s';\n" "$prefix" "$role" "$from" "$shown"
  done
}

if $dry_run; then
  say "would run as the database's administrator:"
  users
  # A table's right can be given before the table is there only together with CREATE, which then is taken back.
  grants
else
  client=$(first_of mariadb mysql)
  { users && grants; } | "$client" ${admin_options:+"--defaults-extra-file=$admin_options"} --batch ||
    die "the database refused; nothing was written to $PARK_CONFIG"
fi

address=$host${port:+:$port}
for role in api jobs migrate; do
  file=$PARK_CONFIG/$role/.env
  if $dry_run; then
    say "would write DATABASE_URL for ${prefix}_$role into $file"
    continue
  fi
  unfinished=$(mktemp "$file.XXXXXX")
  { grep -v '^DATABASE_URL=' "$file" || true
    printf 'DATABASE_URL=mysql://%s_%s:%s@%s/%s\n' "$prefix" "$role" "${password[$role]}" "$address" "$database"
  } >"$unfinished"
  chown --reference="$file" "$unfinished"
  chmod --reference="$file" "$unfinished"
  mv -- "$unfinished" "$file"
  say "${prefix}_$role: DATABASE_URL is in $file"
done
