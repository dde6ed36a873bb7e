"""Live updates: tells open pages, over server-sent events, that something they show has changed."""
