"""Expands template.yaml as SAM does and prints it as JSON, so that checks see what is deployed."""

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


with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml_parse(file.read())
validator = SamTemplateValidator(template, NoManagedPolicies(), region="us-east-1")
json.dump(yaml_parse(validator.get_translated_template_if_valid()), sys.stdout)
