"""Appointments from a file, as events for the bus: CSV as practices export it, and FHIR R4 Bundles.

    sources      the file or standard input: encoding, kind, age
    delimited    CSV records with the lines they stand on     columns   which heading says what
    bundles      a Bundle's entries with their lines          resources, people, fhir   what they say
    moments, statuses, languages                              what single cells say
    rows         a CSV record → an event, or why not
    carrying     events → the bus, ten a call; what was refused → a report

Nothing here is needed by a function: it is the command line's.
"""
