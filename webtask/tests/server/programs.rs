//! Programs that call a server: what they print, line by line, and what they complain of when a test fails.

use std::process::Stdio;
use std::sync::OnceLock;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;

use crate::wire::within;

/// A program that prints what it gets, line by line.
pub(crate) struct Client {
    program: String,
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    complaints: JoinHandle<String>,
}

impl Client {
    pub(crate) fn new(program: &str, arguments: &[&str]) -> Self {
        let mut child = command(program, arguments).spawn().unwrap_or_else(|error| missing(program, &error));
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut stderr = child.stderr.take().expect("piped");
        let complaints = tokio::spawn(async move {
            let mut bytes = Vec::new();
            let _ = stderr.read_to_end(&mut bytes).await;
            String::from_utf8_lossy(&bytes).into_owned()
        });
        Self { program: program.to_owned(), child, lines, complaints }
    }

    /// Waits for the next line, which is to be that one.
    pub(crate) async fn says(&mut self, expected: &str) {
        let line = within(self.lines.next_line()).await.expect("read");
        if line.as_deref() != Some(expected) {
            self.kill().await;
            let complaints = within(&mut self.complaints).await.expect("no panic");
            let program = &self.program;
            let said = line.map_or("nothing more".to_owned(), |line| format!("`{line}`"));
            panic!("`{program}` said {said} and not `{expected}`; its standard error:\n{complaints}");
        }
    }

    pub(crate) async fn kill(&mut self) {
        self.child.kill().await.expect("killed");
    }
}

/// Runs a program to its end, and gives what it printed.
pub(crate) async fn output(program: &str, arguments: &[&str]) -> String {
    let output =
        within(command(program, arguments).output()).await.unwrap_or_else(|error| missing(program, &error));
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`{program}`: {}; its standard error:\n{complaints}", output.status);
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The Python that the tests use, as `.ci/python` says.
pub(crate) fn python() -> &'static str {
    static PYTHON: OnceLock<String> = OnceLock::new();
    PYTHON.get_or_init(|| {
        if let Ok(python) = std::env::var("WEBTASK_TEST_PYTHON") {
            return python;
        }
        let chooser = concat!(env!("CARGO_MANIFEST_DIR"), "/../.ci/python");
        let output = std::process::Command::new(chooser).output().expect("it starts");
        assert!(output.status.success(), "{chooser}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8").trim_end().to_owned()
    })
}

fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

fn missing<T>(program: &str, error: &std::io::Error) -> T {
    panic!("these tests need `{program}`; install it: {error}")
}

#[tokio::test]
#[should_panic(
    expected = "`sh` said nothing more and not `two`; its standard error:\nno module is called one\n"
)]
async fn a_programs_complaint_is_part_of_the_failure() {
    let mut client = Client::new("sh", &["-c", "echo one; echo no module is called one >&2; exit 1"]);
    client.says("one").await;
    client.says("two").await;
}

#[tokio::test]
#[should_panic(expected = "`sh`: exit status: 3; its standard error:\nno module is called one\n")]
async fn a_failed_programs_complaint_is_part_of_the_failure() {
    output("sh", &["-c", "echo no module is called one >&2; exit 3"]).await;
}
