"""How long services take and what citizens say of them: one service, a unit's services together, and the full lists."""
