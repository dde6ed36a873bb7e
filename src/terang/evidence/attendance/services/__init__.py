"""What changes presence, by subject: hours, devices, PINs, files of punches, and the days derived from them."""
