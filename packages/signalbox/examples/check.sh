#!/usr/bin/env bash
# Runs each example as its reader would: its scenarios, then its own tests.
set -euo pipefail
cd "$(dirname "$0")"
export SIGNALBOX="node $PWD/../bin/signalbox.mjs" PYTHONDONTWRITEBYTECODE=1

for example in hello-sam python-sam; do
  printf '%s\n' "$example"
  (cd "$example" && $SIGNALBOX test)
done
printf 'python-sam, by its own tests\n'
(cd python-sam && python3 -m unittest discover tests)
