"""What schemathesis cannot know of the server."""

import uuid

import schemathesis


@schemathesis.hook
def map_case(context, case):
    """Gives each call a key of its own: with a key that was used for another call it is refused, whatever its input."""
    if case.headers and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    return case
