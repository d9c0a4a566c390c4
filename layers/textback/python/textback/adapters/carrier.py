"""AWS End User Messaging: one text, one attempt, and what its errors mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from textback.errors import NotSent, OutcomeUnknown, Refused, Suspended, Throttled

# Reasons and codes: the service model of pinpoint-sms-voice-v2.
OPTED_OUT = "DESTINATION_PHONE_NUMBER_OPTED_OUT"
SUSPENDING = {
    "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT",
    "ACCOUNT_DISABLED",
    "INSUFFICIENT_ACCOUNT_REPUTATION",
    "DESTINATION_PHONE_NUMBER_NOT_VERIFIED",  # the sandbox's word
    "RESOURCE_NOT_ACTIVE",
}
THROTTLING = {"ThrottlingException", "TooManyRequestsException"}


@dataclass(frozen=True, slots=True)
class EndUserMessaging:
    """`client` must make one attempt only: SendTextMessage has no idempotency token, and a retried
    time-out texts a patient twice. An empty `origination` sends from the line's own number."""

    client: Any
    origination: str = ""
    configuration_set: str = ""
    opt_out_list: str = ""

    def send(self, line: str, phone: str, body: str, context: Mapping[str, str]) -> str:
        message = {
            "DestinationPhoneNumber": phone,
            "OriginationIdentity": self.origination or line,
            "MessageBody": body,
            "MessageType": "TRANSACTIONAL",
            "Context": dict(context),
        }
        if self.configuration_set:
            message["ConfigurationSetName"] = self.configuration_set
        try:
            answer = self.client.send_text_message(**message)
        except ClientError as error:
            raise _meaning(error) from error
        except BotoCoreError as error:
            raise OutcomeUnknown(type(error).__name__) from error
        message_id: str = answer["MessageId"]
        return message_id

    def block(self, phone: str) -> None:
        if self.opt_out_list:
            self.client.put_opted_out_number(OptOutListName=self.opt_out_list, OptedOutNumber=phone)

    def unblock(self, phone: str) -> None:
        """Once in 30 days a number can be taken off the list; a refusal is the carrier's to make,
        and the next text then fails as opted out."""
        if not self.opt_out_list:
            return
        try:
            self.client.delete_opted_out_number(
                OptOutListName=self.opt_out_list, OptedOutNumber=phone
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in {
                "ResourceNotFoundException",
                "ConflictException",
            }:
                raise


def _meaning(error: ClientError) -> NotSent:
    code = error.response["Error"]["Code"]
    reason = str(error.response.get("Reason") or code)
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in THROTTLING:
        return Throttled(code)
    if reason in SUSPENDING or code == "ServiceQuotaExceededException":
        return Suspended(reason)
    if code == "AccessDeniedException":
        return Suspended(reason)
    if status >= 500:  # noqa: PLR2004 - HTTP
        return OutcomeUnknown(code)
    return Refused(reason, opted_out=reason == OPTED_OUT)
