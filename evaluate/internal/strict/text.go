package strict

import (
	"errors"
	"fmt"

	"github.com/tian-go/tian/evaluate/points"
)

// Text is the text of err without the package's prefix.
func Text(err error) string {
	text := err.Error()
	for _, prefix := range []string{points.ErrInvalid.Error() + ": ", points.ErrOverflow.Error() + ": "} {
		if len(text) > len(prefix) && text[:len(prefix)] == prefix {
			if errors.Is(err, points.ErrOverflow) {
				return fmt.Sprintf("%s does not fit", text[len(prefix):])
			}
			return text[len(prefix):]
		}
	}
	return text
}
