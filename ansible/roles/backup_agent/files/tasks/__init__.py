"""Backups and jobs of the catalogue, as timers of this host start them."""
