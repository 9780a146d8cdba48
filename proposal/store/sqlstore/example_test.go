package sqlstore_test

import (
	"fmt"

	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// Names of tables are checked before any statement is made of them.
func ExampleNewTables() {
	_, err := sqlstore.NewTables("cases", "tian_")
	fmt.Println(err)
	_, err = sqlstore.NewTables("cases; drop", "")
	fmt.Println(err)
	// Output:
	// <nil>
	// sqlstore: schema "cases; drop" is not an identifier
}
