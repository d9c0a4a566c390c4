"""Phone numbers: any usual spelling in, E.164 out."""

import phonenumbers

SHORTEST_PHONE = 7  # digits; fewer is a short code (US ones have five or six), not a person's phone


class NotAPhone(ValueError):
    """No text can be sent to this. The message never holds the number: messages get logged."""


def e164(text: str, region: str = "US") -> str:
    """Write a phone as E.164 ("+12065550123"); without a country code it is one of `region`.

    A number in full is taken at its word if its length is possible, since carriers open area codes
    faster than any table learns of them. One without its country must be valid in `region`'s plan:
    there a digit too few or too many would become a stranger's phone.
    """
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        raise NotAPhone(
            "not a phone number: give it in full, with + and its country code"
        ) from None
    if number.extension:
        raise NotAPhone("an extension cannot be texted: give a direct number")
    if len(str(number.national_number)) < SHORTEST_PHONE:
        raise NotAPhone("a short code, or digits are missing: give a phone in full")
    full = text.strip().startswith(("+", "＋", "tel:+"))
    if not (_is_possible if full else phonenumbers.is_valid_number)(number):
        raise NotAPhone("no such number in its country's plan: check its digits and country code")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_possible(number: phonenumbers.PhoneNumber) -> bool:
    """By its length, and not only where an area code can be left out: no text is sent there."""
    how = phonenumbers.is_possible_number_with_reason(number)
    return bool(how == phonenumbers.ValidationResult.IS_POSSIBLE)


def region_of(phone: str) -> str:
    """The country of an E.164 phone as its two letters, "" if it belongs to none or is no phone."""
    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.region_code_for_number(number) or ""
