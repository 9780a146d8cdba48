package codec_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/internal/codec"
)

// BenchmarkProposal writes and reads a proposal with a text of two pages, and
// reports how much dearer encoding/json is.
func BenchmarkProposal(b *testing.B) {
	p := proposal.Proposal{
		Title: "关于支持小店经济高质量发展的提案", Category: proposal.Economic, Session: "15-3", Year: 2024,
		Text: proposal.Text{
			Background:  strings.Repeat("我县小店经济面广量大，吸纳就业多。", 30),
			Analysis:    strings.Repeat("融资难、引流难、数字化程度低。\n", 30),
			Suggestions: []string{strings.Repeat("由市场监管部门牵头，设立专项资金。", 8), strings.Repeat("设立专项资金。", 8)},
		},
		Parts: []proposal.Part{{Unit: "market", Role: proposal.Lead}, {Unit: "banking", Role: proposal.Co}},
	}
	c := codec.Of(reflect.TypeOf(p))
	data, err := json.Marshal(&p)
	require.NoError(b, err)
	run := func(name string, do func() error) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if err := do(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("write", func() error { _, err := c.Append(make([]byte, 0, len(data)), &p); return err })
	run("write by encoding json", func() error { _, err := json.Marshal(&p); return err })
	run("read", func() error {
		if !c.Read(data, new(proposal.Proposal)) {
			b.Fatal("not read")
		}
		return nil
	})
	run("read by encoding json", func() error { return json.Unmarshal(data, new(proposal.Proposal)) })
}
