//! Settings from code, from variables and from a file, and secrets from wherever they come.

use std::fs::{self, Permissions};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use webtask::server::Server;
use webtask::{ErrorKind, Pool, Webtask, webtask};

webtask! {
    task "asks" {
        secret alpha;
        secret beta;
        input url string required;
        http GET answer url "{{url}}" headers { "x-alpha": "{{alpha}}", "x-beta": "{{beta}}" };
    }

    task "asks/too" {
        secret beta;
        secret gamma;
        status "nothing";
        http GET answer url "https://example.com" headers { "x-beta": "{{beta}}", "x-gamma": "{{gamma}}" };
    }
}

/// Runs a test of this binary in a process of its own, which sees these variables.
fn child(test: &str, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]).env(CHILD, "1");
    command.envs(variables.iter().copied());
    command
}

const CHILD: &str = "WEBTASK_TEST_CHILD";

fn said(command: &mut Command) -> String {
    let output = command.output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What a child tells: each pool with its size, or the error.
#[test]
fn pools_of_a_child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let wait = Duration::from_secs(1);
    match Webtask::builder().pool(Pool::new("default").wait(wait)).pool(Pool::new("of code").size(3)).build()
    {
        Ok(webtask) => {
            let pools = webtask.pools().into_iter().map(|(tag, pool)| format!("{tag}={}", pool.size));
            println!("\nsaid: {}", pools.collect::<Vec<_>>().join(" "));
        }
        Err(error) => println!("\nsaid: {error}"),
    }
}

fn pools(variables: &[(&str, &str)]) -> String {
    let said = said(&mut child("settings::pools_of_a_child", variables));
    said.lines().find_map(|line| line.strip_prefix("said: ")).unwrap_or(&said).to_owned()
}

#[test]
fn code_comes_before_a_variable_and_that_before_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("webtask.toml");
    fs::write(
        &file,
        "[pools.default]\nsize = 4\nwait = \"5s\"\n[pools.\"of code\"]\nsize = 9\n[pools.third]\nsize = 5",
    )
    .unwrap();
    let file = file.to_str().unwrap();
    assert_eq!(pools(&[]), "default=2 of code=3");
    assert_eq!(pools(&[("WEBTASK_SETTINGS", file)]), "default=4 of code=3 third=5");
    let more =
        [("WEBTASK_SETTINGS", file), ("WEBTASK_POOL_DEFAULT_SIZE", "6"), ("WEBTASK_POOL_OF_CODE_SIZE", "7")];
    assert_eq!(pools(&more), "default=6 of code=3 third=5");
    assert_eq!(
        pools(&[("WEBTASK_SETTINGS", file), ("WEBTASK_POOL_THIRD_SIZE", "1")]),
        "default=4 of code=3 third=1"
    );
    assert_eq!(pools(&[("WEBTASK_POOL_DEFAULT_SIZE", "")]), "default=2 of code=3");
}

