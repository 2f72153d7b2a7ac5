"""Building the year's survey: its statements, initiatives, background questions, and what stands in their way."""
