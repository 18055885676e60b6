#!/usr/bin/env bash
# Plays the scenarios as if it were another day and hour: `tests/faketime.sh` chooses one by the
# date, `tests/faketime.sh all` plays every one, and `tests/faketime.sh N` the one of that number.
set -uo pipefail
cd "$(dirname "$0")/.."

# Hours in UTC with the time zone of the machine: before, in and after the daily schedules, the day
# of the monthly one, a leap day, the year's end, the nights on which clocks change, and years on.
days=(
  '2026-12-01 00:30:00|UTC'
  '2026-12-01 02:55:00|'
  '2026-12-01 23:50:00|Asia/Seoul'
  '2026-12-06 05:00:00|UTC'
  '2028-02-29 12:00:00|Europe/Berlin'
  '2026-12-31 23:59:30|Asia/Seoul'
  '2027-03-28 00:59:30|Europe/Berlin'
  '2027-10-31 00:59:30|Europe/Berlin'
  '2036-12-01 09:00:00|UTC'
)

command -v faketime > /dev/null || {
  sudo=$([ "$(id -u)" -eq 0 ] || echo sudo)
  $sudo apt-get update -qq && $sudo apt-get install -y -qq faketime > /dev/null || exit 1
}

play() { # day|time zone
  local day=${1%|*} zone=${1#*|}
  # faketime reads the day in the machine's own zone.
  local seconds shown
  seconds=$(date -u -d "$day" +%s)
  if [ -z "$zone" ]; then
    printf '=== %s UTC, TZ unset\n' "$day"
    shown=$(date -d "@$seconds" '+%Y-%m-%d %H:%M:%S')
    env -u TZ faketime "$shown" npm start --silent -- --once --port 0 | tail -n 1
  else
    printf '=== %s UTC, TZ %s\n' "$day" "$zone"
    shown=$(TZ=$zone date -d "@$seconds" '+%Y-%m-%d %H:%M:%S')
    TZ=$zone faketime "$shown" npm start --silent -- --once --port 0 | tail -n 1
  fi
}

case ${1:-} in
  '') play "${days[$(($(date +%s) / 86400 % ${#days[@]}))]}" ;;
  all)
    failed=0
    for day in "${days[@]}"; do play "$day" || failed=1; done
    exit "$failed"
    ;;
  *) play "${days[$1]}" ;;
esac
