#!/usr/bin/env bash
# Holds the application against the real SAM CLI and cfn-lint: valid, built, least privilege, built artifacts run.
set -euo pipefail
cd "$(dirname "$0")/../.."
export SAM_CLI_TELEMETRY=0

if ! cmp -s tests/sam/requirements.txt .venv/requirements.txt; then
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check -r tests/sam/requirements.txt
  cp tests/sam/requirements.txt .venv/requirements.txt
fi

echo '== sam validate --lint'
.venv/bin/sam validate --lint
echo '== cfn-lint'
.venv/bin/cfn-lint template.yaml
# Its schema of SAM forgets AutoPublishAliasAllProperties among Globals (E3724); the SAM CLI takes it below.
.venv/bin/cfn-lint --ignore-checks E3724 -- stacks/*.yaml
echo '== checkov' # in an environment of its own: it wants an older boto3 than the SAM CLI
if ! cmp -s tests/sam/checkov-requirements.txt .venv/checkov/requirements.txt; then
  python3 -m venv .venv/checkov
  .venv/checkov/bin/pip install --quiet --disable-pip-version-check -r tests/sam/checkov-requirements.txt
  cp tests/sam/checkov-requirements.txt .venv/checkov/requirements.txt
fi
.venv/checkov/bin/checkov --config-file tests/sam/checkov.yaml --file stacks/*.yaml
echo '== sam build'
.venv/bin/sam build > .aws-sam-build.log 2>&1 || { cat .aws-sam-build.log; exit 1; }
rm -f .aws-sam-build.log
echo '== the expanded templates, and the built functions in the Lambda host'
.venv/bin/python tests/sam/expand.py template.yaml > .aws-sam/expanded.json
node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js \
  --config tests/sam/jest.config.js
