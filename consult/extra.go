package consult

import (
	"encoding/json"
	"fmt"

	"github.com/tian-go/tian/proposal/workflow"
)

// SetExtra keeps a value of the caller's own under key, which should carry a
// prefix of theirs ("acme.stream"). It is for the Apply of an action.
func (a *Activity) SetExtra(key string, value any) error { return setExtra(&a.Extra, key, value) }

// GetExtra reads what SetExtra kept under key into value, and tells whether there
// was something.
func (a *Activity) GetExtra(key string, value any) (bool, error) {
	return getExtra(a.Extra, a.ID, key, value)
}

// SetExtra is as [Activity.SetExtra].
func (p *Platform) SetExtra(key string, value any) error { return setExtra(&p.Extra, key, value) }

// GetExtra is as [Activity.GetExtra].
func (p *Platform) GetExtra(key string, value any) (bool, error) {
	return getExtra(p.Extra, p.ID, key, value)
}

// SetExtra is as [Activity.SetExtra].
func (t *Topic) SetExtra(key string, value any) error { return setExtra(&t.Extra, key, value) }

// GetExtra is as [Activity.GetExtra].
func (t *Topic) GetExtra(key string, value any) (bool, error) {
	return getExtra(t.Extra, t.ID, key, value)
}

func setExtra(extra *map[string]json.RawMessage, key string, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return workflow.Invalid("extra."+key, "unencodable", "%v", "%v", err)
	}
	if *extra == nil {
		*extra = make(map[string]json.RawMessage)
	}
	(*extra)[key] = data
	return nil
}

func getExtra(extra map[string]json.RawMessage, id, key string, value any) (bool, error) {
	data, ok := extra[key]
	if !ok {
		return false, nil
	}
	if err := json.Unmarshal(data, value); err != nil {
		return false, fmt.Errorf("consult: extra %s of %s: %w", key, id, err)
	}
	return true, nil
}
