"""The commands of `liaison`, a module for what belongs together: each calls one use case or query and words its answer."""
