"""From schedules, punches, leave and outages to one explained status a day; and from minutes to bands."""
