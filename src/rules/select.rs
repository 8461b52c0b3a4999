//! Which rules run: names, codes, upstream analysers, groups and globs.
