package roster

// What the benchmark of a whole import, which stands outside the package
// because it needs the store, uses of the tests inside it.
var (
	WideRoster = wideRoster
	Inflate    = inflate
	ScanAll    = scanAll
)
