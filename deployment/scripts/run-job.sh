#!/usr/bin/env bash
# Runs one job of the crontab: alone, not for ever, within its share of the machine, as the jobs' user.
#
#   run-job.sh JOB SECONDS [ARGUMENT...]
#
# A second one at the same time is left out. The log goes to /var/log/park-downtime/jobs.log; only a failure
# says a line here, which cron then mails. Where systemd runs, the job gets a scope of its own with the limits
# of the units in deployment/systemd; elsewhere it is niced.

set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "$(readlink -f "$0")")/lib.sh"

[[ ${1:-} != --help && ${1:-} != -h ]] || show_help
(($# >= 2)) || wrong_usage 'JOB and SECONDS are needed'
job=$1 seconds=$2
shift 2
[[ $job =~ ^[a-z-]+$ ]] || wrong_usage "no such job: $job"
[[ $seconds =~ ^[0-9]+$ ]] || wrong_usage "seconds are a number, not $seconds"
release=$(readlink -f -- "$PARK_ROOT/backend/current") || die 'nothing has been deployed'
log=$PARK_LOGS/jobs.log

mkdir -p "${PARK_RUN:-/run/park-downtime}"
exec 8>"${PARK_RUN:-/run/park-downtime}/$job.lock"
if ! flock --nonblock 8; then
  printf '{"time": "%s", "level": "WARNING", "event": "job left out: the one before is still at work", "job": "%s"}\n' \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$job" >>"$log"
  exit 0
fi

command=(timeout --kill-after=30 "$seconds" "$release/venv/bin/python" -m park_downtime.cli "$job" "$@")
if has_systemd; then
  command=(systemd-run --quiet --scope --collect "--unit=park-downtime-$job-$$" --uid="$PARK_JOBS_USER"
    --property=CPUQuota=25% --property=MemoryMax=512M --property=IOWeight=50 -- "${command[@]}")
elif [[ $(id -un) != "$PARK_JOBS_USER" ]]; then
  command=(nice -n 10 setpriv --reuid="$PARK_JOBS_USER" --regid="$(id -gn "$PARK_JOBS_USER")" --init-groups -- "${command[@]}")
fi

umask 0027
cd "$PARK_CONFIG/jobs"
# What it did stands in the log; the lock is not handed down to what outlives the job.
status=0
HOME=$PARK_STATE "${command[@]}" >/dev/null 2>>"$log" 8>&- || status=$?
if ((status == 124 || status == 137)); then
  die "park-downtime $job was ended after $seconds seconds; see $log"
elif ((status)); then
  die "park-downtime $job failed with status $status: $(tail -n 1 -- "$log" | cut -c1-300)"
fi
