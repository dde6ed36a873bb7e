"""Rules of the daily work: how often an entry is asked for, until when it is in time, and what to look at again."""
