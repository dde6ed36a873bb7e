"""The states of an action that repairs a weak element, and what may follow."""

from terang.evidence.citizens.models.survey_periods import ActionState

ACTION_MOVES: dict[ActionState, tuple[ActionState, ...]] = {
    ActionState.PLANNED: (ActionState.RUNNING, ActionState.DONE, ActionState.DROPPED),
    ActionState.RUNNING: (ActionState.RUNNING, ActionState.DONE, ActionState.DROPPED),
    ActionState.DONE: (),
    ActionState.DROPPED: (),
}
"""Owner and service manager take an action there; what is done or dropped stays so, and a new action is planned."""
