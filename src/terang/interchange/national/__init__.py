"""What the national system says, brought in and laid beside Terang."""
