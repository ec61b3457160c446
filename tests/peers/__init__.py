"""Programs that nobody here wrote, meeting ours."""
