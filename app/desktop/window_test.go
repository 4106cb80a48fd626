package desktop

import "testing"

func TestFileURL(t *testing.T) {
	for path, want := range map[string]string{
		"/home/站/月 报%.pdf": "file:///home/%E7%AB%99/%E6%9C%88%20%E6%8A%A5%25.pdf",
		"C:/站/a#b?.pdf":    "file:///C:/%E7%AB%99/a%23b%3F.pdf",
	} {
		if got := fileURL(path).String(); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
