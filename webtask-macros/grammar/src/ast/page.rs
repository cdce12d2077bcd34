//! What the steps hold that work on a page by hand: its inputs, its scrolling, its network.

use super::Text;

/// `select "SEL" option "…"`
#[derive(Clone, Debug, PartialEq)]
pub struct Select {
    /// The list.
    pub selector: Text,
    /// The value or the label of the option.
    pub option: Text,
}
