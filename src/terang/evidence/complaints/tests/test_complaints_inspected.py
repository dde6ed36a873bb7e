"""What overseers on the spot are told of complaints: how many are open, guarded ones never."""

from terang.evidence.complaints.inspection_criteria import criteria
from terang.evidence.complaints.models import ComplaintClass


def test_open_ones_are_counted_and_guarded_ones_never(house, today):
    unit = house.units["service"]
    assert criteria(unit, today) == []
    house.routed()
    hidden = house.routed()
    hidden.is_secret = True
    hidden.save()
    accused = house.routed()
    accused.complaint_class = ComplaintClass.MISCONDUCT
    accused.save()
    [found] = criteria(unit, today)
    assert (found.text, found.hint) == ("Pengaduan yang terbuka ditangani", "1 pengaduan terbuka")
