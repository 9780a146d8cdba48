package published_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/published"
	"github.com/tian-go/tian/proposal/store/memory"
)

// Rows of consultations as newspapers print them go into a service; a row that is
// wrong is told by its line, and the others go in.
func ExampleImport() {
	file := strings.Join(published.Header(), ",") + `
江门市,prefecture,委员议事厅,电视议政,activity,2023-11-08,如何让公园更贴心,委员;群众,,,打造碧道公园,,,人民政协报,
江门市,prefecture,委员议事厅,电视议政,concert,2023-11-09,音乐会,,,,,,,人民政协报,
`
	records, refused, err := published.Read(strings.NewReader(file))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range refused {
		fmt.Println(r)
	}
	svc, err := consult.New(memory.New())
	if err != nil {
		fmt.Println(err)
		return
	}
	clerk := func(place string) (consult.Actor, error) {
		if place != "江门市" {
			return consult.Actor{}, published.ErrNoPlace
		}
		return consult.Actor{ID: "o-01", Body: "jiangmen", Roles: []string{"office"}}, nil
	}
	for range 2 { // the second time changes nothing
		done, refused, err := published.Import(context.Background(), svc, clerk, records)
		fmt.Println(done.Platforms, "platform,", done.Activities, "activity,", len(refused), "refused", err)
	}
	// Output:
	// line 3: there is no kind of record "concert" (record_kind)
	// 1 platform, 1 activity, 0 refused <nil>
	// 0 platform, 1 activity, 0 refused <nil>
}