#[test]
fn a_wrong_variable_is_named() {
    for (name, value, wrong) in [
        ("POOL_DEFAULT_SIZE", "many", "`size` is `many`, and should be a whole number"),
        ("POOL_DEFAULT_SIZE", "0", "pool `default` has no window; give it a `size` of at least 1"),
        ("POOL_DEFAULT_SZIE", "1", "unknown key `szie`; did you mean `size`?"),
        ("POOL_DEFAULT_HEADERS", "a", "unknown key `headers`; there are `accept_invalid_certs`, "),
        (
            "POOL_DEFAULT_CREDENTIALS",
            "https://a.test ann",
            "`credentials` is `https://a.test ann`, and should be `ORIGIN USER SECRET`, with commas between several",
        ),
        (
            "POOL_DEFAULT_ACCEPT_INVALID_CERTS",
            "a.test, *",
            "pool `default` has a wrong `accept_invalid_certs`: `*` is not a host; ",
        ),
        ("POOL_OTHER_SIZE", "1", "it does not name a pool; there are `default`, `of code`"),
        (
            "POOL_DEFAULT_BLOCK_TYPES",
            "image, fnt",
            "pool `default` has a wrong `block_types`: unknown name `fnt`; did you mean `font`?",
        ),
        ("POOL_DEFAULT_ALLOW_PRIVATE", "yes", "`allow_private` is `yes`, and should be `1` or `0`"),
        ("SANDBOX", "maybe", "`sandbox` is `maybe`, and should be `1` or `0`"),
        ("SERVER_ADRESS", "[::1]:80", "unknown key `adress`; did you mean `address`?"),
        ("SERVER_address", "[::1]:80", "unknown key `address`; did you mean `address`?"),
        ("SERVER_FILES", "a", "unknown key `files`; there are `address`, "),
        ("SERVER_GRACE", "long", "`grace` is `long`, and should be a duration such as "),
        ("SERVER_ALLOW_ORIGINS", "https://a.test, *", "`allow_origins` is wrong: `*` is not an origin; "),
    ] {
        let said = pools(&[(&format!("WEBTASK_{name}"), value)]);
        assert!(said.starts_with(&format!("environment variable `WEBTASK_{name}`: {wrong}")), "{said}");
    }
    let said = pools(&[("WEBTASK_SETTINGS", "/nowhere/webtask.toml")]);
    assert!(said.starts_with("the settings `/nowhere/webtask.toml` cannot be read: "), "{said}");
}

/// What a child tells: where its server listens.
#[test]
fn a_server_of_a_child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let webtask = Webtask::builder().build().unwrap();
    let mut server = Server::new(&webtask, []);
    if let Ok(address) = std::env::var("OF_CODE") {
        server = server.address(address.parse().unwrap());
    }
    match runtime.block_on(server.bind()) {
        Ok(listening) => println!("\nsaid: {}", listening.address().ip()),
        Err(error) => println!("\nsaid: {error}"),
    }
}

/// The IP address that a server listens on when these variables are set, or the error.
pub(crate) fn server(variables: &[(&str, &str)]) -> String {
    let said = said(&mut child("settings::a_server_of_a_child", variables));
    said.lines().find_map(|line| line.strip_prefix("said: ")).unwrap_or(&said).to_owned()
}

#[test]
fn a_server_listens_where_code_a_variable_or_the_file_says() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("webtask.toml");
    fs::write(&file, "[server]\naddress = \"127.0.0.2:0\"\ntoken_secrets = [\"door\"]").unwrap();
    let file = ("WEBTASK_SETTINGS", file.to_str().unwrap());
    let said = server;
    let token = ("WEBTASK_SECRET_door", "s3cret");
    assert_eq!(said(&[file, token]), "127.0.0.2");
    let variable = ("WEBTASK_SERVER_ADDRESS", "127.0.0.3:0");
    assert_eq!(said(&[file, token, variable]), "127.0.0.3");
    assert_eq!(said(&[file, token, variable, ("OF_CODE", "127.0.0.4:0")]), "127.0.0.4");
    // With a token it may be reached from elsewhere.
    assert_eq!(said(&[file, token, ("WEBTASK_SERVER_ADDRESS", "0.0.0.0:0")]), "0.0.0.0");
    let none = said(&[("WEBTASK_SERVER_ADDRESS", "0.0.0.0:0")]);
    assert!(
        none.starts_with("`0.0.0.0:0` can be reached from other machines; give the server a `token`"),
        "{none}"
    );
    let missing = said(&[file]);
    assert!(missing.starts_with("`token_secrets`: secret `door` is not set; give it by "), "{missing}");
}

fn built(folder: &Path, text: &str) -> Result<Webtask, String> {
    let file = folder.join("webtask.toml");
    fs::write(&file, text).unwrap();
    Webtask::builder().settings(&file).build().map_err(|error| {
        assert_eq!(error.kind(), ErrorKind::Config);
        error.message().replace(&*file.to_string_lossy(), "webtask.toml")
    })
}

