"""Brings a cluster of PostgreSQL to what is declared."""
