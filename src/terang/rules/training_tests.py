"""A short test before and after a training: read from plain text, shuffled, marked. Pure.

A question is a block of lines, blocks are parted by an empty line: the question, then each choice on a line of its own
(`- ` wrong, `* ` right), then why the right one is right (`= `).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from terang.rules.sentences import Sentence

FULL_BP = 10_000
MOST_QUESTIONS = 40
MOST_CHOICES = 6
LONGEST = 500
WRONG, RIGHT, WHY = "- ", "* ", "= "


@dataclass(frozen=True)
class Question:
    """One question; `right` is the place of its right choice, `why` is read after the last test."""

    text: str
    choices: tuple[str, ...]
    right: int
    why: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with a written test, at which line (from 1), and what to do."""

    line: int
    message: Sentence


Order = list[tuple[int, list[int]]]
"""The questions as one person meets them: each with its choices, both by their places in the written test."""


def read_questions(text: str) -> tuple[list[Question], list[Fault]]:
    """The questions of a written test, and its faults in the order of the lines. With faults the questions are of no
    use."""
    questions: list[Question] = []
    faults: list[Fault] = []
    for first, block in _blocks(text):
        found = list(_faults(first, block))
        faults += found
        if not found:
            questions.append(_question(block))
    if not questions and not faults:
        faults.append(Fault(1, Sentence("Tulis paling sedikit satu pertanyaan.")))
    if len(questions) > MOST_QUESTIONS:
        faults.append(Fault(1, Sentence("Paling banyak %(most)s pertanyaan.", {"most": MOST_QUESTIONS})))
    return questions, faults


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    for number, raw in enumerate([*text.splitlines(), ""], 1):
        if line := " ".join(raw.split()):
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _faults(first: int, block: Sequence[str]) -> Iterator[Fault]:
    choices = [line for line in block if line.startswith((WRONG, RIGHT))]
    if block[0].startswith((WRONG, RIGHT, WHY)):
        yield Fault(first, Sentence("Mulai dengan pertanyaannya, tanpa tanda di depan."))
    for number, line in enumerate(block[1:], first + 1):
        if not line.startswith((WRONG, RIGHT, WHY)):
            yield Fault(number, Sentence("Awali pilihan dengan “- ” atau “* ”, dan penjelasan dengan “= ”."))
    for number, line in enumerate(block, first):
        if len(line) > LONGEST:
            yield Fault(number, Sentence("Lebih dari %(most)s huruf; persingkat.", {"most": LONGEST}))
    if not 2 <= len(choices) <= MOST_CHOICES:
        yield Fault(first, Sentence("Tulis 2 sampai %(most)s pilihan.", {"most": MOST_CHOICES}))
    if len({line[2:].casefold() for line in choices}) < len(choices):
        yield Fault(first, Sentence("Dua pilihan sama bunyinya."))
    if sum(line.startswith(RIGHT) for line in choices) != 1:
        yield Fault(first, Sentence("Tandai tepat satu pilihan yang benar dengan “* ”."))
    if sum(line.startswith(WHY) for line in block) != 1:
        yield Fault(first, Sentence("Tambahkan satu baris “= ” yang menjelaskan jawabannya."))


def _question(block: Sequence[str]) -> Question:
    choices = [line for line in block if line.startswith((WRONG, RIGHT))]
    return Question(
        block[0],
        tuple(line[2:] for line in choices),
        next(place for place, line in enumerate(choices) if line.startswith(RIGHT)),
        next(line[2:] for line in block if line.startswith(WHY)),
    )


def written(questions: Sequence[Question]) -> str:
    """The text that `read_questions` reads as these questions."""
    return "\n\n".join(
        "\n".join(
            [
                each.text,
                *((RIGHT if place == each.right else WRONG) + choice for place, choice in enumerate(each.choices)),
                WHY + each.why,
            ]
        )
        for each in questions
    )


def shuffled(questions: Sequence[Question], seed: str) -> Order:
    """Questions and choices in an order of one's own; the same seed gives the same."""
    draw = Random(seed)  # noqa: S311 an order, not a secret
    places = list(range(len(questions)))
    draw.shuffle(places)
    return [
        (place, draw.sample(range(len(questions[place].choices)), len(questions[place].choices))) for place in places
    ]


def score_bp(questions: Sequence[Question], answers: Mapping[int, int]) -> int:
    """The share answered rightly, halves up. What is not answered is not right."""
    right = sum(answers.get(place) == each.right for place, each in enumerate(questions))
    return (2 * right * FULL_BP + len(questions)) // (2 * len(questions))
