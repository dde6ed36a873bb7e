"""`terang ikm FILE.csv`: the citizen satisfaction index of a survey file."""

import argparse
from pathlib import Path

from terang.cli.output import answer, json_option, one_of
from terang.cli.survey_file import read_survey
from terang.rules.regulations.rounding import half_up
from terang.rules.regulations.satisfaction import (
    ELEMENT_LABELS,
    ORDERS,
    WEIGHTS,
    Satisfaction,
    satisfaction_from_answers,
    satisfaction_from_means,
)

NAME = "ikm"
HELP = "Indeks Kepuasan Masyarakat dari berkas survei CSV"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE.csv", help="baris responden, atau satu baris sembilan rata-rata"
    )
    parser.add_argument(
        "--order",
        type=one_of(*ORDERS),
        default="regulation",
        help="arti u8 dan u9: regulation (baku) atau questionnaire",
    )
    parser.add_argument(
        "--weights", type=one_of(*WEIGHTS), default="exact", help="bobot unsur: exact (baku), 0.111, atau 0.11"
    )
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    survey = read_survey(args.file.read_bytes(), args.order)
    if survey.means:
        result = satisfaction_from_means(survey.means, args.weights, survey.respondents)
    else:
        result = satisfaction_from_answers(survey.answers, args.weights)
    payload = {
        "respondents": result.respondents,
        "elements": {code.upper(): str(half_up(mean, 3)) for code, mean in result.elements.items()},
        "ikm": str(result.value),
        "grade": result.grade,
        "blanks": result.blanks,
    }
    answer(args, payload, _text(result))
    return 0


def _text(result: Satisfaction) -> str:
    people = "tidak disebutkan" if result.respondents is None else str(result.respondents)
    lines = [f"IKM {result.value} ({result.grade})", f"Responden: {people}; jawaban kosong: {result.blanks}"]
    lines += [f"  {ELEMENT_LABELS[code]:<42} {half_up(mean, 3)}" for code, mean in result.elements.items()]
    lines.append(f"Bobot: {result.weights}; aturan: {result.rule_set}")
    return "\n".join(lines)
