//! Help texts and completions. `WEBTASK_BLESS=1` writes the texts anew.

use std::fs;
use std::path::Path;

use crate::support::{call, folder};

/// Every command.
const COMMANDS: &[&str] =
    &["check", "completions", "doctor", "fmt", "list", "new", "run", "serve", "show", "test"];

fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("WEBTASK_BLESS").is_some() {
        fs::write(&path, text).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), text, "bless `{name}`, and read the diff");
}

#[test]
fn every_command_explains_itself_with_examples() {
    let folder = folder(&[]);
    let (code, all, _) = call(folder.path(), &["--help"]);
    assert_eq!(code, 0);
    golden("webtask.txt", &all);
    for command in COMMANDS {
        let (code, text, errors) = call(folder.path(), &[command, "--help"]);
        assert_eq!((code, errors.as_str()), (0, ""));
        assert!(text.contains("\nExamples:\n"), "{text}");
        assert!(all.contains(&format!("\n  {command} ")), "{all}");
        golden(&format!("{command}.txt"), &text);
    }
    let listed =
        all.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let listed: Vec<_> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(listed.len(), COMMANDS.len() + 1, "{listed:?}");
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_was_meant() {
    let folder = folder(&[]);
    let (code, out, errors) = call(folder.path(), &["chek"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(errors.contains("a similar subcommand exists: 'check'"), "{errors}");
    assert_eq!(call(folder.path(), &["check", "--format", "xml"]).0, 2);
    assert_eq!(call(folder.path(), &["check", "--color", "green"]).0, 2);
    assert_eq!(call(folder.path(), &[]).0, 2);
    assert_eq!(call(folder.path(), &["--version"]).1, format!("webtask {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn four_shells_get_completions() {
    let folder = folder(&[]);
    for (shell, sign) in [
        ("bash", "complete -F _webtask"),
        ("zsh", "#compdef webtask"),
        ("fish", "complete -c webtask"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let (code, script, errors) = call(folder.path(), &["completions", shell]);
        assert_eq!((code, errors.as_str()), (0, ""));
        assert!(script.contains(sign) && script.contains("check"), "{shell}: {script}");
    }
}
