.DEFAULT_GOAL := help
.PHONY: help run test secrets soak coverage demo docs bench scale verify-receipt clean check

help: ## Lists the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

check:
	@sh emulator/run/check.sh

run: check ## Starts the whole bank on this machine: Azurite, the partners' sandbox, the functions app on 7071
	@node emulator/run/run.mjs

demo: check ## Plays four stories over HTTP (a bill, a newcomer, a card, a preferential rate) against a running bank, or one it starts itself
	@node emulator/run/demo.mjs

test: check ## Installs what is needed, builds, checks the format and runs every test
	@node tests/run.mjs

secrets: check ## Runs every test and looks for passwords, codes and tokens in all that the banks store and log
	@node tests/run.mjs --secrets

soak: check ## An hour of faults, kills and load (SEED=7 for one seed, SEEDS= for how many of the fault proxy's, ONLY= one of them)
	@node tests/soak.mjs

coverage: check ## Runs the tests and lists the requirements with and without a passing test
	@node tests/run.mjs --coverage

docs: check ## Writes docs/settings.md anew from the options classes
	@node emulator/run/docs.mjs

bench: check ## Prints the cost and speed table (QUICK=1 for a minute's run, JSON=file to keep it)
	@node emulator/run/bench.mjs

scale: check ## Simulates a month of a million customers and writes the tables of docs/scale.md (CUSTOMERS= or SEED= print another bank)
	@node emulator/run/scale.mjs

verify-receipt: ## Checks a signed receipt: RECEIPT=<text or file> [KEYS=<JWK set: file or address>]
	@node emulator/run/verify-receipt.mjs "$(RECEIPT)" "$(KEYS)"

clean: ## Removes everything that was built, downloaded or stored
	@rm -rf artifacts .data node_modules
	@find . -type d \( -name bin -o -name obj \) -not -path './node_modules/*' -prune -exec rm -rf {} +
