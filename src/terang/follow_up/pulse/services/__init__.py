"""The verbs of the pulse: begin and end the survey, open a wave, answer, release."""

from terang.follow_up.pulse.services.answering import answer
from terang.follow_up.pulse.services.opening import open_wave
from terang.follow_up.pulse.services.releasing import release
from terang.follow_up.pulse.services.running import begin, end

__all__ = ["answer", "begin", "end", "open_wave", "release"]
