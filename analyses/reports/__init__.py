"""Reports: one result, written as JSON, PDF and a web page that works offline."""
