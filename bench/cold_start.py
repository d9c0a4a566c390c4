"""What a fresh process costs before its first text: the lexicons, and the function that hears."""

from collections.abc import Iterator

from bench.rounds import fresh
from bench.row import Row

ROUNDS = 9

BARE = "pass"
PARSER = "import dataclasses, enum, re, unicodedata"
KEEP = "from textback.languages.keeping import keep; keep()"  # as scripts/build.sh does
LEXICONS = "from textback.languages import lexicons; lexicons()['en']"
EVERY_LEXICON = "from textback.languages import lexicons; dict(lexicons())"

# What no function can do without: a client of each service that `inbound` speaks to, what checks
# its messages, and what normalises phone numbers.
PACKAGES = """
import botocore.session, phonenumbers, pydantic
session = botocore.session.Session()
for service in ("dynamodb", "sqs"):
    session.create_client(service)
phonenumbers.parse("206-555-0123", "US")
"""
INBOUND = """
from functions.inbound import app
from textback.languages import lexicons
app.wiring().turns, app.wiring().dead_letters, app.phone("206-555-0123", "US", "n")
lexicons()["en"]
"""
# As tutorials have it: resources, and every utility of Powertools that may once be of use.
NAIVE = """
import boto3, phonenumbers, pydantic
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities import batch, data_classes, idempotency, parser
for service in ("dynamodb", "sqs"):
    boto3.resource(service)
phonenumbers.parse("206-555-0123", "US")
"""
ENVIRONMENT = {
    "AWS_LAMBDA_FUNCTION_NAME": "inbound",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_EC2_METADATA_DISABLED": "true",
    "TEXTBACK_TABLE": "table",
    "TEXTBACK_SALT": "salt",
    "TEXTBACK_DEAD_LETTERS": "https://sqs.us-east-1.amazonaws.com/111122223333/letters",
}


def rows() -> Iterator[Row]:
    fresh([KEEP], 1)
    bare, parser, lexicons, every = fresh([BARE, PARSER, LEXICONS, EVERY_LEXICON], ROUNDS)
    yield Row(
        "lexicons, cold",
        value=(lexicons - bare) * 1000,
        unit="CPU ms",
        target=40,
        floor=(parser - bare) * 1000,
    )
    yield Row(
        "every lexicon, cold",
        value=(every - bare) * 1000,
        unit="CPU ms",
        target=60,
        floor=(parser - bare) * 1000,
    )
    bare, packages, inbound, naive = fresh([BARE, PACKAGES, INBOUND, NAIVE], ROUNDS, ENVIRONMENT)
    yield Row(
        "inbound, cold, over its packages",
        value=(inbound - bare) / (packages - bare),
        unit="x",
        target=1.3,
        floor=1,
        naive=(naive - bare) / (packages - bare),
    )
