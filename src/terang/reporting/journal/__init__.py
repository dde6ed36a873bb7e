"""The screen "Siapa mengubah ini": the journal for those who may read it."""
