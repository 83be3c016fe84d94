#!/usr/bin/env bash
# Puts a release of the dashboard in place: copies it beside the others, points `current` at it, compares what
# the site then serves with the files, and returns to the last good release by itself when they differ.
# The same source twice is one release.
#
#   deploy-frontend.sh [--source FOLDER] [--first] [--force] [--dry-run]
#   deploy-frontend.sh --return [--dry-run]
#
#   --source FOLDER   the folder with index.html; without it that of the checkout this script is part of
#   --first           Apache does not serve the site yet: do not ask it
#   --force           a new release even if this source is what is served already
#   --return          back to the release before the current one

set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=lib.sh
. "$here/lib.sh"

source=$(readlink -m "$here/../../frontend") first=false force=false return=false
while (($#)); do
  case $1 in
  --source) source=$(readlink -f "${2:?}") && shift ;;
  --first) first=true ;;
  --force) force=true ;;
  --return) return=true ;;
  --dry-run) dry_run=true ;;
  --help | -h) show_help ;;
  *) wrong_usage "unknown: $1" ;;
  esac
  shift
done
require curl flock cmp
frontend=$PARK_ROOT/frontend

# The page and all that its first line of code needs are served as they lie in the release, and not kept for long.
site_serves() {
  ! $first || return 0
  local folder=$frontend/releases/$1 file path
  for file in index.html css/styles.css js/app.js; do
    path=/${file#index.html}
    if ! cmp --silent -- "$folder/$file" <(fetch "$path" --fail 2>/dev/null); then
      printf 'The site does not serve %s as it is in %s\n' "$path" "$1" >&2
      return 1
    fi
  done
}

lock_deployments
before=$(release_of "$frontend/current")

if $return; then
  target=$(release_before "$frontend" "$before") || die 'there is no earlier release to return to'
  point_at "$frontend/current" "$target"
  $dry_run || site_serves "$target" || die "release $target is in place, but is not what the site serves"
  point_at "$frontend/last-good" "$target"
  say "returned from $before to $target"
  exit 0
fi

for file in index.html css/styles.css js/app.js; do
  [[ -s $source/$file ]] || die "$source is no dashboard: $file is missing or empty"
done
[[ -z $(find "$source" -type l) ]] || die "$source holds symbolic links, which may lead anywhere"
id=$(content_id "$source" .)
if [[ $before == *-"$id" ]] && ! $force; then
  $dry_run || site_serves "$before" || die "release $before is in place, but is not what the site serves"
  say "release $before is this source already; nothing to do"
  exit 0
fi

release=$(new_release_name "$id")
run mkdir -p -- "$frontend/releases"
run cp -R -- "$source" "$frontend/releases/$release"
# Who sees the page from elsewhere, as a search engine or in a shared link, wants whole addresses; the program
# writes them in the same way where it serves these files itself (dashboard.py).
for page in "$source"/*.html; do
  run sed -E -i "s#(rel=\"(home|canonical)\" href=|property=\"og:image\" content=)\"(\./)?([^\":]*)\"#\1\"$PARK_URL/\4\"#" \
    "$frontend/releases/$release/${page##*/}"
done
run chmod -R u=rwX,go=rX -- "$frontend/releases/$release"
mark_complete "$frontend" "$release"
point_at "$frontend/current" "$release"
if ! $dry_run && ! site_serves "$release"; then
  [[ -n $before ]] || die "release $release is in place, but is not what the site serves, and there is no earlier one"
  good=$(release_of "$frontend/last-good")
  point_at "$frontend/current" "${good:-$before}"
  rm -f -- "$frontend/complete/$release"
  die "release $release was not served as it should: returned to ${good:-$before}"
fi
point_at "$frontend/last-good" "$release"
[[ ! -d $frontend/releases ]] || delete_old_releases "$frontend"
say "release $release is in place${before:+, after $before}"
