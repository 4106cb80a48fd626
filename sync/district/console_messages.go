package district

import (
	"net/http"

	"rongyuan/store/record"
)

// messagesPage is the letters that were sent, and the one that is being
// written.
type messagesPage struct {
	frame
	May         bool
	Stations    []StationLine
	Sent        []SentMessage
	To          string
	Title, Text string
	Urgent      bool
	Wrong       string
}

func (c *console) messages(w http.ResponseWriter, r *http.Request, scope Scope) {
	c.showMessages(w, r, scope, messagesPage{To: r.URL.Query().Get("to")})
}

func (c *console) showMessages(w http.ResponseWriter, r *http.Request, scope Scope, page messagesPage) {
	page.frame, _ = c.frame(r, scope)
	page.May = scope.role.May(record.RightWrite)
	var err error
	if page.Stations, err = c.server.Stations(r.Context(), scope); err != nil {
		c.fail(w, err)
		return
	}
	if page.Sent, err = c.server.Sent(r.Context(), scope); err != nil {
		c.fail(w, err)
		return
	}
	status := http.StatusOK
	if page.Wrong != "" {
		status = http.StatusUnprocessableEntity
	}
	c.show(w, status, "messages.html", page)
}

// sendMessage sends what was written, or shows it again with what is wrong.
func (c *console) sendMessage(w http.ResponseWriter, r *http.Request, scope Scope) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	page := messagesPage{
		To: r.PostFormValue("to"), Title: r.PostFormValue("title"), Text: r.PostFormValue("text"), Urgent: r.PostFormValue("urgent") != "",
	}
	_, err := c.server.SendNotice(r.Context(), scope, record.StationCode(page.To), record.Notice{Title: page.Title, Text: page.Text}, page.Urgent)
	switch record.CodeOf(err) {
	case "":
		http.Redirect(w, r, "/messages", http.StatusSeeOther)
	case record.CodeRequired:
		page.Wrong = "没有写标题。"
		c.showMessages(w, r, scope, page)
	case record.CodeTooLong:
		page.Wrong = "太长了：标题最多 80 字，正文最多 4000 字。"
		c.showMessages(w, r, scope, page)
	case record.CodeNoRight:
		page.Wrong = "您的账号不能发通知。"
		c.showMessages(w, r, scope, page)
	default:
		c.fail(w, err)
	}
}
