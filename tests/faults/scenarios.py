"""What happens to the line, as short scripts: a scenario is one entry of SCENARIOS."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from textback.domain.conversation import Urgency
from textback.domain.playbook import Playbook, ReminderStep
from textback.domain.texts import REMINDER

from tests.faults.stack import shipped_playbook
from tests.faults.steps import (
    AT_TEN,
    Scenario,
    agent,
    booked,
    bounced,
    cancelled,
    changed,
    closed,
    consented,
    later,
    no_phone,
    opted_out_at_the_carrier,
    paused,
    put_on,
    resumed,
    right_before,
    said,
    stream_down,
    texted,
    ticked,
    together,
    trouble,
    waited,
)
from tests.faults.system import MINUTE
from tests.support.samples import LINE, OTHER_PHONE, PHONE

OTHER_LINE = "+12065550111"
THIRD_PHONE = "+12065550144"

THROTTLED = "ThrottlingException"
SPENT = "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT"
# The minutes around the first reminder of the visit that is seven days ahead.
DUE = waited(until=timedelta(days=5, minutes=58), ticks=4)
DUE_NOW = waited(until=timedelta(days=5, minutes=59), ticks=1)
# ... and the time in which every sweep mends what it can. (Of each minute in it a few will do.)
REMINDED = together(DUE, waited(ticks=5, every=timedelta(minutes=6)))
MENDED = waited(ticks=2, every=timedelta(minutes=12))
BRIEFLY = together(DUE_NOW, waited(ticks=1), MENDED)
EVENING = timedelta(hours=9, minutes=50)  # ten minutes before a Sunday's texting hours end
TEXTS = frozenset({"InboundQueue"})
REQUESTS = frozenset({"RequestsQueue"})


def two_lines() -> Mapping[str, Playbook]:
    other = replace(shipped_playbook(), practice="Oak Street Clinic")
    return {LINE: shipped_playbook(), OTHER_LINE: other}


def telling_of_bookings() -> Mapping[str, Playbook]:
    return {LINE: replace(shipped_playbook(), on_booking=REMINDER)}


def asking_why_nobody_answers() -> Mapping[str, Playbook]:
    step = ReminderStep("no_answer", before=timedelta(days=2), case=Urgency.LOW)
    return {LINE: replace(shipped_playbook(), cadence=(step,))}


SCENARIOS = (
    Scenario("a visit is confirmed", (booked(), texted("C"))),
    Scenario("a visit is confirmed, no receipts", (booked(), texted("C")), receipts_arrive=False),
    Scenario(
        "a text comes twice", (booked(), together(texted("C", id_="in-a"), texted("C", id_="in-a")))
    ),
    Scenario("STOP", (booked(), texted("STOP"))),
    Scenario("STOP, no receipts", (booked(), texted("STOP")), receipts_arrive=False),
    Scenario("STOP, throttled", (booked(), trouble(THROTTLED, THROTTLED), texted("STOP"))),
    Scenario(
        "STOP and START",
        (booked(), texted("STOP"), waited(until=timedelta(days=1)), texted("START")),
        order_matters=TEXTS,
    ),
    Scenario(
        "STOP, throttled, and START",
        (booked(), trouble(THROTTLED), together(texted("STOP"), later(1), texted("START"))),
        races=True,
    ),
    Scenario("a question for a person", (booked(), texted("does my insurance cover this?"))),
    Scenario(
        "an agent settles a case",
        (
            booked(),
            texted("does my insurance cover this?"),
            together(agent("claim"), agent("reply", "Yes, it does."), agent("note", "called Bob")),
            texted("and my dental plan?"),
            agent("reply", "No, sorry."),
            together(agent("confirm"), agent("close")),
            agent("reply", "too late"),
        ),
        order_matters=TEXTS,
    ),
    Scenario("a visit moves", (booked(), changed(days=9), changed(days=8, version=3))),
    Scenario(
        "a visit goes to another phone",
        (booked(), changed(phone=OTHER_PHONE), texted("C", phone=OTHER_PHONE)),
        order_matters=REQUESTS,
    ),
    Scenario(
        "the practice cancels", (booked(), cancelled(), booked(version=1)), order_matters=REQUESTS
    ),
    Scenario("a reminder", (booked(), REMINDED, texted("C"))),
    Scenario("a reminder, no receipts", (booked(), REMINDED), receipts_arrive=False),
    Scenario("a reminder, throttled", (booked(), trouble(THROTTLED, THROTTLED), REMINDED)),
    Scenario(
        "a confirmation before a parked reminder",
        # The first text of all says how to stop: here that is neither of the two that race.
        (booked(), texted("HELP"), trouble(SPENT), together(DUE_NOW, texted("C"))),
    ),
    Scenario(
        "two patients on one phone, throttled",
        (booked("apt-1"), booked("apt-2"), trouble(THROTTLED), REMINDED),
    ),
    Scenario(
        "two phones at once",
        (
            together(booked("apt-1"), booked("apt-2", phone=OTHER_PHONE)),
            together(texted("C"), texted("will it hurt?", phone=OTHER_PHONE)),
            REMINDED,
        ),
    ),
    Scenario("a reply, throttled", (booked(), trouble(THROTTLED, THROTTLED), texted("C"))),
    Scenario(
        "a reply while the account is suspended", (booked(), trouble(SPENT, SPENT), texted("C"))
    ),
    Scenario(
        "a bare CANCEL, and silence",
        (booked(), texted("CANCEL"), waited(until=timedelta(hours=2), ticks=2)),
    ),
    Scenario(
        "a bare CANCEL, then the visit",
        (booked(), texted("CANCEL"), texted("X"), waited(until=timedelta(hours=2), ticks=2)),
        order_matters=TEXTS,
    ),
    Scenario("a number that is none", (booked(), no_phone(), texted("C"))),
    Scenario("opted out at the carrier", (booked(), opted_out_at_the_carrier(), texted("C"))),
    Scenario(
        "a reminder, opted out at the carrier",
        (booked(), opted_out_at_the_carrier(), REMINDED),
        learns_from_the_text=True,
    ),
    Scenario("a text that bounces", (booked(), bounced("TEXT_INVALID"), texted("C"))),
    Scenario("a reply after an outage", (booked(), together(stream_down(10), texted("C")))),
    Scenario("STOP after an outage", (booked(), together(stream_down(10), texted("STOP")))),
    Scenario(
        "an opt-out by an agent",
        (booked(), texted("I want to talk to a person"), agent("opt_out"), agent("close")),
    ),
    Scenario(
        "two agents at once",
        (
            together(booked("apt-1"), booked("apt-2", phone=OTHER_PHONE)),
            together(texted("will it hurt?"), texted("will it hurt?", phone=OTHER_PHONE)),
            together(agent("reply", "No."), agent("reply", "A little.", phone=OTHER_PHONE)),
        ),
    ),
    Scenario("a wrong number", (booked(), texted("wrong number"))),
    Scenario("an emergency", (booked(), texted("I have chest pain"))),
    Scenario(
        "reminders of two lines",
        (
            together(
                booked("apt-1"),
                booked("apt-2", phone=OTHER_PHONE),
                booked("apt-3", phone=THIRD_PHONE, at=AT_TEN + MINUTE),
                booked("apt-1", line=OTHER_LINE),
            ),
            BRIEFLY,
        ),
        playbooks=two_lines,
    ),
    Scenario(
        "the practice closes",
        (
            together(booked("apt-1"), booked("apt-2", phone=OTHER_PHONE), booked("apt-3", days=9)),
            later(60),  # an index follows its table a moment later
            together(closed(days=7), closed(days=9)),
            waited(ticks=2),
            MENDED,
        ),
    ),
    Scenario(
        "reminders stand still once handed over, and go on",
        (
            booked(),
            waited(until=timedelta(days=5, hours=1)),
            together(ticked(), paused()),
            waited(ticks=2),
            resumed(),
            waited(ticks=2),
            MENDED,
        ),
        order_matters=REQUESTS,
    ),
    Scenario(
        "consent ends at the desk, and comes back",
        (booked(), consented(granted=False), later(60), consented(granted=True), BRIEFLY),
        order_matters=REQUESTS,
    ),
    Scenario(
        "cancelled right before a reminder is sent",
        (
            together(booked(), booked()),  # the second lets the first by, when that one is held
            right_before("send_text_message", cancelled()),
            BRIEFLY,
        ),
        races=True,
    ),
    Scenario(
        "STOP right before a reminder is sent",
        (booked(), right_before("send_text_message", texted("STOP")), BRIEFLY),
        races=True,
    ),
    Scenario(
        "a booking is told of",
        (booked(), waited(ticks=2), MENDED),
        playbooks=telling_of_bookings,
    ),
    Scenario("nobody answers", (booked(), BRIEFLY), playbooks=asking_why_nobody_answers),
    Scenario(
        "a parked reminder waits for the hours",
        (
            booked(at=EVENING),
            trouble(SPENT),
            waited(until=timedelta(days=5, hours=9, minutes=49), ticks=1),
            waited(until=timedelta(days=5, hours=22, minutes=59), ticks=2),
            MENDED,
        ),
    ),
    Scenario(
        "requests that are refused",
        (
            together(
                put_on("RequestsQueue", "{"),
                said("openings.invented", {}),
                said("consent.changed", {"phone": PHONE, "topic": "all"}),
                booked(phone="12"),
                booked("apt-2", line=OTHER_LINE),
                booked("apt-3"),
            ),
        ),
    ),
    Scenario(
        "a first text, throttled",
        (trouble(THROTTLED), texted("does my insurance cover this?"), texted("and my teeth?")),
        order_matters=TEXTS,
    ),
)
