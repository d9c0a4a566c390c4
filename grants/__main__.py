"""`make grants`: hold what a local run's functions did against what the template lets them do."""

import json
import sys

from console.settings import STACK, Settings
from grants.recorded import calls
from grants.report import Report
from grants.template import Deployed


def main() -> int:
    """Print the report; the exit status is 1 when a call is denied, or nothing runs."""
    file = Settings.read().stack_file
    if not file.exists():
        print("Nothing runs here: start `make run`, use it, then ask again.", file=sys.stderr)
        return 1
    deployed = Deployed.on_aws()
    report = Report.of(calls(json.loads(file.read_text()), STACK, deployed), deployed)
    print("\n".join(report.lines()))
    return 1 if report.denied else 0


if __name__ == "__main__":
    sys.exit(main())
