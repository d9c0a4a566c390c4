"""Print template.yaml as SAM makes it into CloudFormation, as JSON.

Runs in SAM's own environment, `.local/sam`, so that the translation is the stock tool's.
"""

import json
import sys
from pathlib import Path

from samcli.lib.translate.sam_template_validator import SamTemplateValidator
from samcli.yamlhelper import yaml_parse


class NoManagedPolicies:
    """The template names none of AWS's own by its short name."""

    def load(self) -> dict[str, str]:
        return {}


def translated(path: Path, region: str) -> dict[str, object]:
    template = yaml_parse(path.read_text(encoding="utf-8"))
    validator = SamTemplateValidator(template, NoManagedPolicies(), region=region)
    body: dict[str, object] = yaml_parse(validator.get_translated_template_if_valid())
    return body


if __name__ == "__main__":
    json.dump(translated(Path(sys.argv[1]), sys.argv[2]), sys.stdout)
