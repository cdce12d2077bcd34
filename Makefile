# Two commands: `make demo` shows the main job, `make test` runs every check. Both install what they need.
# LIVE=1 make demo    asks the real web instead of the replayed copy.
# RUNS=300 make chaos, TIME=600 make soak    say how many runs, and for how many seconds.

.PHONY: demo serve test test-chromium property bench chaos soak check fmt expand bless

demo:
	@.ci/need browser curl
	@.ci/demo

serve:
	@.ci/need browser
	@.ci/serve

test: check
	@.ci/need browser curl node
	@.ci/test

# What drives a browser, on whole Chromium, as an ordinary user with the sandbox on too. `make test` does the same where whole
# Chromium is installed; CHROMIUM=smaller make test does less of it.
test-chromium:
	@.ci/need chromium xvfb
	@.ci/chromium

# What the work costs beside the same by hand, as a table of ratios. ROWS="small form" measures some of them only.
bench:
	@.ci/need browser
	@.ci/bench $(ROWS)

# Holds the server against its own OpenAPI document.
property:
	@.ci/need browser
	@.ci/property

# Kills and stops browsers under runs; WEBTASK_CHAOS_SEED=N does the same again.
chaos:
	@.ci/need browser
	@WEBTASK_CHAOS=$${RUNS:-300} .ci/long every_run

# Looks for what grows from run to run, and prints how much memory does.
soak:
	@.ci/need browser
	@WEBTASK_SOAK=$${TIME:-600} .ci/long nothing_is_left

# What needs no browser and no run: format, lints, documentation.
check:
	@cargo fmt --all --check
	@cargo clippy --quiet --workspace --all-targets --all-features --locked -- -D warnings
	@RUSTDOCFLAGS="-D warnings" cargo doc --quiet --workspace --no-deps --all-features --locked

fmt:
	@cargo fmt --all

# Writes the golden expansions, reports and compile errors, the editor grammar, the guide's generated pages and the results
# of its examples, and the program's help anew; read the diff.
bless:
	@WEBTASK_BLESS=1 cargo test -q -p webtask-macros -p webtask-grammar
	@WEBTASK_BLESS=1 cargo test -q -p recipes-ported --test guide
	@WEBTASK_BLESS=1 cargo test -q --workspace --all-features --test ui --test program
