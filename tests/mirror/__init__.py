"""Tests of speak.mirror."""
