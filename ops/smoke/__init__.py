"""What emulators hide, tried on a real account: ``python -m ops.smoke``."""
