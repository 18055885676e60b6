"""Starts a rehearsal of this project for tests, and calls AWS's services in it by plain HTTP.

With boto3 installed, a client does the same: boto3.client("stepfunctions", endpoint_url=rehearsal.url, …).
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import time
import urllib.request

PROJECT = pathlib.Path(__file__).parent.parent
ACCOUNT = "123456789012"
REGION = "us-east-1"
PATIENCE_SECONDS = 60

PROTOCOLS = {
    "AWSStepFunctions": ("application/x-amz-json-1.0", "states"),
    "AWSEvents": ("application/x-amz-json-1.1", "events"),
}


class Rehearsal:
    """A rehearsal in a process of its own; a context manager."""

    def __enter__(self):
        command = shlex.split(os.environ.get("SIGNALBOX", "npx signalbox"))
        self._process = subprocess.Popen(
            [*command, "start", "--port", "0", "--no-scenarios"],
            cwd=PROJECT,
            env={**os.environ, "AWS_ENDPOINT_URL": "", "AWS_REGION": REGION},
            stderr=subprocess.PIPE,
            text=True,
        )
        said = []
        for line in self._process.stderr:
            said.append(line)
            found = re.search(r"Serving AWS at (\S+)", line)
            if found:
                self.url = found.group(1)
                return self
        raise RuntimeError("The rehearsal did not start:\n" + "".join(said))

    def __exit__(self, *_):
        self._process.terminate()
        self._process.communicate()

    def call(self, service, action, **members):
        """Calls an action, such as call("AWSStepFunctions", "ListStateMachines")."""
        content_type, signing_name = PROTOCOLS[service]
        headers = {
            "Content-Type": content_type,
            "X-Amz-Target": "%s.%s" % (service, action),
            # The rehearsal checks no signature, but wants to know whose call it is.
            "Authorization": "AWS4-HMAC-SHA256 Credential=local/20260105/%s/%s/aws4_request, SignedHeaders=host, Signature=0"
            % (REGION, signing_name),
        }
        request = urllib.request.Request(self.url, json.dumps(members).encode(), headers)
        with urllib.request.urlopen(request) as response:
            return json.load(response)

    def run(self, machine, event):
        """Runs a state machine, and returns what DescribeExecution says at the end."""
        name = "%s-%s" % (PROJECT.name, machine)
        arn = "arn:aws:states:%s:%s:stateMachine:%s" % (REGION, ACCOUNT, name)
        started = self.call("AWSStepFunctions", "StartExecution", stateMachineArn=arn, input=json.dumps(event))
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            found = self.call("AWSStepFunctions", "DescribeExecution", executionArn=started["executionArn"])
            if found["status"] != "RUNNING":
                return found
            time.sleep(0.05)
        raise TimeoutError("The execution runs for more than %s seconds" % PATIENCE_SECONDS)
