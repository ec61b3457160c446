"""Tests of speak.voice."""
