package workflow

// Rewrite is rewrite, for tests.
var Rewrite = rewrite

// KeyOf is keyOf, for tests.
var KeyOf = keyOf
