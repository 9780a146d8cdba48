package proposal

import (
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
)

// Attachment (附件) is a file that belongs to a proposal, by reference: the library
// keeps what tells it from another, and the host keeps the file.
type Attachment struct {
	Name      string    `json:"name"`
	MediaType string    `json:"media_type"`
	Size      int64     `json:"size"`   // bytes
	Digest    string    `json:"digest"` // SHA-256 or SM3 of the file, 64 hexadecimal digits
	Ref       string    `json:"ref,omitempty"`
	At        time.Time `json:"at"`
	By        string    `json:"by"`
}

// AttachmentLimits (附件限制) says what may be attached. The zero value sets no
// bound but MaxList.
type AttachmentLimits struct {
	Most      int      `json:"most,omitempty"`       // files
	MostBytes int64    `json:"most_bytes,omitempty"` // of one file
	Types     []string `json:"types,omitempty"`      // media types; none: any
}

func (l AttachmentLimits) check(field string) error {
	if l.Most < 0 || l.MostBytes < 0 {
		return workflow.Invalid(field, "out_of_range", "附件限制不能为负", "limits of attachments are not negative")
	}
	return nil
}

// Attach adds a file.
type Attach struct {
	Name      string `json:"name" zh:"文件名" en:"name" field:"required"`
	MediaType string `json:"media_type" zh:"类型" en:"media type" field:"required"`
	Size      int64  `json:"size" zh:"字节数" en:"bytes" field:"required"`
	Digest    string `json:"digest" zh:"摘要值" en:"digest" field:"required"`
	Ref       string `json:"ref,omitempty" zh:"存放处" en:"where it is kept"`
}

// Event is "attach".
func (Attach) Event() string { return "attach" }

// Apply keeps the reference.
func (a Attach) Apply(act *Act, p *Proposal) error {
	if err := needLine("name", a.Name, "附件须有文件名", "an attachment has a name"); err != nil {
		return err
	}
	if err := needLine("media_type", a.MediaType, "附件须有类型", "an attachment has a media type"); err != nil {
		return err
	}
	if err := checkLines("digest", a.Digest, "ref", a.Ref); err != nil {
		return err
	}
	limits := act.Rules.Attachments
	most := MaxList
	if limits.Most > 0 {
		most = min(most, limits.Most)
	}
	sum, err := hex.DecodeString(a.Digest)
	switch {
	case err != nil || len(sum) != 32:
		return workflow.Invalid("digest", "malformed", "摘要值应为64位十六进制数", "a digest is 64 hexadecimal digits")
	case a.Size < 1 || limits.MostBytes > 0 && a.Size > limits.MostBytes:
		zh, en := bounds(1, limits.MostBytes)
		return workflow.Invalid("size", "out_of_range", "附件字节数%[1]d，应%[2]s", "bytes of the file: %[1]d, and it should be %[3]s", a.Size, zh, en)
	case len(limits.Types) > 0 && !slices.Contains(limits.Types, a.MediaType):
		return workflow.Invalid("media_type", "unknown", "不接受类型%q：%s", "files of the type %q are not taken: %s", a.MediaType, strings.Join(limits.Types, ", "))
	case len(p.Attachments) >= most:
		return workflow.Invalid("name", "too_many", "已有%d个附件", "there are %d attachments", len(p.Attachments))
	case p.attachment(a.Name) >= 0:
		return workflow.Invalid("name", "duplicate", "附件%q重复", "there is an attachment %q", a.Name)
	}
	p.Attachments = append(p.Attachments, Attachment{
		Name: a.Name, MediaType: a.MediaType, Size: a.Size, Digest: strings.ToLower(a.Digest), Ref: a.Ref, At: act.At, By: act.Actor.ID,
	})
	return nil
}

// Detach takes a file off again; the history says that it was there.
type Detach struct {
	Name string `json:"name" zh:"文件名" en:"name" field:"required"`
}

// Event is "detach".
func (Detach) Event() string { return "detach" }

// Apply removes the reference.
func (a Detach) Apply(_ *Act, p *Proposal) error {
	if err := checkLine("name", a.Name); err != nil {
		return err
	}
	i := p.attachment(a.Name)
	if i < 0 {
		return workflow.Invalid("name", "unknown", "没有附件%q", "there is no attachment %q", a.Name)
	}
	p.Attachments = slices.Delete(slices.Clone(p.Attachments), i, i+1)
	return nil
}

func (p *Proposal) attachment(name string) int {
	return slices.IndexFunc(p.Attachments, func(a Attachment) bool { return a.Name == name })
}
