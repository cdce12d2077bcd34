//! `record`: the film in its file, read by the library made for it, and what is told of it.

use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use webtask::{ErrorKind, Event, Webtask, webtask};

use crate::capture::with_files;

/// A page that is blue, and another one when its script says so.
const PAGE: &str =
    "data:text/html,<style>body{margin:0;background:rgb(0,0,255)}</style><div id=box>box</div>";

const RED: [u8; 3] = [255, 0, 0];
const GREEN: [u8; 3] = [0, 255, 0];
const BLUE: [u8; 3] = [0, 0, 255];

webtask! {
    task "film/all" {
        input name string required;
        emulate width 320 height 200;
        goto (PAGE);
        record clip path "clips/{{name}}.gif" {
            js _ "document.body.style.background = 'rgb(0,255,0)'";
            wait 300ms;
            js title "document.body.style.background = 'rgb(255,0,0)'; return document.body.innerText.trim()";
        }
        set size "{{clip.size}}";
    }

    task "film/still" {
        emulate width 320 height 200;
        goto (PAGE);
        record still fps 30 { wait 500ms; }
        record _ { set kept "a"; }
    }

    task "film/one" {
        emulate width 320 height 200;
        goto (PAGE);
        record first;
        js _ "document.body.style.background = 'rgb(255,0,0)'";
        record path "second.gif";
        retry 2 {
            js _ "document.body.style.background = 'rgb(0,255,0)'";
        }
        js _ "document.body.style.background = 'rgb(0,0,255)'";
    }

    task "film/bounds" {
        emulate width 320 height 200;
        goto (PAGE);
        js _ "let n = 0; (function turn() { document.body.style.background = `rgb(${++n % 250},9,9)`; requestAnimationFrame(turn) })()";
        record one frames 1 { wait 100ms; }
        record few frames (3) fps 30 { wait 1s; }
        record brief for 1ms { wait 100ms; }
        record slow fps 2 { wait 2s; }
    }

    task "film/quality" {
        input quality int required;
        emulate width 320 height 200;
        goto "data:text/html,<body style='margin:0;background:linear-gradient(90deg,red,yellow,lime,cyan,blue,magenta)'>";
        record clip format mp4 quality (quality.try_into().unwrap_or(0)) { wait 200ms; }
        record drawn quality 100 { wait 50ms; }
    }

    task "film/sizes" {
        emulate width 320 height 200;
        goto (PAGE);
        record clip { emulate width 100 height 200; }
    }

    task "film/fails" {
        secret token;
        input absent string required;
        input name string required;
        emulate width 320 height 200;
        goto (PAGE);
        record broken path "{{name}}.gif" {
            js _ "document.body.style.background = 'rgb(255,0,0)'" args ["{{token}}"];
            click "#{{absent}}" timeout 100ms;
        }
    }

    task "film/returns" {
        emulate width 320 height 200;
        goto (PAGE);
        record path "returned.gif" {
            if js "return true" { return "early"; }
        }
    }

    task "film/waits" {
        goto (PAGE);
        record path "never.gif" {
            status "filming";
            wait 1m;
        }
    }

    task "film/link" {
        goto (PAGE);
        record path "link/out.gif" { wait 0; }
    }

    task "film/tries" {
        emulate width 320 height 200;
        goto (PAGE);
        retry 2 {
            record path "try.gif" {
                js tries "return window.tries = (window.tries ?? 0) + 1";
                click "#box" text "{{tries}}" timeout 100ms;
            }
        }
    }

    task "film/mp4" {
        emulate width 321 height 201;
        goto (PAGE);
        record clip format mp4 path "clip.mp4" {
            status "begun";
            wait 500ms;
            js _ "document.body.style.background = 'rgb(255,0,0)'";
        }
    }

    task "film/webm" {
        emulate width 320 height 200;
        goto (PAGE);
        record path "clip.webm" format webm fps 5 {
            wait 500ms;
            js _ "document.body.style.background = 'rgb(255,0,0)'";
        }
    }
}

/// A film as whoever watches it sees it.
struct Seen {
    size: (u16, u16),
    /// The pictures, and how long each is shown, in hundredths of a second.
    pictures: Vec<(Vec<u8>, u16)>,
}

