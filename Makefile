# Every target prepares what it needs by itself; nothing else has to be typed.
ARGS ?=
BIN := .venv/bin

.PHONY: run test check fmt demo bench prove-mail prove-out messages migration cases

run:            ## the whole service with the demo world; ARGS="--port 8001" passes options on
	@exec tools/run --demo $(ARGS)

test:           ## checks and tests, with real Dovecot and Chromium; ARGS picks tests
	@exec tools/test $(ARGS)

check:          ## what CI runs besides the tests
	@exec tools/check

fmt:            ## put the code in order
	@tools/venv test
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

demo:           ## fill an empty database with the demo world
	@tools/venv run
	@exec $(BIN)/asmo demo

bench:          ## measure; see docs/proof
	@tools/venv test
	@tools/venv bench
	@exec $(BIN)/python -m bench $(ARGS)

prove-mail:     ## 5,000 letters while everything is killed; ARGS="--letters 500 --kills 12 --seed 1"; see docs/proof
	@exec tools/prove mail $(ARGS)

prove-out:      ## 5,000 notices into a mail server that breaks; ARGS as above
	@exec tools/prove out $(ARGS)

messages:       ## collect texts from the code into the catalogues
	@tools/venv test
	@exec $(BIN)/python -m asmo_support.config.messages

migration:      ## make migration ROOM=tickets NAME=add_something
	@tools/venv test
	@exec $(BIN)/asmo manage makemigrations $(ROOM) --name $(NAME)

cases:          ## which cases of the threat catalogue are covered by tests
	@tools/venv test
	@exec $(BIN)/python tools/cases.py
