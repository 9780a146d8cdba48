package main

import (
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// newService sets the library up as this application has it.
func newService(st store.Store) (*proposal.Service, error) {
	return proposal.New(st,
		workflow.WithDefinition(proposal.Kind, ownDefinition()),
		workflow.WithUse(proposal.Kind, "", "embed"),
		workflow.WithAction(workflow.Describe(enclose{}, "上传附件", "enclose a file")),
		workflow.WithList(withFiles()),
	)
}

// ownDefinition is the nine stages with one event of the host's own. Cases opened
// before it came run on under what they began with, until they are migrated.
func ownDefinition() lifecycle.Definition {
	d := proposal.Nine()
	d.Name = "embed"
	for _, state := range []string{"draft", "submitted", "reviewing"} {
		d.Transitions = append(d.Transitions, lifecycle.Transition{
			Event: "enclose", From: []string{state}, To: state, Roles: []string{"proposer"},
			Label: lifecycle.Label{ZH: "上传附件", EN: "enclose a file"},
		})
	}
	return d
}

// enclose is an action of the host's own. The file is kept elsewhere.
type enclose struct {
	Name    string `json:"name" zh:"名称" en:"name" field:"required,max=200"`
	Address string `json:"address" zh:"地址" en:"address" field:"required,max=400"`
}

const filesKey = "embed.files"

func (enclose) Event() string { return "enclose" }

// Apply keeps the file with the proposal.
func (f enclose) Apply(_ *proposal.Act, p *proposal.Proposal) error {
	if f.Name == "" || f.Address == "" {
		return workflow.Invalid("name", "empty", "附件须有名称和地址", "a file has a name and an address")
	}
	var files []enclose
	if _, err := p.GetExtra(filesKey, &files); err != nil {
		return err //nolint:wrapcheck // it says which value
	}
	return p.SetExtra(filesKey, append(files, f)) //nolint:wrapcheck // it says which value
}

// withFiles is a list of the host's own: the proposals of a body that have files,
// the newest last. Proposals of before the list was added are on it after a
// rebuilding; see admin.go.
func withFiles() proposal.List {
	return proposal.List{
		Key: "with_files", Label: lifecycle.Label{ZH: "有附件", EN: "with files"}, For: workflow.OfBody,
		Stands: func(p *proposal.Proposal) []workflow.Standing {
			if _, has := p.Extra[filesKey]; !has {
				return nil
			}
			return []workflow.Standing{{Sort: p.Opened.Format("2006-01-02T15:04:05")}}
		},
	}
}
