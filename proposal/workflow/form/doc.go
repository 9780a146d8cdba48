// Package form describes the data of an action field by field: what a host needs
// in order to draw a form, to check what was filled in before it is sent, and to
// show it again.
//
// The fields are those of the action's struct that encoding/json writes. What
// their Go types do not say stands in tags:
//
//	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required,max=2000"`
//	Class  string `json:"class" zh:"答复类别" en:"class" field:"key,from=classes"`
//
// zh and en are the label. field is a list of the type ("line" for a string
// without one), "required", "max=N" and "from=LIST", which makes it a key of that
// list of the body's rules. The values of a field whose own type has a method
// Values() []Value are those that the method returns. A field with field:"-" is
// given by the library, and nobody fills it in.
//
// [Read] turns what a browser sends of such a form into the action's JSON.
package form
