"""The life of an import, and who moves it on.

dibaca ──worker──▶ pratinjau ──personnel──▶ diterapkan ──worker──▶ selesai
   └──worker──▶ ditolak          ▲                 └──worker (data changed)──┘
"""

from terang.interchange.models import ImportState

TRANSITIONS: dict[ImportState, frozenset[ImportState]] = {
    ImportState.READING: frozenset({ImportState.SHOWN, ImportState.REFUSED}),
    ImportState.SHOWN: frozenset({ImportState.APPLYING}),
    ImportState.APPLYING: frozenset({ImportState.DONE, ImportState.SHOWN}),
    ImportState.REFUSED: frozenset(),
    ImportState.DONE: frozenset(),
}

RUNNING = (ImportState.READING, ImportState.APPLYING)
