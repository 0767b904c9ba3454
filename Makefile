# pdh. `make` builds, `make try` shows it at work, `make check` runs every test, `make help` lists the rest.
#
# Everything made lies under build/<mode>/, so objects of different flags never mix:
#   MODE=release (the default), debug, check (release, warnings are errors, replies are checked), coverage;
#   SAN=address,undefined builds in build/san-address-undefined/.
# Nothing asks pkg-config before a recipe needs it, so that `make deps` works on a bare machine.

.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules

comma  := ,
MODE   := $(if $(SAN),san-$(subst $(comma),-,$(SAN)),release)
B      := build/$(MODE)
GEN    := build/gen
prefix ?= /usr/local
CC     := $(if $(filter default,$(origin CC)),gcc,$(CC))
AR     := $(if $(filter default,$(origin AR)),$(if $(filter clang%,$(CC)),ar,gcc-ar),$(AR))
V      ?=
Q      := $(if $(V),,@)
say     = $(if $(V),,@printf '  %-7s %s\n' $(1) $@)
once    = $(eval $(1) := $(shell $(2)))$($(1))

# ---- flags --------------------------------------------------------------------------------------------

PKGS  = libuv sqlite3 jansson libfyaml libsystemd libutf8proc libical libzip expat zlib libsodium \
	$(shell pkg-config --exists msgpack-c && echo msgpack-c || echo msgpack)
PKG_CFLAGS = $(call once,PKG_CFLAGS,pkg-config --cflags $(PKGS))
PKG_LIBS   = $(call once,PKG_LIBS,pkg-config --libs $(PKGS))

WARN  := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 \
	-Wcast-align -Wundef -Wwrite-strings -Wno-overlength-strings \
	$(if $(filter clang%,$(CC)),,-Wlogical-op)
