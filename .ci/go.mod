module github.com/tian-go/tian/ci

go 1.25.0

require (
	github.com/stretchr/testify v1.12.1
	github.com/tian-go/tian v0.1.0
	golang.org/x/mod v0.40.0
	golang.org/x/text v0.41.0
)

require (
	github.com/google/uuid v1.6.0 // indirect
	github.com/looplab/fsm v1.0.3 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)
