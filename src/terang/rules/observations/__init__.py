"""What a structured observation is looked at with, and what its marks add up to. Pure."""
