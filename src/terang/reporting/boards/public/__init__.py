"""What everybody may see of a government: services and their time, satisfaction, complaints with both truths, open
data. Drawn without a session, at most once a minute."""
