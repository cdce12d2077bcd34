//! What is moved out of a task's types is told by their names too.

webtask::webtask! {
    pub task "shop" {
        extract rows from "li" repeat {
            title text "h2";
        }
    }
}

fn main() {
    let task: webtask::Task = shop::TASK;
    let row = shop::Rows { title: String::new() };
    drop(row);
    println!("{row:?}");
    let input = shop::Input {};
    std::thread::spawn(|| drop(&input));
}
