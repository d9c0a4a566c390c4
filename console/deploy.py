"""Bring template.yaml into the local engine with stock SAM, when anything about it changed."""

import json
import os
import platform
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from botocore.exceptions import ClientError

from console.aws import Stack
from console.settings import CREDENTIALS, REGION, ROOT, SALT, STACK, Settings
from console.tools import Tool

_SOURCES = ("template.yaml", "samconfig.toml", "functions", "layers", "scripts", "uv.lock")
_NOT_SOURCES = {"__pycache__"}


class Deployment:
    """The build and the deployment of the stack, each done again only when it has to be."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._build = settings.local / "build"
        self._scratch = settings.local / "tmp" / "sam"
        self._built_file = settings.local / "build.hash"
        self._deployed_file = settings.data / "deployed.hash"
        self._sources = _hash_of_sources()
        self._parameters = _parameters(settings)
        self._wanted = _hash([self._sources, json.dumps(self._parameters, sort_keys=True)])

    def needs_build(self) -> bool:
        return not (self._build.exists() and _read(self._built_file) == self._sources)

    def needs_deploy(self) -> bool:
        """Say whether what stands in the engine's kept data is not what is wanted."""
        return _read(self._deployed_file) != self._wanted or not self._outputs()

    def building(self) -> Tool:
        """Start `sam build`; finish it, then say so with `built`."""
        self._built_file.parent.mkdir(parents=True, exist_ok=True)
        self._built_file.unlink(missing_ok=True)
        return self._tool(
            "build",
            [str(ROOT / "scripts" / "build.sh"), "--parameter-overrides", *self._overrides()],
        )

    def built(self) -> None:
        self._built_file.write_text(self._sources)

    def deploying(self) -> Tool:
        """Start `sam deploy`; finish it, then say so with `deployed`."""
        self._deployed_file.unlink(missing_ok=True)
        return self._tool(
            "deploy",
            [
                "sam", "deploy",
                "--template-file", str(self._build / "template.yaml"),
                "--stack-name", STACK,
                "--region", REGION,
                "--resolve-s3",
                "--capabilities", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM",
                "--no-confirm-changeset",
                "--no-fail-on-empty-changeset",
                "--no-progressbar",
                "--parameter-overrides", *self._overrides(),
            ],
        )  # fmt: skip

    def deployed(self) -> None:
        self._deployed_file.write_text(self._wanted)

    def stack(self) -> Stack:
        """Give the stack that stands in the engine now."""
        return Stack(self._settings.endpoint_url, self._outputs())

    def write_stack_file(self, stack: Stack) -> None:
        """Tell any other AWS client where the stack is, and what its template put out."""
        told = {
            "endpoint_url": self._settings.endpoint_url,
            "region": REGION,
            "console_url": self._settings.console_url,
            "outputs": dict(stack.outputs),
        }
        self._settings.stack_file.write_text(json.dumps(told, indent=2) + "\n")

    def _outputs(self) -> dict[str, str]:
        """Read the stack's outputs; empty when there is no stack that stands."""
        client = Stack(self._settings.endpoint_url, {}).client("cloudformation")
        try:
            stack = client.describe_stacks(StackName=STACK)["Stacks"][0]
        except ClientError:
            return {}
        if stack["StackStatus"] not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
            return {}
        return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}

    def _overrides(self) -> list[str]:
        return [f"{name}={value}" for name, value in self._parameters.items()]

    def _tool(self, what: str, command: list[str]) -> Tool:
        self._scratch.mkdir(parents=True, exist_ok=True)
        return Tool(
            command,
            self._environment(self._settings.tools / "sam" / "bin"),
            self._settings.local / "logs" / f"sam-{what}.log",
        )

    def _environment(self, sam: Path) -> dict[str, str]:
        """SAM finds its own Python first, as the runtime to build for; it calls nobody."""
        ours = {
            name: value for name, value in os.environ.items()
            if not name.startswith(("AWS_", "SAM_", "MAKE", "VIRTUAL_ENV", "PYTHON"))
        }  # fmt: skip
        return ours | CREDENTIALS | {
            "PATH": f"{sam}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "BUILD_DIR": str(self._build),
            "AWS_ENDPOINT_URL": self._settings.endpoint_url,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "SAM_CLI_TELEMETRY": "0",
            "SAM_CLI_POLL_DELAY": "0.5",
            "__SAM_CLI_APP_DIR": str(self._settings.local / "sam-home"),
            "TMPDIR": str(self._scratch),
        }  # fmt: skip


def _parameters(settings: Settings) -> dict[str, str]:
    return {
        "Architecture": "arm64" if platform.machine() in {"arm64", "aarch64"} else "x86_64",
        "ConversationSalt": SALT,
        "CarrierEndpointUrl": settings.carrier_url,
        "LocalClock": "true",
    }


def _hash_of_sources() -> str:
    return _hash(
        piece
        for file in sorted(_files())
        for piece in (str(file.relative_to(ROOT)), file.read_bytes())
    )


def _files() -> Iterable[Path]:
    for source in map(ROOT.joinpath, _SOURCES):
        for file in [source] if source.is_file() else source.rglob("*"):
            if file.is_file() and not _NOT_SOURCES & set(file.parts):
                yield file


def _hash(pieces: Iterable[str | bytes]) -> str:
    made = sha256()
    for piece in pieces:
        made.update(piece.encode() if isinstance(piece, str) else piece)
        made.update(b"\0")
    return made.hexdigest()


def _read(file: Path) -> str | None:
    return file.read_text() if file.exists() else None
