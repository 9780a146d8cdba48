package workflow

// Rewrite is rewrite, for tests.
var Rewrite = rewrite
