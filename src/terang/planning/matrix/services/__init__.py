"""The verbs of a matrix: begin it, its columns, its people, filling it, answering, taking parts into the plan."""

from terang.planning.matrix.services.answers import accept_proposal, decline_proposal, keep_part, withdraw_part
from terang.planning.matrix.services.cells import (
    Slice,
    Wanted,
    copy_row,
    fill_cell,
    place_result,
    say_no_role,
    split_column,
)
from terang.planning.matrix.services.columns import (
    Heading,
    add_column,
    begin_matrix,
    change_column,
    drop_column,
    sync_matrix,
)
from terang.planning.matrix.services.members import add_member, decide_member, lead_team, remove_member
from terang.planning.matrix.services.taking import dispute_cell, propose_result, retract_proposal, take_cells

__all__ = [
    "Heading",
    "Slice",
    "Wanted",
    "accept_proposal",
    "add_column",
    "add_member",
    "begin_matrix",
    "change_column",
    "copy_row",
    "decide_member",
    "decline_proposal",
    "dispute_cell",
    "drop_column",
    "fill_cell",
    "keep_part",
    "lead_team",
    "place_result",
    "propose_result",
    "remove_member",
    "retract_proposal",
    "say_no_role",
    "split_column",
    "sync_matrix",
    "take_cells",
    "withdraw_part",
]