#[test]
fn what_is_wrong_in_a_file_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    for (text, wrong) in [
        ("fils = 1", "webtask.toml:1:1: unknown key `fils`; did you mean `files`?"),
        ("\n  sandbox = 1", "webtask.toml:2:3: `sandbox` is `1`, and should be `true` or `false`"),
        ("files = [1]", "webtask.toml:1:1: `files` is a list, and should be a text"),
        (
            "size = 4",
            "webtask.toml:1:1: unknown key `size`; there are `browser`, `connect`, `failures`, `ffmpeg`, `files`, `profiles`, `record`, `replay`, `results`, `sandbox`, `secrets`, `slow`, `strict`, `visible`, `pools`, `server`, `settings`",
        ),
        ("server = 4", "webtask.toml:1:1: `server` should be a table, like `[server]`"),
        (
            "[server]\nadress = \"[::1]:80\"",
            "webtask.toml:2:1: unknown key `adress`; did you mean `address`?",
        ),
        (
            "[server]\naddress = \"localhost\"",
            "webtask.toml:2:1: `address` is `localhost`, and should be an address such as `127.0.0.1:8765` or `[::]:8765`",
        ),
        (
            "[server]\nallow_hosts = [\"a.test\", \"http://b.test\"]",
            "webtask.toml:2:1: `allow_hosts` is wrong: `http://b.test` is not a host; write `example.com` or `example.com:8080`",
        ),
        (
            "[server]\nallow_origins = [\"*\"]",
            "webtask.toml:2:1: `allow_origins` is wrong: `*` is not an origin; write `https://example.com`",
        ),
        (
            "[server]\n\nheartbeat = \"0s\"",
            "webtask.toml:3:1: `heartbeat` is zero; leave it out for 15 seconds",
        ),
        (
            "[server]\nbody_limit = \"much\"",
            "webtask.toml:2:1: `body_limit` is `much`, and should be a size such as `512kB`, `500MB` or `2GiB`",
        ),
        (
            "[server]\nfiles = \"public\"",
            "webtask.toml:2:1: `files` is `public`, and should be a table of folders, like `{ \"/files\" = \"public\" }`",
        ),
        (
            "[server]\ntoken_secrets = [\"s3cret-t0ken\"]",
            "webtask.toml:2:1: `token_secrets` has what is no name of a secret; write one such as `server_token`, and \
                give the token by `WEBTASK_SECRET_server_token`",
        ),
        ("pools = 4", "webtask.toml:1:1: `pools` should be a table of pools, like `[pools.default]`"),
        (
            "[pools]\nsize = 4",
            "webtask.toml:2:1: `size` is a setting of a pool; write it below `[pools.default]`",
        ),
        ("[pools.a]\nszie = 4", "webtask.toml:2:1: unknown key `szie`; did you mean `size`?"),
        ("[pools.a]\nsize = -1", "webtask.toml:2:1: `size` is `-1`, and should be a whole number"),
        (
            "[pools.a]\nsize = 1.5",
            "webtask.toml:2:1: `size` is a number with a fraction, and should be a whole number",
        ),
        ("[pools.a]\nsize = 0", "webtask.toml:2:1: pool `a` has no window; give it a `size` of at least 1"),
        (
            "[pools.a]\nwait = \"ten\"",
            "webtask.toml:2:1: `wait` is `ten`, and should be a duration such as `800ms`, `10s`, `1.5m` or `1h`",
        ),
        (
            "[pools.a]\nwindow_size = \"big\"",
            "webtask.toml:2:1: `window_size` is `big`, and should be a size such as `1280x720`",
        ),
        (
            "[pools.a]\nlocale = \"de_CH\"",
            "webtask.toml:2:1: pool `a` has a wrong `locale`: `de_CH` is not a language; write one such as `de-CH`",
        ),
        (
            "[pools.a]\n\nheaders = [\"x\"]",
            "webtask.toml:3:1: `headers` is a list, and should be a table of texts",
        ),
        (
            "[pools.a]\nheaders = { Host = \"x\" }",
            "webtask.toml:2:1: pool `a` has a wrong `headers`: `Host` is the browser's own to say",
        ),
    ] {
        assert_eq!(built(folder.path(), text).unwrap_err(), wrong, "{text}");
    }
    let error = built(folder.path(), "files = \"a\"\nfiles = \"b\"").unwrap_err();
    assert!(error.starts_with("webtask.toml:2:1: "), "{error}");
    let error = built(folder.path(), "a = [").unwrap_err();
    assert!(error.starts_with("webtask.toml:1:"), "{error}");
}

