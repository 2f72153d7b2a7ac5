# A newcomer needs `make demo` and `make test`.
PYTHON ?= python3
PORT ?= 8000
export PORT
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
# The tests' databases live in memory where there is room for them: ten times faster, and nothing wears out
TEST_FOLDER := $(shell df -k --output=avail /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 4000000 { print "/dev/shm" }')
# A client that never reads its answer would keep a worker from ending: after eight seconds it is ended
SERVE := $(BIN)/granian --interface wsgi --host 0.0.0.0 --port $(PORT) --workers 2 --blocking-threads 10 \
  --workers-kill-timeout 8 --no-ws wsgi:app

.PHONY: help demo run test check bench fonts translations prepare

help: ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

demo: prepare ## the worked example, on this machine's address and PORT
	@$(FLASK) demo
	@exec $(SERVE)

run: prepare ## an empty installation: the first visit creates the first organisation
	@$(FLASK) db upgrade
	@$(FLASK) purge
	@$(FLASK) first-visit
	@exec $(SERVE)

test: .venv/.tests translations ## everything, installs what is missing or says how
	@tests/system_packages
	@TMPDIR=$(or $(TEST_FOLDER),/tmp) $(BIN)/pytest

check: .venv/.tests translations ## ruff, mypy, templates and translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest tests/contracts/test_templates.py tests/contracts/test_translations.py

bench: .venv/.tests translations ## speed and size, as ratios measured in one run
	@tests/system_packages
	@for part in bench/*.py; do name=$$(basename $$part .py); \
	  case $$name in __init__) ;; *) $(BIN)/python -m bench.$$name || exit 1 ;; esac; done

fonts: .venv/.runs ## the fonts that posters are set in, unless the machine has them
	@test -f /usr/share/fonts/truetype/noto/NotoSans-Regular.ttf || sh surveyapp/typesetting/fetch_fonts.sh

translations: .venv/.runs ## build the interface's catalogs
	@$(BIN)/python -m surveyapp.catalogs build

prepare: .venv/.runs translations instance/secret_key
	@$(MAKE) --no-print-directory fonts || echo "Posters can't be made until fonts-noto-core is installed."

instance/secret_key:
	@mkdir -p instance
	@umask 077; $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(48))" > $@

.venv/.runs: requirements.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed.")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what runs …"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.tests: .venv/.runs requirements-dev.txt
	@echo "Installing what tests and checks …"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