impl Seen {
    fn read(file: &[u8]) -> Self {
        let mut options = gif::DecodeOptions::new();
        options.set_color_output(gif::ColorOutput::RGBA);
        let mut decoder = options.read_info(file).unwrap();
        let size = (decoder.width(), decoder.height());
        let mut canvas = vec![0; usize::from(size.0) * usize::from(size.1) * 4];
        let mut pictures = Vec::new();
        while let Some(frame) = decoder.read_next_frame().unwrap() {
            for y in 0..usize::from(frame.height) {
                let row = usize::from(frame.width) * 4;
                let at = ((y + usize::from(frame.top)) * usize::from(size.0) + usize::from(frame.left)) * 4;
                canvas[at..at + row].copy_from_slice(&frame.buffer[y * row..(y + 1) * row]);
            }
            pictures.push((canvas.clone(), frame.delay));
        }
        Self { size, pictures }
    }

    fn of(file: impl AsRef<Path>) -> Self {
        Self::read(&std::fs::read(file).unwrap())
    }

    fn base64(text: &str) -> Self {
        Self::read(&STANDARD.decode(text).unwrap())
    }

    /// The colour near the right bottom corner of each picture.
    fn colours(&self) -> Vec<[u8; 3]> {
        let at = |pixels: &Vec<u8>| {
            let at = pixels.len() - 12;
            [pixels[at], pixels[at + 1], pixels[at + 2]]
        };
        self.pictures.iter().map(|(pixels, _)| at(pixels)).collect()
    }

