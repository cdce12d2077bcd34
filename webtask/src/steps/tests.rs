//! Whether every word has its method.
