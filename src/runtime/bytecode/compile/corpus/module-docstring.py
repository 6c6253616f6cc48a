"""What this module is for."""

ready = True