    fn time(&self) -> u64 {
        self.pictures.iter().map(|(_, delay)| u64::from(*delay)).sum()
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_film_shows_what_changed_and_is_told_of() {
    let (webtask, folder) = with_files();
    let mut run = film_all(&webtask, film_all::Input { name: "one".into() });
    let told = run.next().await.unwrap();
    let written = std::fs::read(folder.path().join("clips/one.gif")).unwrap();
    assert_eq!(told.name(), "recording");
    let data = format!(r#"{{"name":"clip","path":"clips/one.gif","size":{}}}"#, written.len());
    assert_eq!(told.data(), data);

    let output = run.await.unwrap();
    assert_eq!((output.title.as_str().unwrap(), output.clip.path.as_str()), ("box", "clips/one.gif"));
    assert_eq!((output.clip.size, output.size), (written.len() as i64, written.len() as i64));
    assert_eq!(output.clip.bytes().unwrap(), written);

    let film = Seen::read(&written);
    assert_eq!(film.size, (320, 200));
    let colours = film.colours();
    assert_eq!((colours[0], *colours.last().unwrap()), (BLUE, RED));
    assert!(colours.iter().all(|colour| [BLUE, GREEN, RED].contains(colour)), "{colours:?}");
    assert!(film.time() >= 30, "{}", film.time());
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_page_that_stays_as_it_is_is_one_picture() {
    let webtask = Webtask::builder().build().unwrap();
    let mut run = film_still(&webtask, film_still::Input {});
    let last = run.next().await.unwrap();
    let Event::Done(output) = last else { panic!("nothing is written, so nothing is told: {last:?}") };
    let film = Seen::base64(&output.still);
    assert_eq!(film.colours(), [BLUE]);
    assert!(film.time() >= 50, "{}", film.time());
    assert_eq!(output.kept, "a");
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn without_a_block_the_next_step_alone_is_filmed() {
    let (webtask, folder) = with_files();
    let mut run = film_one(&webtask, film_one::Input {});
    let told = run.next().await.unwrap();
    assert!(told.data().starts_with(r#"{"name":null,"path":"second.gif","size":"#), "{told:?}");
    let output = run.await.unwrap();
    assert_eq!(Seen::base64(&output.first).colours(), [BLUE, RED]);
    assert_eq!(Seen::of(folder.path().join("second.gif")).colours(), [RED, GREEN]);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn it_films_as_much_as_it_may() {
    let webtask = Webtask::builder().build().unwrap();
    let output = film_bounds(&webtask, film_bounds::Input {}).await.unwrap();
    assert_eq!(Seen::base64(&output.one).pictures.len(), 1);
    let few = Seen::base64(&output.few).pictures.len();
    assert!((2..=3).contains(&few), "{few}");
    assert_eq!(Seen::base64(&output.brief).pictures.len(), 1);
    // One at the beginning, two a second, one at the end.
    let slow = Seen::base64(&output.slow);
    assert!(slow.pictures.len() >= 2 && slow.pictures.len() as u64 <= slow.time() / 50 + 2);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_picture_of_another_size_is_fitted() {
    let webtask = Webtask::builder().build().unwrap();
    let film = Seen::base64(&film_sizes(&webtask, film_sizes::Input {}).await.unwrap().clip);
    assert_eq!(film.size, (320, 200));
    let (last, _) = film.pictures.last().unwrap();
    let colour = |x: usize| &last[(100 * 320 + x) * 4..][..3];
    assert_eq!((colour(100), colour(160), colour(220)), (&[255; 3][..], &BLUE[..], &[255; 3][..]));
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn steps_that_fail_leave_their_film() {
    let folder = tempfile::tempdir().unwrap();
    let webtask = Webtask::builder().files(folder.path()).secret("token", "hush").build().unwrap();
    let input = film_fails::Input { absent: "absent".into(), name: "a hush b".into() };
    let mut run = film_fails(&webtask, input);
    let told = run.next().await.unwrap();
    let written = std::fs::read(folder.path().join("a [redacted] b.gif")).unwrap();
    let data = format!(r#"{{"name":"broken","path":"a [redacted] b.gif","size":{}}}"#, written.len());
    assert_eq!(told.data(), data);
    let Some(Event::Failed(error)) = run.next().await else { panic!("it fails") };
    assert_eq!(error.step().unwrap().name, "click");
    let colours = Seen::read(&written).colours();
    assert_eq!((colours[0], *colours.last().unwrap()), (BLUE, RED));

    // A try that fails leaves its film, which that of the next one replaces.
    let mut run = film_tries(&webtask, film_tries::Input {});
    for _ in 0..2 {
        assert_eq!(run.next().await.unwrap().name(), "recording");
    }
    assert!(matches!(run.next().await, Some(Event::Failed(_))));

    assert_eq!(film_returns(&webtask, film_returns::Input {}).await.unwrap().unwrap(), "early");
    assert_eq!(Seen::of(folder.path().join("returned.gif")).colours(), [BLUE]);
    assert_eq!(names(folder.path()), ["a [redacted] b.gif", "returned.gif", "try.gif"]);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_film_stays_in_its_folder_and_a_dropped_run_leaves_none() {
    let (webtask, folder) = with_files();
    let mut run = film_waits(&webtask, film_waits::Input {});
    assert_eq!(run.next().await.unwrap().name(), "status");
    drop(run);
    assert_eq!(names(folder.path()), Vec::<String>::new());

    let elsewhere = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("link")).unwrap();
    let error = film_link(&webtask, film_link::Input {}).await.unwrap_err();
    assert!(error.message().starts_with("file `link/out.gif` cannot be written: "), "{error}");
    assert_eq!(error.step().unwrap().name, "record");
    let input = film_all::Input { name: "../up".into() };
    let error = film_all(&webtask, input).await.unwrap_err();
    assert!(error.message().starts_with("placeholder `{{name}}` "), "{error}");
    assert_eq!(names(elsewhere.path()), Vec::<String>::new());
    assert_eq!(names(folder.path()), ["link"]);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn without_ffmpeg_no_step_begins() {
    let folder = tempfile::tempdir().unwrap();
    let program = script(folder.path(), "exit 0");
    let webtask = Webtask::builder().files(folder.path()).ffmpeg(&program).build().unwrap();
    std::fs::remove_file(&program).unwrap();
    let mut run = film_mp4(&webtask, film_mp4::Input {});
    let Some(Event::Failed(error)) = run.next().await else { panic!("its steps must not begin") };
    let told = format!("ffmpeg is not at `{}`, where it is set to be", program.display());
    assert_eq!(error.message(), told);
    assert_eq!(error.step().unwrap().name, "record");
    webtask.close().await.unwrap();
    let error = Webtask::builder().ffmpeg(&program).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}

/// A program in the place of ffmpeg.
fn script(folder: &Path, lines: &str) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let script = folder.join("ffmpeg");
    std::fs::write(&script, format!("#!/bin/sh\n{lines}\n")).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    script
}

/// Waits until a test's own condition holds.
async fn until(mut holds: impl FnMut() -> bool) {
    while !holds() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn an_ffmpeg_that_fails_says_why_and_a_dropped_run_ends_it() {
    let (folder, tools) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let fails = script(tools.path(), "cat >/dev/null; echo 'no such codec' >&2; exit 3");
    let webtask = Webtask::builder().files(folder.path()).ffmpeg(&fails).build().unwrap();
    let error = film_mp4(&webtask, film_mp4::Input {}).await.unwrap_err();
    let expected = format!("`{}` cannot make the film (exit status: 3): no such codec", fails.display());
    assert_eq!(error.message(), expected);

    let pid = tools.path().join("pid");
    script(tools.path(), &format!("echo $$ >{0}.new; mv {0}.new {0}; exec sleep 1000", pid.display()));
    let mut run = film_mp4(&webtask, film_mp4::Input {});
    assert_eq!(run.next().await.unwrap().name(), "status");
    tokio::select! {
        event = run.next() => panic!("{event:?}"),
        () = until(|| pid.exists()) => {}
    }
    let process = format!("/proc/{}/stat", std::fs::read_to_string(&pid).unwrap().trim());
    assert!(Path::new(&process).exists());
    drop(run);
    let ended = || std::fs::read_to_string(&process).map_or(true, |stat| stat.contains(") Z "));
    tokio::time::timeout(Duration::from_secs(30), until(ended)).await.expect("it is killed");
    assert_eq!(names(folder.path()), Vec::<String>::new());
    webtask.close().await.unwrap();
}

/// The frames of a video in so many pixels, as ffmpeg itself reads them.
fn frames(file: &Path, (width, height): (usize, usize)) -> Vec<[u8; 3]> {
    let output = std::process::Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(file)
        .args(["-f", "rawvideo", "-pix_fmt", "rgb24", "-"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let size = width * height * 3;
    assert_eq!(output.stdout.len() % size, 0);
    let middle = (height / 2 * width + width / 2) * 3;
    output.stdout.chunks(size).map(|frame| [frame[middle], frame[middle + 1], frame[middle + 2]]).collect()
}

fn is_near(colour: [u8; 3], other: [u8; 3]) -> bool {
    colour.iter().zip(other).all(|(one, other)| one.abs_diff(other) < 24)
}

#[tokio::test]
async fn an_installed_ffmpeg_makes_videos() {
    if std::process::Command::new("ffmpeg").arg("-version").output().is_err() {
        eprintln!("SKIPPED: ffmpeg is not installed, so no MP4 and no WebM was made");
        return;
    }
    let (webtask, folder) = with_files();
    let output = film_mp4(&webtask, film_mp4::Input {}).await.unwrap();
    // Its sides are even.
    let mp4 = frames(&folder.path().join("clip.mp4"), (322, 202));
    assert!(mp4.len() >= 5, "half a second has {} frames", mp4.len());
    assert!(is_near(mp4[0], BLUE) && is_near(*mp4.last().unwrap(), RED), "{mp4:?}");
    let file = std::fs::read(folder.path().join("clip.mp4")).unwrap();
    assert_eq!(output.clip.bytes().unwrap(), file);

    film_webm(&webtask, film_webm::Input {}).await.unwrap();
    let webm = frames(&folder.path().join("clip.webm"), (320, 200));
    assert!(webm.len() >= 3, "half a second has {} frames", webm.len());
    assert!(is_near(webm[0], BLUE) && is_near(*webm.last().unwrap(), RED), "{webm:?}");
    assert_eq!(names(folder.path()), ["clip.mp4", "clip.webm"]);
    webtask.close().await.unwrap();
}

#[tokio::test]
async fn a_better_film_is_larger() {
    if std::process::Command::new("ffmpeg").arg("-version").output().is_err() {
        eprintln!("SKIPPED: ffmpeg is not installed, so no MP4 was made");
        return;
    }
    let (webtask, _folder) = with_files();
    let mut sizes = Vec::new();
    for quality in [0, 100] {
        let output = film_quality(&webtask, film_quality::Input { quality }).await.unwrap();
        sizes.push(output.clip.len());
        assert!(STANDARD.decode(&output.drawn).unwrap().starts_with(b"GIF89a"));
    }
    assert!(sizes[0] < sizes[1], "{sizes:?}");
    let error = film_quality(&webtask, film_quality::Input { quality: 400 }).await.unwrap_err();
    assert_eq!(error.message(), "bad quality `400`; it is from 0 to 100");
    webtask.close().await.unwrap();
}
