package cli_test

// months closes, reopens and explains a month with the chief's account.
func (c *canary) months(chief []string) {
	head := func(args ...string) { c.do(0, append(args, chief...)...) }
	head("month", "check", "2026-08")
	head("month", "close", "2026-08")
	head("month", "verify", "2026-08")
	head("month", "reopen", "2026-08", "--reason", birdReason)
	head("month", "close", "2026-08")
	head("month", "list")
	head("month", "explain", "2026-10")
	head("month", "explain", "2026-08", "--edition", "1")
	head("month", "rows", "2026-10", "minutes")
	head("hours", "check", "--month", "2026-08")
}
