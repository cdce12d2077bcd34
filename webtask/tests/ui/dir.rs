//! Mistakes in the files of a folder: each at its place in its file, all in one compile. A folder that is missing.

mod recipes {
    webtask::webtask_dir!("tests/ui/dir");
}

mod nowhere {
    webtask::webtask_dir!("tests/ui/no_such_folder");
}

fn main() {}
