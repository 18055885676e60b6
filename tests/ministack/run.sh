#!/usr/bin/env bash
# Deploys with the real SAM CLI onto MiniStack on loopback, and holds what happens there against the scenarios.
set -euo pipefail
cd "$(dirname "$0")/../.."
export SAM_CLI_TELEMETRY=0

# Not beside the SAM CLI: the two pin different versions of botocore.
home=.venv/ministack
if ! cmp -s tests/ministack/requirements.txt "$home/requirements.txt"; then
  python3 -m venv "$home"
  "$home/bin/pip" install --quiet --disable-pip-version-check -r tests/ministack/requirements.txt
  cp tests/ministack/requirements.txt "$home/requirements.txt"
fi

.venv/bin/sam build > .aws-sam-build.log 2>&1 || { cat .aws-sam-build.log; exit 1; }
rm -f .aws-sam-build.log
.venv/bin/python tests/ministack/prepare.py .aws-sam/build .aws-sam/ministack > .aws-sam/ministack.json
node tests/ministack/run.mjs
