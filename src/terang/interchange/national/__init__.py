"""What the national system says, brought in and laid beside Terang; and what Terang hands over to it."""
