#!/usr/bin/env bash
# Runs each example as its reader would: its scenarios, then its own tests.
set -euo pipefail
cd "$(dirname "$0")"
export SIGNALBOX="node $PWD/../bin/signalbox.mjs" PYTHONDONTWRITEBYTECODE=1 AWS_REGION=us-east-1
unset AWS_ENDPOINT_URL

play() { # folder, arguments of `signalbox`...
  local folder=$1
  shift
  printf '\n%s\n' "$folder"
  (cd "$folder" && $SIGNALBOX "$@")
}

play hello-sam test
play python-sam test --junit "$(mktemp)"
play cdk-app test
play plain-asl start refund.asl.json --once --port 0
printf '\npython-sam, by its own tests\n'
(cd python-sam && python3 -m unittest discover tests)
