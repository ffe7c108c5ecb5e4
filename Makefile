# Every target finds JDK 25 by itself; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help demo test test-install test-deb check format fuzz attacks torture bench dist deb install clean

JDK = $$(./gatehouse --java-home)
MVN = JAVA_HOME=$(JDK) mvn -B
VERSION = 1.0.0-SNAPSHOT
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 600
TORTURE_TASKS ?= 10000
ROWS ?= all
FUZZ_TARGETS = $(basename $(notdir $(shell find app/src/test -name '*FuzzTest.java')))
FUZZ_SHARE = $(shell expr $(FUZZ_SECONDS) / $(words $(FUZZ_TARGETS)))

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## the main job, start to end: a goal in, a gated agent moves a simulated arm, a result out
	@./gatehouse demo

test: ## every test, the formatter and the static analysis
	@./gatehouse --java-home >/dev/null
	@peers/install
	$(MVN) verify

format: ## puts all sources into the house format
	@./gatehouse --java-home >/dev/null
	$(MVN) -q spotless:apply

fuzz: ## searches for input that breaks a reader, FUZZ_SECONDS=600 for all targets together; findings become seeds
	@./gatehouse --java-home >/dev/null
	$(MVN) -q -pl app test-compile
	@for target in $(FUZZ_TARGETS); do \
	    echo "fuzz: $$target, $(FUZZ_SHARE) s"; \
	    JAZZER_FUZZ=1 JAZZER_SSRF_PERMISSIVE_UNTIL_CONFIGURED=1 $(MVN) -q -pl app surefire:test -Dtest=$$target -Djazzer.hooks=true \
	        -Djazzer.max_duration=$(FUZZ_SHARE)s -Djazzer.instrument='dev.gatehouse.**,org.snakeyaml.**,tools.jackson.**' || exit; \
	done

attacks: ## breaks each guard of the program in turn and shows that an attack test notices; ROWS='T5.2 T11.1' for some
	@./gatehouse --java-home >/dev/null
	GATEHOUSE_BROKEN='$(ROWS)' $(MVN) -q -pl app test -Dtest=BrokenGuardsTest -Dsurefire.failIfNoSpecifiedTests=false

torture: ## kills a real server at its write boundaries and adds up what is left, TORTURE_TASKS=10000 orders in all
	@./gatehouse --java-home >/dev/null
	GATEHOUSE_TORTURE_TASKS=$(TORTURE_TASKS) $(MVN) -q -pl app test -Dtest=CrashSuiteTest -Dsurefire.failIfNoSpecifiedTests=false

bench: ## measures against something comparable in the same run; writes bench/RESULTS.md
	@./gatehouse --java-home >/dev/null
	$(MVN) -q -DskipTests package
	@bench/run

dist: ## a directory that runs anywhere with Java 25: dist/gatehouse-$(VERSION)
	@./gatehouse --java-home >/dev/null
	$(MVN) -q -pl app -DskipTests package
	@packaging/assemble dist/gatehouse-$(VERSION)
	@packaging/archive-classes dist/gatehouse-$(VERSION)
	@echo 'dist/gatehouse-$(VERSION)/bin/gatehouse --help'

install: dist ## the same under PREFIX (default /usr/local): $(PREFIX)/lib/gatehouse and $(PREFIX)/bin/gatehouse
	mkdir -p '$(DESTDIR)$(PREFIX)/lib' '$(DESTDIR)$(PREFIX)/bin'
	rm -rf '$(DESTDIR)$(PREFIX)/lib/gatehouse'
	cp -R dist/gatehouse-$(VERSION) '$(DESTDIR)$(PREFIX)/lib/gatehouse'
	ln -sf ../lib/gatehouse/bin/gatehouse '$(DESTDIR)$(PREFIX)/bin/gatehouse'
	@packaging/archive-classes '$(DESTDIR)$(PREFIX)/lib/gatehouse'

deb: dist ## a Debian package with a Java of its own: dist/gatehouse.deb
	packaging/deb dist/gatehouse-$(VERSION) $(VERSION) dist/gatehouse.deb

test-install: dist ## installs the service for real, as root, in a root file system that is thrown away; see docs/install.md
	packaging/test/scratch-root packaging/test/install dist/gatehouse-$(VERSION)

test-deb: deb ## the same with the Debian package
	packaging/test/scratch-root packaging/test/deb dist/gatehouse.deb

clean: ## removes what the build made
	rm -rf app/target bench/target target dist