#[test]
fn every_key_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("web")).unwrap();
    let webtask = built(
        folder.path(),
        r#"
            browser = "/usr/bin/chromium"
            files = "data"
            replay = "web"
            sandbox = true
            secrets = "."
            profiles = "profiles"
            [pools.all]
            size = 3
            kind = "session"
            recycle_after = 10
            recycle_above = "2GiB"
            queue = 1
            wait = 250
            allow_private = true
            proxy = "http://a:b@proxy.example:3128"
            window_size = "800x600"
            locale = "de-CH"
            timezone = "Europe/Zurich"
            user_agent = "Reader/1.0"
            headers = { x-a = "b", x-c = "d" }
            block_types = ["image"]
            block_urls = ["*/ads/*"]
            downloads = "down"
            permissions = ["geolocation"]
            [pools.one]
            profile = "one"
            [server]
            address = "[::1]:9000"
            allow_hosts = ["tasks.example.com"]
            allow_origins = ["https://app.example.com"]
            token_secrets = ["server_token"]
            files = { "/files" = "public" }
            compress = true
            body_limit = "64KiB"
            header_limit = "5s"
            heartbeat = "20s"
            grace = "1m"
            connections = 100
            streams = 50
            event_buffer = "1MiB"
            slow_reader_timeout = "2s"
            keep_time = "1h"
            keep_runs = 10
            keep_bytes = "1GiB"
        "#,
    )
    .unwrap();
    assert_eq!((webtask.pools()[0].0.as_str(), webtask.pools()[0].1.size), ("all", 3));
    // Beside the file, wherever we are.
    assert!(folder.path().join("down").is_dir());
}

#[tokio::test]
async fn secrets_come_from_code_from_a_file_and_from_a_folder() {
    let site = crate::support::site::Site::start().await;
    let folder = tempfile::tempdir().unwrap();
    let pool = || Pool::new("default").allow_private(true);
    let file = folder.path().join("secrets");
    fs::write(&file, "# of the file\nalpha=a=1 \nbeta=of the file\n").unwrap();
    let echo = async |webtask: Webtask| {
        let answer = asks(&webtask, asks::Input { url: site.url("/echo") }).await.unwrap().answer;
        assert!(!answer.body.contains("of the"), "{}", answer.body);
        site.heads("/echo").pop().unwrap()
    };

    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    let webtask =
        Webtask::builder().pool(pool()).secrets(&file).secret("beta", "of the code").build().unwrap();
    let head = echo(webtask).await;
    assert!(head.contains("x-alpha: a=1") && head.contains("x-beta: of the code"), "{head}");

    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    let error = Webtask::builder().secrets(&file).build().unwrap_err();
    let expected = format!(
        "the secrets `{}` cannot be read: everybody may read them; `chmod o-r` the file",
        file.display()
    );
    assert_eq!((error.kind(), error.message()), (ErrorKind::Config, expected.as_str()));

    // As containers mount them: links to files in a hidden folder.
    let mounted = folder.path().join("mounted");
    fs::create_dir_all(mounted.join("..data")).unwrap();
    for (name, value) in
        [("alpha", "of the folder\n"), ("beta", "of the folder, two\n\n"), ("tls.crt", "no secret")]
    {
        fs::write(mounted.join("..data").join(name), value).unwrap();
        std::os::unix::fs::symlink(Path::new("..data").join(name), mounted.join(name)).unwrap();
    }
    let webtask = Webtask::builder().pool(pool()).secrets(&mounted).build().unwrap();
    let error = asks(&webtask, asks::Input { url: site.url("/echo") }).await.unwrap_err();
    // A value of two lines is not a header.
    assert_eq!(error.kind(), ErrorKind::StepFailed);
    assert!(!error.message().contains("two\n"), "{error}");
    fs::write(mounted.join("beta"), "of the folder, two\r\n").unwrap();
    let head = echo(Webtask::builder().pool(pool()).secrets(&mounted).build().unwrap()).await;
    assert!(head.contains("x-alpha: of the folder") && head.contains("x-beta: of the folder, two"), "{head}");
}

