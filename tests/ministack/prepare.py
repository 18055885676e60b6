"""Copies what `sam build` made and works around what MiniStack cannot do; prints the stacks to deploy as JSON.

Each work-around belongs to a gap in gaps.ts, which says what happens without it.
"""

import json
import os
import re
import shutil
import sys

import yaml
from samcli.yamlhelper import yaml_dump, yaml_parse

UNRECOGNISED = ("AWS::CloudWatch::CompositeAlarm", "AWS::Events::Archive")
# An expression that is a parameter alone: the number itself is put there.
TIME_OUT = re.compile(r'"TimeoutSeconds": "{% \${(\w+)} %}"')
HERE = os.path.dirname(os.path.abspath(__file__))
source, target = sys.argv[1:]
stacks = []


def prepare(template_file, name, parameters):
    """Prepares a template, those nested in it first."""
    with open(template_file, encoding="utf-8") as file:
        template = yaml_parse(file.read())
    resources = template["Resources"]
    nested = {k: r for k, r in resources.items() if r["Type"] == "AWS::Serverless::Application"}
    for logical_id, application in nested.items():
        location = os.path.join(os.path.dirname(template_file), application["Properties"]["Location"])
        prepare(location, logical_id, application["Properties"].get("Parameters", {}))
    if nested:
        stacks.append({"name": None, "parameters": defaults(template)})
        return
    drop(template, unsupported(resources))
    custom_runtime(template, os.path.dirname(template_file))
    for logical_id, resource in resources.items():
        if resource["Type"] == "AWS::Serverless::StateMachine":
            as_json(resource["Properties"], logical_id, template_file)
    with open(template_file, "w", encoding="utf-8") as file:
        file.write(yaml_dump(template))
    stacks.append({"name": name, "template": template_file, "parameters": parameters})


def defaults(template):
    return {k: str(p["Default"]) for k, p in template.get("Parameters", {}).items() if "Default" in p}


def unsupported(resources):
    return {
        k
        for k, r in resources.items()
        if r["Type"] in UNRECOGNISED
        or r["Type"] == "AWS::CloudWatch::Alarm"
        and "Metrics" in r["Properties"]
    }


def drop(template, gone):
    for logical_id in gone:
        del template["Resources"][logical_id]
    for resource in template["Resources"].values():
        needs = resource.get("DependsOn", [])
        needs = needs if isinstance(needs, list) else [needs]
        resource["DependsOn"] = [k for k in needs if k not in gone]
    for name, output in list(template.get("Outputs", {}).items()):
        if any(f'"{k}"' in json.dumps(output) for k in gone):
            del template["Outputs"][name]


def custom_runtime(template, home):
    """Node.js is started by a bootstrap of ours, over the Lambda Runtime API."""
    # A stack without functions has no settings for them.
    if "Globals" in template:
        template["Globals"]["Function"]["Runtime"] = "provided.al2023"
    for resource in template["Resources"].values():
        if resource["Type"] != "AWS::Serverless::Function":
            continue
        code = os.path.join(home, resource["Properties"]["CodeUri"])
        resource["Properties"].pop("Runtime", None)
        resource.pop("Metadata", None)
        shutil.copy(os.path.join(HERE, "runtime.mjs"), code)
        bootstrap = os.path.join(code, "bootstrap")
        with open(bootstrap, "w", encoding="utf-8") as file:
            file.write('#!/bin/sh\nexec node "$LAMBDA_TASK_ROOT/runtime.mjs"\n')
        os.chmod(bootstrap, 0o755)


def as_json(properties, logical_id, template_file):
    home = os.path.dirname(template_file)
    with open(os.path.join(home, properties["DefinitionUri"]), encoding="utf-8") as file:
        definition = yaml.safe_load(file)
    properties["DefinitionUri"] = f"{logical_id}.asl.json"
    with open(os.path.join(home, properties["DefinitionUri"]), "w", encoding="utf-8") as file:
        file.write(TIME_OUT.sub(r'"TimeoutSeconds": ${\1}', json.dumps(definition)))


shutil.rmtree(target, ignore_errors=True)
shutil.copytree(source, target)
prepare(os.path.join(target, "template.yaml"), "", {})
json.dump(stacks, sys.stdout)
