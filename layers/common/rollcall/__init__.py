"""Rollcall: device enrolment by CSV and Slack."""