OPT_release  := -O2 -g
OPT_check    := -O2 -g -DPDH_CHECKED
OPT_debug    := -Og -g3 -DPDH_CHECKED
OPT_fuzz     := -O1 -g -DPDH_CHECKED -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
OPT_coverage := -O0 -g --coverage -DPDH_CHECKED
OPT_san      := -O1 -g -DPDH_CHECKED -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer
OPT    := $(if $(SAN),$(OPT_san),$(OPT_$(MODE)))
ifeq ($(OPT),)
$(error MODE=$(MODE) is none of release, check, debug, coverage, fuzz)
endif
WERROR ?= $(filter check,$(MODE))
HARDEN := -fPIE -fstack-protector-strong -fstack-clash-protection \
	$(if $(filter release check,$(MODE)),-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
PREFIX_MAP := $(if $(filter coverage,$(MODE)),,-ffile-prefix-map=$(CURDIR)=.)

ALL_CFLAGS = -std=gnu17 -D_GNU_SOURCE -DSQLITE_ENABLE_SESSION -DSQLITE_ENABLE_PREUPDATE_HOOK -I. -I$(GEN) \
	$(WARN) $(if $(WERROR),-Werror) $(OPT) $(HARDEN) $(PREFIX_MAP) $(PKG_CFLAGS) $(CPPFLAGS) $(CFLAGS)
# Each unit test is a program that has all of pdh: most of the time that building them takes is the linker's, of which mold
# needs a tenth.
LINKER := $(if $(filter check san-%,$(MODE)),$(if $(wildcard /usr/bin/mold),-fuse-ld=mold))

ALL_LDFLAGS = -pie $(LINKER) -Wl,--as-needed -Wl,-z,relro,-z,now $(subst fuzzer-no-link,fuzzer,$(filter -fsanitize% --coverage,$(OPT))) $(LDFLAGS)

# ---- what there is ------------------------------------------------------------------------------------

objects = $(patsubst %.c,$(B)/obj/%.o,$(filter-out %/main.c,$(sort $(wildcard $(1)))))
COMMON  := $(call objects,common/*.c)
DAEMON  := $(call objects,daemon/*.c daemon/*/*.c daemon/*/*/*.c)
READ    := $(call objects,client/read/*.c)
PDF     := $(call objects,client/pdf/*.c)
PACKET  := $(call objects,client/packet/*.c)
CLIENT  := $(filter-out $(READ) $(PDF) $(PACKET),$(call objects,client/*.c client/*/*.c))
# faults.c stands before the system's calls, which is for the tests of faults alone.
SUPPORT := $(filter-out %/faults.o,$(call objects,tests/support/*.c))
UNIT    := $(patsubst tests/unit/%.c,$(B)/tests/%,$(sort $(wildcard $(foreach t,$(or $(T),*),tests/unit/test_$t.c))))
FUNC    := $(sort $(wildcard $(foreach t,$(or $(T),*),tests/func/$t.sh)))
FUZZ    := $(patsubst tests/fuzz/%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
BENCH   := $(patsubst tests/bench/%.c,$(B)/bench/%,$(sort $(wildcard tests/bench/*.c)))
PROGRAMS := $(B)/bin/pdh $(B)/bin/pdhd $(B)/bin/pdh-read $(B)/bin/pdh-pdf $(B)/bin/pdh-packet
GENERATED := $(GEN)/queries.def $(GEN)/views_sql.def $(GEN)/migrations.def
PACKS   := $(B)/share/pdh/packs
LAYOUTS := $(B)/share/pdh/layouts
SOURCES := $(sort $(wildcard common/*.c $(foreach d,* */* */*/*,daemon/$d.c) $(foreach d,* */*,client/$d.c) tests/*/*.c))
HEADERS := $(sort $(wildcard common/*.h $(foreach d,* */* */*/*,daemon/$d.h) $(foreach d,* */*,client/$d.h) tests/*/*.h))

.PHONY: all
all: $(PROGRAMS) $(PACKS)/.copied $(LAYOUTS)/.copied

# ---- building -----------------------------------------------------------------------------------------

$(GEN)/queries.def: schema/embed.awk $(wildcard schema/queries.sql)
	$(call say,AWK)
	$(Q)mkdir -p $(@D) && awk -f schema/embed.awk schema/queries.sql > $@

$(GEN)/views_sql.def: schema/embed.awk $(wildcard schema/views.sql)
	$(call say,AWK)
	$(Q)mkdir -p $(@D) && awk -f schema/embed.awk schema/views.sql > $@

$(GEN)/migrations.def: schema/embed.awk $(sort $(wildcard schema/0*.sql))
	$(call say,AWK)
	$(Q)mkdir -p $(@D) && awk -f schema/embed.awk $(filter %.sql,$^) > $@

# Written anew only when the flags differ, so that a change of flags rebuilds and nothing else does.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@pkg-config --exists $(PKGS) pangocairo || { sh tests/support/deps.sh --hint build >&2; exit 1; }
	@echo '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' > $@
.PHONY: FORCE
FORCE:

$(B)/obj/%.o: %.c $(B)/flags
	$(call say,CC)
	$(Q)mkdir -p $(@D) && $(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

$(filter-out $(COMMON) $(CLIENT) $(READ) $(B)/obj/tests/bench/%,$(SOURCES:%.c=$(B)/obj/%.o)): | $(GENERATED)

$(B)/libcommon.a: $(COMMON)
$(B)/libdaemon.a: $(DAEMON)
$(B)/libclient.a: $(CLIENT)
$(B)/libread.a: $(READ)
$(B)/libsupport.a: $(SUPPORT)
$(B)/lib%.a: $(B)/flags
	$(call say,AR)
	$(Q)rm -f $@ && $(AR) qcsD $@ $(filter %.o,$^)

link = $(call say,LINK)$(newline)	$(Q)mkdir -p $(@D) && $(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) \
	-Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS) -lm
define newline


endef

$(B)/bin/pdhd: $(B)/obj/daemon/main.o $(B)/libdaemon.a $(B)/libcommon.a
	$(link)
# The client starts anew with each command, and loading three small libraries is a fifth of that; so they
# are linked in, where they come as archives. SHARED=1 keeps them shared.
ARCHIVES = $(foreach l,$(call once,MSGPACK_LIB,pkg-config --libs-only-l $(filter msgpack%,$(PKGS))) -ljansson -lutf8proc,$(or \
	$(filter /%,$(if $(SHARED),,$(shell $(CC) -print-file-name=$(l:-l%=lib%.a)))),$l))
$(B)/bin/pdh: PKG_LIBS = $(ARCHIVES)
$(B)/bin/pdh: $(B)/obj/client/main.o $(B)/libclient.a $(B)/libcommon.a
	$(link)

# What reads files of others, in a process of its own.
$(B)/bin/pdh-read: $(B)/obj/client/read/main.o $(B)/libread.a $(B)/libcommon.a
	$(link)

# What makes PDF. Its libraries are many, and of no use to the others.
PDF_CFLAGS = $(call once,PDF_CFLAGS_,pkg-config --cflags pangocairo)
$(PDF) $(B)/obj/client/pdf/main.o: PKG_CFLAGS += $(PDF_CFLAGS)
$(B)/tidy/client/pdf/%.ok: PKG_CFLAGS += $(PDF_CFLAGS)
$(B)/bin/pdh-pdf: PKG_LIBS = $(call once,PDF_LIBS,pkg-config --libs pangocairo jansson)
$(B)/bin/pdh-pdf: $(B)/obj/client/pdf/main.o $(PDF)
	$(link)

$(B)/bin/pdh-packet: $(B)/obj/client/packet/main.o $(PACKET) $(B)/libcommon.a
	$(link)

# Packs lie beside the programs as they will when installed: <bindir>/../share/pdh/packs.
$(PACKS)/.copied: schema/packs $(wildcard schema/packs/*)
	$(Q)rm -rf $(@D) && mkdir -p $(@D) && cp -R schema/packs/. $(@D)/ && touch $@
$(LAYOUTS)/.copied: schema/layouts $(wildcard schema/layouts/*)
	$(Q)rm -rf $(@D) && mkdir -p $(@D) && cp -R schema/layouts/. $(@D)/ && touch $@

# A test of common/x.c links common alone, any other all there is.
libs_of = $(addprefix $(B)/lib,$(addsuffix .a,support $(if $(wildcard common/$(1).c),,client read daemon) common))
.SECONDEXPANSION:
FAULTS := $(patsubst tests/unit/%.c,$(B)/tests/%,$(sort $(wildcard tests/unit/test_faults*.c)))
$(FAULTS): $(B)/obj/tests/support/faults.o
$(B)/tests/test_%: $(B)/obj/tests/unit/test_%.o $$(call libs_of,$$*)
	$(link) -lcmocka
$(B)/fuzz/fuzz_%: $(B)/obj/tests/fuzz/fuzz_%.o $(if $(filter fuzz,$(MODE)),,$(B)/obj/tests/fuzz/driver.o) \
		$(B)/libclient.a $(B)/libread.a $(B)/libdaemon.a $(B)/libcommon.a
	$(link)
$(B)/docs/%: $(B)/obj/tests/docs/%.o $(B)/obj/tests/docs/amounts.o $(B)/obj/tests/docs/paths.o $(B)/libdaemon.a $(B)/libcommon.a
	$(link)
$(B)/bench/judge: $(B)/obj/tests/bench/judge.o $(B)/libdaemon.a $(B)/libcommon.a
	$(link)
$(B)/bench/%: $(B)/obj/tests/bench/%.o
	$(link)

-include $(wildcard $(foreach d,*/* */*/* */*/*/*,$(B)/obj/$d.d))

# ---- tests --------------------------------------------------------------------------------------------

LOGS := $(B)/logs
asan_small := quarantine_size_mb=2:thread_local_quarantine_size_kb=32:malloc_context_size=12
run   = PDH_BIN=$(CURDIR)/$(B)/bin PDH_MODE=$(MODE) $(run_san) tests/support/run.sh $(LOGS)
# A small quarantine: what is freed is watched for the next 2 MiB that are freed, at half the time of the whole run.
run_san = $(if $(SAN),ASAN_OPTIONS=log_path=$(CURDIR)/$(LOGS)/report-@name@:detect_leaks=1:detect_stack_use_after_return=1:$(asan_small) \
	UBSAN_OPTIONS=log_path=$(CURDIR)/$(LOGS)/report-@name@:print_stacktrace=1)

.PHONY: check unit unit-bare func san san-part san-func fuzz-replay coverage fuzz torture mutants golden bench
check: deps-test
	+@MAKE='$(MAKE)' tests/support/check.sh

unit: $(UNIT)
	@rm -f $(LOGS)/report-*
	@$(run) $(UNIT)

# Those that measure memory, or are in the cage of pdh-read, which is another under sanitizers; `check` runs the others once,
# under sanitizers.
unit-bare:
	+@$(MAKE) T='$(patsubst tests/unit/test_%.c,%,$(shell grep -l __SANITIZE_ADDRESS__ tests/unit/*.c))' unit

# They wait about as long as they work, so one more than there are processors.
func: all
	@rm -f $(LOGS)/report-*
	@PDH_JOBS=$${PDH_JOBS:-$$(($$(nproc) * 2))} $(run) $(FUNC)

san:
	+@$(MAKE) SAN=$(or $(SAN),address$(comma)undefined) unit
	+@$(MAKE) SAN=$(or $(SAN),address$(comma)undefined) fuzz-replay
	+@$(MAKE) SAN=$(or $(SAN),address$(comma)undefined) func

san-part:
	+@$(MAKE) unit
	+@$(MAKE) fuzz-replay

# Of the functional tests those whose input is hostile or odd, and one story through every part; `san` has all of them.
san-func:
	+@$(MAKE) func T='explain first-minute hostile import limits read read-hostile remind stock-client story'

REPLAY := $(addprefix replay-,$(FUZZ))
.PHONY: $(REPLAY)
fuzz-replay: $(REPLAY)
$(REPLAY): replay-fuzz_%: $(B)/fuzz/fuzz_%
	@printf '  fuzz_%s: ' $*; $< tests/fuzz/corpus/$*

# Every harness for SECONDS under clang's fuzzer; what it learns stays in build/fuzz/corpus.
SECONDS ?= 60
fuzz:
	@sh tests/support/deps.sh fuzz
	+@$(MAKE) MODE=fuzz CC=clang $(FUZZ:%=build/fuzz/fuzz/%)
	@for f in $(FUZZ:fuzz_%=%); do echo "== $$f"; mkdir -p build/fuzz/corpus/$$f; \
		build/fuzz/fuzz/fuzz_$$f -max_total_time=$(SECONDS) -timeout=10 -rss_limit_mb=1024 -verbosity=0 \
		-print_final_stats=1 -artifact_prefix=build/fuzz/$$f- build/fuzz/corpus/$$f tests/fuzz/corpus/$$f || exit 1; done

coverage:
	@sh tests/support/deps.sh coverage
	@find build/coverage -name '*.gcda' -delete 2>/dev/null || true
	+@$(MAKE) -s MODE=coverage unit func
	@$(gcovr) --filter common/ --filter daemon/ --fail-under-line 90 --html-details build/coverage/index.html \
		--txt - --print-summary
	@echo 'daemon/rules:'
	@$(gcovr) --filter daemon/rules/ --fail-under-line 95 --print-summary --output /dev/null
gcovr = gcovr -r . --object-directory build/coverage/obj --exclude-throw-branches

# Random calls for a while, of another series each time, each call of the system that fails once, then batches of many; SAN=
# for sanitizers, PDH_SEED= to see a series again.
CALLS ?= 300000
torture: $(B)/tests/test_model $(B)/tests/test_load $(FAULTS) all
	@rm -f $(LOGS)/report-*
	@PDH_SEED=$${PDH_SEED:-$$(date +%s)} PDH_CALLS=$(CALLS) PDH_TEST_SECONDS=14400 \
		$(run) $(B)/tests/test_model $(B)/tests/test_load
	@PDH_FAULTS=all PDH_TEST_SECONDS=14400 $(run) $(FAULTS)
	@PDH_TEST_SECONDS=14400 $(run) $(sort $(wildcard tests/torture/*.sh))

# Small mistakes, one after the other, each of which a test has to find: for the night. W=daemon/rules tries those that have
# this in their line.
mutants:
	@MAKE='$(MAKE)' PKG_LIBS='$(PKG_LIBS)' tests/support/mutants.sh tests/mutants.txt $(CURDIR)/build/mutants $(W)

# The screens that the unit tests compare, as they are now.
golden: $(B)/tests/test_show $(B)/tests/test_show_comparison $(B)/tests/test_show_path $(B)/tests/test_reports
	@PDH_GOLDEN=1 $(run) $^
	+@PDH_GOLDEN=1 $(MAKE) T=narrow func

bench: $(BENCH)
	+@$(MAKE) -s MODE=release all
	@PDH_BIN=$(CURDIR)/build/release/bin sh tests/bench/bench.sh $(CURDIR)/$(B)/bench $(ENTRIES)
	@PDH_BIN=$(CURDIR)/build/release/bin sh tests/bench/growth.sh $(CURDIR)/$(B)/bench
	@PDH_BIN=$(CURDIR)/build/release/bin sh tests/bench/records.sh $(CURDIR)/$(B)/bench
	@PDH_BIN=$(CURDIR)/build/release/bin sh tests/bench/ways.sh $(CURDIR)/$(B)/bench

# ---- gates without running anything of ours -----------------------------------------------------------

.PHONY: format check-format check-layers check-sql check-client check-docs check-packs check-facts check-install tidy compdb
format:
	@clang-format -i $(SOURCES) $(HEADERS)

check-format:
	@printf '%s\n' $(SOURCES) $(HEADERS) | xargs -P2 -n40 clang-format --dry-run -Werror || { echo 'run make format' >&2; exit 1; }

check-layers:
	@sh tests/check-layers.sh

check-sql:
	@! grep -nE 'sqlite3_(exec|mprintf|vmprintf|str_)' $(filter-out daemon/store/db.c daemon/store/migrate.c,\
		$(filter common/% daemon/% client/%,$(SOURCES) $(HEADERS))) || { echo 'SQL belongs in schema/queries.sql' >&2; exit 1; }

check-client: $(B)/bin/pdh
	@! readelf -d $< | grep -E 'NEEDED.*(libuv|libsqlite3)'

check-docs: $(B)/bin/pdh $(B)/docs/packs $(B)/docs/states
	@sh tests/check-names.sh
	@$(call fresh,$(B)/bin/pdh help --man,docs/pdh.1) && \
		$(call fresh,$(B)/bin/pdh help --markdown,docs/methods.md) && \
		$(call fresh,$(B)/docs/packs schema/packs,docs/packs.md) && \
		$(call fresh,$(B)/docs/states schema/packs,docs/states.md) && \
		$(call fresh,$(B)/docs/states --map schema/packs,docs/states.svg)
	@mandoc -T lint -W warning $(MANUALS)
fresh = $(1) | cmp -s - $(2) || { echo '$(2) is stale: run make docs' >&2; exit 1; }

check-packs:
	@$(call fresh,$(digests),tests/packs.txt)
digests = tests/support/pack-digests.sh schema/packs tests/packs.txt

# Packs beside the figures that were read of each place, and differences that were looked at.
check-facts:
	@/usr/bin/python3 tests/support/check-facts.py tests/facts.txt tests/facts-accepted.txt

check-install: all
	@MAKE='$(MAKE)' MODE=$(MODE) sh tests/support/check-install.sh $(CURDIR)/$(B)/scratch

tidy: $(patsubst %.c,$(B)/tidy/%.ok,$(filter-out tests/unit/%,$(SOURCES)))
$(B)/tidy/%.ok: %.c .clang-tidy $(HEADERS) $(wildcard common/*.def) $(B)/flags | $(GENERATED)
	$(call say,TIDY)
	$(Q)mkdir -p $(@D) && clang-tidy --quiet $< -- $(filter-out -Wlogical-op -O% -D_FORTIFY_SOURCE%,$(ALL_CFLAGS)) -O0 2>$@.log \
		|| { cat $@.log >&2; exit 1; }
	$(Q)touch $@

compdb: $(GENERATED)
	$(file >compile_commands.json,[)
	$(foreach s,$(SOURCES),$(file >>compile_commands.json,{"directory": "$(CURDIR)"$(comma) "file": "$s"$(comma) \
		"command": "$(CC) $(ALL_CFLAGS) -c $s"}$(if $(filter $s,$(lastword $(SOURCES))),,$(comma))))
	$(file >>compile_commands.json,])
	@echo compile_commands.json

# ---- documents, installing ----------------------------------------------------------------------------

MANUALS := $(sort $(wildcard docs/*.[1578]))
bindir  ?= $(prefix)/bin
datadir ?= $(prefix)/share
mandir  ?= $(datadir)/man
unitdir ?= $(prefix)/lib/systemd/user
libexecdir ?= $(prefix)/libexec
zshdir  ?= $(datadir)/zsh/site-functions
COMPLETIONS := $(B)/completions/bash $(B)/completions/zsh $(B)/completions/fish
# mode:file:place
INSTALLED = 755:$(B)/bin/pdh:$(bindir)/pdh 755:$(B)/bin/pdhd:$(bindir)/pdhd \
	755:$(B)/bin/pdh-read:$(libexecdir)/pdh/pdh-read \
	755:$(B)/bin/pdh-pdf:$(libexecdir)/pdh/pdh-pdf \
	755:$(B)/bin/pdh-packet:$(libexecdir)/pdh/pdh-packet \
	$(foreach m,$(MANUALS),644:$m:$(mandir)/man$(patsubst .%,%,$(suffix $m))/$(notdir $m)) \
	644:$(B)/completions/bash:$(datadir)/bash-completion/completions/pdh \
	644:$(B)/completions/zsh:$(zshdir)/_pdh \
	644:$(B)/completions/fish:$(datadir)/fish/vendor_completions.d/pdh.fish \
	644:systemd/pdhd.socket:$(unitdir)/pdhd.socket 644:$(B)/pdhd.service:$(unitdir)/pdhd.service \
	644:systemd/pdhd-sandbox.conf:$(unitdir)/pdhd-sandbox.conf \
	$(foreach p,$(wildcard schema/packs/*),644:$p:$(datadir)/pdh/packs/$(notdir $p)) \
	$(foreach l,$(wildcard schema/layouts/*),644:$l:$(datadir)/pdh/layouts/$(notdir $l)) \
	644:schema/pack.schema.json:$(datadir)/pdh/pack.schema.json \
	$(foreach d,$(wildcard README.md CHANGELOG.md LICENSE),644:$d:$(datadir)/doc/pdh/$d)

.PHONY: changelog docs install uninstall dist deb deb-try clean deps deps-test try help
docs: $(B)/bin/pdh $(B)/docs/packs $(B)/docs/states
	$< help --man > docs/pdh.1
	$< help --markdown > docs/methods.md
	$(B)/docs/packs schema/packs > docs/packs.md
	$(B)/docs/states schema/packs > docs/states.md
	$(B)/docs/states --map schema/packs > docs/states.svg
	$(digests) > build/packs.txt && mv build/packs.txt tests/packs.txt

$(COMPLETIONS): $(B)/completions/%: $(B)/bin/pdh
	$(Q)mkdir -p $(@D) && $< completion $* > $@

$(B)/pdhd.service: systemd/pdhd.service.in FORCE
	@sed 's|@bindir@|$(bindir)|g' $< | cmp -s - $@ || sed 's|@bindir@|$(bindir)|g' $< > $@

install: all $(COMPLETIONS) $(B)/pdhd.service
	@for f in $(INSTALLED); do (IFS=:; set -- $$f; echo "  INSTALL $(DESTDIR)$$3"; \
		install -D -m "$$1" "$$2" "$(DESTDIR)$$3") || exit 1; done

uninstall:
	@for f in $(INSTALLED); do rm -f "$(DESTDIR)$${f##*:}"; done
	@for d in $(datadir)/pdh/packs $(datadir)/pdh/layouts $(datadir)/pdh $(libexecdir)/pdh $(datadir)/doc/pdh; do \
		[ ! -d "$(DESTDIR)$$d" ] || rmdir "$(DESTDIR)$$d"; done

VERSION = $(shell sed -n 's/^.define PDH_VERSION "\(.*\)"/\1/p' common/api.h)
dist:
	@mkdir -p build/dist
	git archive --prefix=pdh-$(VERSION)/ HEAD | gzip -9n > build/dist/pdh-$(VERSION).tar.gz

# Packages for Debian 12; deb-try installs them in a fresh one, as root, and works with them there.
deb:
	@sh tests/support/deps.sh deb
	@sh systemd/deb/build.sh build/deb
deb-try: deb
	@sh systemd/deb/try.sh $(CURDIR)/build/deb

deps:
	@sh tests/support/deps.sh build
deps-test:
	@sh tests/support/deps.sh test

# What users see of the commits since the last tag, from their Changelog: trailers.
changelog:
	@git log --reverse --format='%(trailers:key=Changelog,valueonly,unfold)' \
		$$(git describe --tags --abbrev=0 2>/dev/null | sed 's/$$/../') | sed '/^$$/d; s/^/- /'

try: deps
	+@$(MAKE) -s -j2 all
	@PDH_BIN=$(CURDIR)/$(B)/bin sh tests/support/try.sh $(CURDIR)/build/try

clean:
	rm -rf build compile_commands.json

help:
	@echo 'make                    build into build/release/bin'
	@echo 'make try                install build packages, build, and show the main job in a private home'
	@echo 'make check              install test packages, and run everything that must pass'
	@echo 'make install            prefix=/usr/local DESTDIR=; uninstall takes all of it away again'
	@echo 'make unit func          the tests alone, T=name for one, T="a b" for two; MODE=release|debug|check|coverage,'
	@echo '                        SAN=address,undefined'
	@echo 'make san coverage       all tests under sanitizers, which `check` does with a part; line coverage of common/ and daemon/'
	@echo 'make fuzz fuzz-replay   fuzz each harness for SECONDS=60; replay the corpora'
	@echo 'make torture            CALLS=300000 random calls, each call of the system that fails once, and undo of batches'
	@echo 'make mutants            small mistakes in a copy, each of which a test has to find; W= for some of them'
	@echo 'make golden             write the screens that unit tests compare as they are now; read what changed'
	@echo 'make bench              measure against the floor in tests/bench; ENTRIES="100 10000 1000000"'
	@echo 'make deb deb-try        Debian packages in build/deb; install them in a fresh Debian 12 there, as root'
	@echo 'make tidy format compdb docs changelog dist deps clean'
