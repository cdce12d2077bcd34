//! The grammar from outside: text in, trees and problems out.
//!
//! `accept` is what the parser takes, `reject` what it says about the rest, `selectors` the same of selectors, `mutate` breaks a recipe in every
//! place to see that nothing is lost in silence, `resolve` is what the names mean, `text` is the other
//! spelling, `editor` what an editor colours, `dictionary` what the fuzzer knows, `corpus` what it kept, `print` what a tree is
//! written as, and `reference` the pages of the words.

mod accept;
mod capture;
mod common;
mod corpus;
mod dictionary;
mod editor;
mod foreign;
mod links;
mod mutate;
mod newcomer;
mod print;
mod reference;
mod reject;
mod resolve;
mod selectors;
mod text;
