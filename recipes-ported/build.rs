//! Has Cargo look at the recipes' folder, so that a new file is seen.

fn main() {
    println!("cargo::rerun-if-changed=recipes");
}
