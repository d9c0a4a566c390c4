"""Appointments from a file, as events for the bus: CSV as practices export it, and FHIR R4 Bundles.

    sources      the file or standard input: its encoding, its kind, its age
    delimited    CSV records with the lines they stand on
    columns      which heading says what
    rows         a CSV record as an event, or why not
    bundles      a Bundle's entries with their lines
    resources    the parts of FHIR that are read; people: whom and where they tell of
    fhir         an Appointment as an event, or why not
    moments, statuses, languages   what single cells say
    carrying     events to the bus, ten a call; reports: the rows that were refused

Nothing here is needed by a function: it is the command line's.
"""