#[test]
fn every_missing_secret_is_named_before_anything_starts() {
    let expected = "secrets are not set: `alpha` of task `asks`, `beta` of task `asks`, `gamma` of task `asks/too`; \
        give each as `alpha`: by `Webtask::builder().secret(\"alpha\", …)`, `WEBTASK_SECRET_alpha` or a file that \
        `WEBTASK_SECRETS` names";
    let tasks = || [asks::TASK.clone(), asks_too::TASK.clone()];
    let error = Webtask::builder().require(tasks()).build().unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Config, expected));
    // A server finds it, too.
    let webtask = Webtask::builder().build().unwrap();
    let error = webtask::server::routes(&webtask, tasks()).err().unwrap();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Config, expected));
    let webtask = Webtask::builder().secret("alpha", "a").secret("beta", "b").build().unwrap();
    let error = webtask::server::routes(&webtask, tasks()).err().unwrap();
    assert!(
        error.message().starts_with("secret `gamma` of task `asks/too` is not set; give it by `"),
        "{error}"
    );
    // Nobody is at a terminal here.
    let said = said(child("settings::a_child_asks", &[]).stdin(Stdio::null()));
    assert!(said.contains("secrets are not set: `beta` of task `asks/too`"), "{said}");
}

/// What a child asks for, and gets.
#[test]
fn a_child_asks() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    match Webtask::builder().require([asks_too::TASK.clone()]).ask_secrets(true).build() {
        Ok(webtask) => {
            println!("\nsaid: {:?}", webtask::server::routes(&webtask, [asks_too::TASK.clone()]).is_ok());
        }
        Err(error) => println!("\nsaid: {error}"),
    }
}

#[test]
fn a_secret_is_asked_for_at_a_terminal_without_echo() {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use rustix::termios::LocalModes;
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let terminal = ptsname(&master, Vec::new()).unwrap();
    let terminal = fs::File::options().read(true).write(true).open(terminal.to_str().unwrap()).unwrap();
    let direct = child("settings::a_child_asks", &[]);
    // The child's controlling terminal is that one: it is where a secret is asked for.
    let mut command = Command::new("setsid");
    command.args(["--ctty", "--wait"]).arg(direct.get_program()).args(direct.get_args()).env(CHILD, "1");
    command.stdin(terminal.try_clone().unwrap()).stdout(terminal.try_clone().unwrap()).stderr(Stdio::null());
    let mut process = command.spawn().unwrap();
    drop((command, terminal));

    let mut master = fs::File::from(master);
    let mut shown = String::new();
    let mut bytes = [0; 4096];
    let mut answered = 0;
    while let Ok(read @ 1..) = master.read(&mut bytes) {
        shown.push_str(&String::from_utf8_lossy(&bytes[..read]));
        let asked = shown.matches("secret `").count();
        // A second one is asked for after the first was answered.
        if asked > answered && shown.ends_with("`: ") {
            answered += 1;
            // What is typed before the terminal keeps it to itself would be shown.
            while rustix::termios::tcgetattr(&master).unwrap().local_modes.contains(LocalModes::ECHO) {
                std::thread::yield_now();
            }
            std::io::Write::write_all(&mut master, format!("hunter{answered}\n").as_bytes()).unwrap();
        }
    }
    assert!(process.wait().unwrap().success());
    assert!(shown.contains("secret `beta`: ") && shown.contains("secret `gamma`: "), "{shown}");
    assert!(shown.contains("said: true"), "{shown}");
    assert!(!shown.contains("hunter"), "{shown}");
}
