"""What a result says in plain sentences."""

from django.utils.translation import gettext

from terang.evaluation.appraisals.models import Appraisal, Predicate, Rating
from terang.rules.regulations.source import rule_set


def told_why(appraisal: Appraisal) -> str:
    """How the predicate came about, in the order of the regulation."""
    counts = appraisal.counting
    told = {
        "work": Rating(counts.work_result).label.lower() if counts.work_result else "–",
        "behaviour": Rating(counts.behaviour).label.lower() if counts.behaviour else "–",
        "predicate": Predicate(counts.predicate).label if counts.predicate else "–",
    }
    if appraisal.unfinished_study and counts is appraisal:
        return gettext("Tugas belajar tidak selesai; penilai menetapkan %(predicate)s.") % told
    text = gettext("Hasil kerja %(work)s dan perilaku kerja %(behaviour)s: menurut kuadran, predikatnya %(predicate)s.")
    return text % told


def final_words(appraisal: Appraisal) -> str:
    """Why no objection is open, with its article; empty where it is."""
    if not appraisal.final_code:
        return ""
    codes = {each["code"]: each for each in rule_set("clocks", appraisal.window.closes_on).values["final_results"]}
    found = codes[appraisal.final_code]
    text = gettext("Hasil ini final: %(why)s (%(article)s).")
    return text % {"why": found["label"], "article": found["article"]}


def short_label(predicate: str) -> str:
    """The predicate in a narrow place, without what stands in brackets."""
    return str(Predicate(predicate).label).split(" (")[0]
