"""Personal data in log lines: found in linear time, precisely, and masked in its shape."""
