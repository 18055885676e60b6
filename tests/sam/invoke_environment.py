"""Prints what `sam local invoke --env-vars FILE` would start each built function with, as JSON.

The SAM CLI's own classes resolve it; only the container is not started.
"""

import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

from samcli.commands.local.lib.local_lambda import LocalLambdaRunner
from samcli.lib.providers.sam_function_provider import SamFunctionProvider
from samcli.lib.providers.sam_stack_provider import SamLocalStackProvider

# As the CLI does, so that the code of nested stacks is found.
template, env_vars = os.path.abspath(sys.argv[1]), sys.argv[2:]
values = {}
for name in env_vars:
    with open(name, encoding="utf-8") as file:
        values = json.load(file)

stacks, _ = SamLocalStackProvider.get_stacks(template)
provider = SamFunctionProvider(stacks)
runner = LocalLambdaRunner(
    local_runtime=None,
    function_provider=provider,
    cwd=os.path.dirname(template),
    real_path=os.path.dirname(template),
    env_vars_values=values,
)
result = {}
for function in provider.get_all():
    config = runner.get_invoke_config(function)
    result[function.name] = {
        "code": config.code_abs_path,
        "handler": config.handler,
        "timeoutSeconds": config.timeout,
        "environment": config.env_vars.resolve(),
    }
json.dump(result, sys.stdout)
