package form_test

import (
	"fmt"
	"reflect"

	"github.com/tian-go/tian/proposal/workflow/form"
)

// What an action asks for stands in its struct: a host draws its form from this.
func ExampleOf() {
	type visit struct {
		On    string   `json:"on" zh:"日期" en:"day" field:"date,required"`
		Who   []string `json:"who,omitempty" zh:"参加" en:"who came" field:"id"`
		Found string   `json:"found" zh:"所见" en:"what was found" field:"text,max=500"`
		Class string   `json:"class,omitempty" zh:"类别" en:"class" field:"from=classes"`
	}
	fields := form.WithValues(form.Of(reflect.TypeFor[visit]()), func(list string) []form.Value {
		return []form.Value{{Key: list + "-a"}, {Key: list + "-b"}}
	})
	for _, f := range fields {
		fmt.Println(f.Name, f.Label.ZH, f.Type, f.List, f.Required, f.Max, len(f.Values))
	}
	// Output:
	// on 日期 date false true 0 0
	// who 参加 id true false 0 0
	// found 所见 text false false 500 0
	// class 类别 key false false 0 2
}
