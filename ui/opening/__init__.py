"""What a person meets before the station is open: set-up, unlocking, the recovery code."""
