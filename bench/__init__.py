"""What Textback costs, measured: each module that `benches` names yields rows, each row a figure
beside its floor, its naive baseline and its target. `docs/performance.md` says how to read them."""
