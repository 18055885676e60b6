"""Expands template.yaml and its nested templates as SAM does, and prints them as JSON by the nested stack's name."""

import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

from samcli.lib.translate.sam_template_validator import SamTemplateValidator
from samcli.yamlhelper import yaml_parse


class NoManagedPolicies:
    """Managed policies keep their names: nothing is asked of AWS."""

    def load(self):
        return {}


def expand(path):
    with open(path, encoding="utf-8") as file:
        template = yaml_parse(file.read())
    nested = {
        name: os.path.join(os.path.dirname(path), resource["Properties"]["Location"])
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Application"
    }
    # A Location has to be a URL by the time that the translator sees it: sam deploy uploads it.
    for name in nested:
        template["Resources"][name]["Properties"]["Location"] = f"https://s3.amazonaws.com/bucket/{name}"
    validator = SamTemplateValidator(template, NoManagedPolicies(), region="us-east-1")
    expanded = yaml_parse(validator.get_translated_template_if_valid())
    return expanded, nested


root, stacks = expand(sys.argv[1])
json.dump({"Root": root, **{name: expand(path)[0] for name, path in stacks.items()}}, sys.stdout)
