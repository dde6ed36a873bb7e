"""National rules, each dated and with its source. Numbers live in `data/*.toml`; the functions here are pure."""
