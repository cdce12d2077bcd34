//! The run-time functions of the steps, against real Chromium: what they accept, what they refuse and in which words,
//! and what the page has of it afterwards.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[allow(unreachable_pub, reason = "shared by path")]
#[path = "../support/mod.rs"]
mod support;

mod ahead;
mod bench;
mod boxes;
mod caused;
mod charset;
mod click;
mod exits;
mod extract;
mod far;
mod fill;
mod flow;
mod focus;
mod frames;
mod goto;
mod held;
mod history;
mod input;
mod js;
mod locators;
mod mouse;
mod network;
mod pace;
mod point;
mod pressed;
mod scroll;
mod seen;
mod selectors;
mod sendkeys;
mod strict;
mod tab;
mod template;
mod texts;
mod tries;
mod turns;
mod typing;
mod upload;
mod wait_until;
