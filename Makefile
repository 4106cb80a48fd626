# `make` lists what there is. On a bare Debian 12 with git, make, curl and Go 1.26 each target
# installs the packages that it needs itself.

.DEFAULT_GOAL := help
SHELL := /bin/sh

export GOTOOLCHAIN := local
# -buildvcs=false: the version comes from FyneApp.toml and nowhere else.
export GOFLAGS := -mod=readonly -buildvcs=false

VERSION := $(shell sed -n 's/^Version *= *"\(.*\)"/\1/p' FyneApp.toml)
LDFLAGS := -X main.version=$(VERSION)
# migrated_fynedo: without it Fyne's tables are slow. x11: Chinese input commits do not reach
# Wayland. ci: the headless driver, for tests; never shipped.
TAGS := migrated_fynedo,x11
TEST_TAGS := migrated_fynedo,ci

BUILD_PACKAGES := gcc libc6-dev pkg-config libgl1-mesa-dev xorg-dev
# zbar-tools reads the printed QR codes back.
SCREEN_PACKAGES := xvfb xdotool xclip imagemagick poppler-utils zbar-tools libgl1-mesa-dri x11-utils locales
WINDOWS_PACKAGES := gcc-mingw-w64-x86-64

LINTER := dist/tools/golangci-lint
FUZZTIME ?= 30s
SOAK_CHECKS ?= 5000
ROUNDS ?= 3
comma := ,

# The steps of a target stand in their order, also under -j.
.NOTPARALLEL:

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

.PHONY: build
build: ## dist/rongyuan and dist/rongyuan-district for this machine
	@.ci/need-packages $(BUILD_PACKAGES)
	go build -tags $(TAGS) -ldflags '$(LDFLAGS)' -o dist/rongyuan .
	CGO_ENABLED=0 go build -ldflags '-s -w $(LDFLAGS)' -o dist/rongyuan-district ./sync/districtd

.PHONY: run
run: build ## the practice station: its window, or without a display the main job with screenshots in out/
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		dist/rongyuan demo; \
	else \
		.ci/need-packages $(SCREEN_PACKAGES) && .ci/need-locale zh_CN.UTF-8 && .ci/headless-run; \
	fi

.PHONY: test
test: test-packages lint vet ## linters, vet and every test
	go test -tags $(TEST_TAGS) -timeout 30m ./...

.PHONY: test-packages
test-packages:
	@.ci/need-packages $(BUILD_PACKAGES) $(SCREEN_PACKAGES)
	@.ci/need-locale zh_CN.UTF-8

.PHONY: lint
lint: $(LINTER) ## the house rules of .golangci.yml
	$(LINTER) run ./...

# The headless build and the shipped one hold different files: both are vetted.
.PHONY: vet
vet: ## go vet, for the tests' build and for the shipped one
	@.ci/need-packages $(BUILD_PACKAGES)
	go vet -tags $(TEST_TAGS) ./...
	go vet -tags $(TAGS) ./...

$(LINTER): .ci/tools/go.mod .ci/tools/go.sum
	go -C .ci/tools build -o $(CURDIR)/$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint

.PHONY: windows
windows: rsrc_windows_amd64.syso ## dist/rongyuan.exe and dist/rongyuan-district.exe
	@.ci/need-packages $(WINDOWS_PACKAGES)
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc \
		go build -tags migrated_fynedo -ldflags '-s -w -H=windowsgui $(LDFLAGS)' -o dist/rongyuan.exe .
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 \
		go build -ldflags '-s -w $(LDFLAGS)' -o dist/rongyuan-district.exe ./sync/districtd
	@ls -l dist/*.exe

# Icon, version and manifest of the exe. Go links a .syso that stands beside main.go by itself.
rsrc_windows_amd64.syso: FyneApp.toml $(wildcard assets/windows/*)
	@.ci/need-packages $(WINDOWS_PACKAGES)
	@mkdir -p dist/windows
	sed 's/@VERSION@/$(VERSION)/; s/@NUMBERS@/$(subst .,$(comma),$(VERSION)),0/' assets/windows/rongyuan.rc.in > dist/windows/rongyuan.rc
	x86_64-w64-mingw32-windres -c 65001 -O coff -I assets/windows -i dist/windows/rongyuan.rc -o $@

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME (30s) each
	@.ci/each-fuzz $(FUZZTIME)

.PHONY: soak
soak: ## the random state machines with SOAK_CHECKS (5000) runs each
	go test -timeout 0 -count 1 $$(.ci/packages-with 'pgregory.net/rapid') -rapid.checks $(SOAK_CHECKS)

# Power cuts, failing disks and killed processes in their long form, under 10 minutes. SEED=n
# repeats a run.
.PHONY: faults
faults: ## the fault tests of the store, with their figures
	go test -count 1 ./store/faultvfs
	go test -c -o dist/faults.test ./store
	cd store && ../dist/faults.test -test.run '^TestFault' -test.timeout 30m -faults $(if $(SEED),-faultseed $(SEED))

.PHONY: bench
bench: ## the benchmarks, with their allocations
	go test -tags $(TEST_TAGS) -timeout 0 -run '^$$' -bench . -benchmem $$(.ci/packages-with 'func Benchmark')

# ROUNDS of each step, in turns; LibreOffice merely converts the workbook.
.PHONY: bench-import
bench-import: ## a workbook of 100,000 rows: inflate, scan, read, excelize, LibreOffice, whole import
	@.ci/need-packages libreoffice-calc-nogui
	@.ci/bench-import $(ROUNDS)

# Minutes of a real window, so not part of the tests; without LibreOffice a workbook that it has
# saved before takes its place.
.PHONY: see-import
see-import: build ## a street's roster through the real window by keys, mended in LibreOffice; pictures in out/
	@.ci/need-packages $(SCREEN_PACKAGES) && .ci/need-locale zh_CN.UTF-8 && .ci/drive-roster dist/rongyuan out/import

.PHONY: figures
figures: ## 200 random months against SQL: screen, PDF and workbook
	@.ci/need-packages $(BUILD_PACKAGES) $(SCREEN_PACKAGES)
	go test -tags $(TEST_TAGS) -count 1 -run TestRandomMonthsEqualTheOracle -v ./app -args -everymonth

.PHONY: bench-papers
bench-papers: ## a roster of 1,000, a year of 20,000 people, 100,000 rows to Excel, beside LibreOffice, Chromium and maroto
	@.ci/need-packages libreoffice-calc-nogui libreoffice-writer-nogui
	@.ci/bench-papers/run $(ROUNDS)

.PHONY: clean
clean: ## removes everything that was built
	rm -rf dist out *.syso
