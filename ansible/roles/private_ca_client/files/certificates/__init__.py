"""Certificates of private authorities on this host: made, renewed, checked, revoked ones known."""
