//! What the guide shows of a deployment is what the settings, and systemd, take.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use webtask::Webtask;

use crate::settings::server;

const DEPLOYMENT: &str = include_str!("../../src/guide/deployment.md");
const SETTINGS: &str = include_str!("../../src/guide/settings.md");

/// The blocks of that language.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// The variables that a block sets for us, but for those that lead to what is not here.
fn variables<'t>(block: &'t str, word: &str) -> Vec<(&'t str, &'t str)> {
    let lines = block.lines().filter_map(|line| line.strip_prefix(word)?.split_once('='));
    lines.filter(|(name, _)| name.starts_with("WEBTASK_")).collect()
}

/// Writes a file that only its owner reads.
fn private(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
}

#[test]
fn a_file_of_settings_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let all: Vec<_> = [DEPLOYMENT, SETTINGS].into_iter().flat_map(|text| blocks(text, "toml")).collect();
    assert_eq!(all.len(), 2);
    for text in all {
        let file = folder.path().join("webtask.toml");
        fs::write(&file, text).unwrap();
        let webtask = Webtask::builder().settings(&file).secret("server_token", "s3cret").build().unwrap();
        webtask::server::routes(&webtask, []).unwrap();
    }
}

#[test]
fn the_variables_of_a_service_and_of_a_container_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (file, secrets) = (folder.path().join("webtask.toml"), folder.path().join("secrets"));
    fs::write(&file, blocks(DEPLOYMENT, "toml")[0]).unwrap();
    private(&secrets, "server_token=s3cret\n");
    for (language, word, count) in [("ini", "Environment=", 4), ("dockerfile", "ENV ", 2)] {
        let mut set = variables(blocks(DEPLOYMENT, language)[0], word);
        assert_eq!(set.len(), count, "{set:?}");
        // Paths of the machine that it is about.
        for (name, value) in &mut set {
            match *name {
                "WEBTASK_SETTINGS" => *value = file.to_str().unwrap(),
                "WEBTASK_SECRETS" => *value = secrets.to_str().unwrap(),
                _ => {}
            }
        }
        if language == "dockerfile" {
            set.push(("WEBTASK_SECRET_server_token", "s3cret"));
        }
        // An address of the tests' own, for the port may be taken.
        set.push(("OF_CODE", "0.0.0.0:0"));
        assert_eq!(server(&set), "0.0.0.0", "{language}");
        // Without its token it does not start.
        set.retain(|(name, _)| !name.contains("SECRET_") && *name != "WEBTASK_SECRETS");
        assert!(
            server(&set).starts_with("`token_secrets`: secret `server_token` is not set; "),
            "{language}"
        );
    }
}

#[test]
fn systemd_takes_the_unit() {
    let unit = blocks(DEPLOYMENT, "ini")[0];
    for line in unit.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        assert!(line.starts_with('[') || line.contains('='), "{line}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.service");
    // The program is not here.
    fs::write(&path, unit.replace("/usr/local/bin/tasks", "/bin/true")).unwrap();
    match Command::new("systemd-analyze").arg("verify").arg(&path).output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success() && said.trim().is_empty(), "{said}");
        }
        // Only where systemd is, can it be asked.
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound),
    }
}
