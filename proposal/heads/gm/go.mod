module github.com/tian-go/tian/proposal/heads/gm

go 1.25.0

require (
	github.com/emmansun/gmsm v0.15.5
	github.com/stretchr/testify v1.12.1
	github.com/tian-go/tian v0.1.0
)

require (
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/crypto v0.53.0 // indirect
	golang.org/x/sys v0.47.0 // indirect
)
