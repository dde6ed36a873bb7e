"""Whether ratings were given with the same measure: per appraiser and per group of people, always beside evidence."""
