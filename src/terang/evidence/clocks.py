"""What a device's clock is worth. Pure: moments in, a judgement out."""

from datetime import datetime, timedelta

MOST_DRIFT = timedelta(minutes=15)
"""Beyond this the device's time is not believed. Within it lies what a slow line takes to bring photos."""


def drift_seconds(device_now: datetime, server_now: datetime) -> int:
    """How far the device is ahead of us (positive) or behind, as it sends; at most ten years either way."""
    limit = 10 * 365 * 86_400
    return max(-limit, min(limit, round((device_now - server_now).total_seconds())))


def is_doubtful(written_at: datetime, received_at: datetime, drift_s: int | None) -> bool:
    """Whether the time of writing is marked and not used: a clock that is off, or a time after the arrival."""
    off = drift_s is not None and abs(drift_s) > MOST_DRIFT.total_seconds()
    return off or written_at > received_at + MOST_DRIFT
