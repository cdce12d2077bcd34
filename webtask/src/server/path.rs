//! What of a path is ours: from its text to an endpoint, and the methods that it answers. It knows no request.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::Endpoint;
use super::mount::Mount;

/// A path of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Path<'p> {
    Tasks,
    Task(Cow<'p, str>),
    Run(Cow<'p, str>),
    Health,
    Live,
    Ready,
    Metrics,
    OpenApi,
    /// What is below the mount of that number.
    Files(usize, Cow<'p, str>),
}

impl<'p> Path<'p> {
    /// What follows the prefix below which we are mounted; a slash at its end makes no difference.
    pub(super) fn read(tail: &'p str, mounts: &[Mount]) -> Option<Self> {
        let path = tail.strip_suffix('/').unwrap_or(tail);
        Some(match path {
            "tasks" => Self::Tasks,
            "health" => Self::Health,
            "livez" => Self::Live,
            "readyz" => Self::Ready,
            "metrics" => Self::Metrics,
            "openapi.json" => Self::OpenApi,
            other => {
                if let Some(id) = other.strip_prefix("runs/").filter(|id| !id.contains('/')) {
                    return Some(Self::Run(id.into()));
                }
                let below = |(index, mount): (usize, &Mount)| Some((index, mount.below(other)?));
                if let Some((index, rest)) = mounts.iter().enumerate().find_map(below) {
                    return Some(Self::Files(index, percent_decode_str(rest).decode_utf8_lossy()));
                }
                // Clients that know no path parameter of several segments write its slashes as `%2F`.
                Self::Task(percent_decode_str(other.strip_prefix("tasks/")?).decode_utf8_lossy())
            }
        })
    }

    /// The same, for longer than the text that it was read from.
    pub(super) fn into_owned(self) -> Path<'static> {
        match self {
            Self::Tasks => Path::Tasks,
            Self::Task(slug) => Path::Task(slug.into_owned().into()),
            Self::Run(id) => Path::Run(id.into_owned().into()),
            Self::Health => Path::Health,
            Self::Live => Path::Live,
            Self::Ready => Path::Ready,
            Self::Metrics => Path::Metrics,
            Self::OpenApi => Path::OpenApi,
            Self::Files(index, rest) => Path::Files(index, rest.into_owned().into()),
        }
    }

    /// The methods that are answered, as `Allow` lists them; none when the path is not ours.
    pub(super) fn allowed(&self, endpoints: &[Endpoint]) -> &'static str {
        let has = |endpoint| endpoints.contains(&endpoint);
        let read = |endpoint| if has(endpoint) { "GET, HEAD, OPTIONS" } else { "" };
        match self {
            Self::Tasks => read(Endpoint::List),
            Self::Health => read(Endpoint::Health),
            Self::Live => read(Endpoint::Live),
            Self::Ready => read(Endpoint::Ready),
            Self::Metrics => read(Endpoint::Metrics),
            Self::OpenApi => read(Endpoint::OpenApi),
            Self::Files(..) => read(Endpoint::Files),
            Self::Task(_) => match (has(Endpoint::Describe), has(Endpoint::Run)) {
                (true, true) => "GET, HEAD, POST, OPTIONS",
                (true, false) => "GET, HEAD, OPTIONS",
                (false, true) => "POST, OPTIONS",
                (false, false) => "",
            },
            Self::Run(_) => match (has(Endpoint::Runs), has(Endpoint::Cancel)) {
                (true, true) => "GET, HEAD, DELETE, OPTIONS",
                (true, false) => "GET, HEAD, OPTIONS",
                (false, true) => "DELETE, OPTIONS",
                (false, false) => "",
            },
        }
    }

    /// Whether an orchestrator asks, which is not a browser and has no token.
    pub(super) fn is_probe(&self) -> bool {
        matches!(self, Self::Live | Self::Ready)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_may_have_many_segments() {
        for (tail, path) in [
            ("tasks", Some(Path::Tasks)),
            ("tasks/", Some(Path::Tasks)),
            ("health", Some(Path::Health)),
            ("health/", Some(Path::Health)),
            ("livez", Some(Path::Live)),
            ("readyz/", Some(Path::Ready)),
            ("metrics", Some(Path::Metrics)),
            ("openapi.json", Some(Path::OpenApi)),
            ("tasks/a", Some(Path::Task("a".into()))),
            ("tasks/streaming/progress", Some(Path::Task("streaming/progress".into()))),
            ("tasks/streaming/progress/", Some(Path::Task("streaming/progress".into()))),
            ("tasks/streaming%2Fprogress", Some(Path::Task("streaming/progress".into()))),
            ("tasks//a", Some(Path::Task("/a".into()))),
            ("runs/1f", Some(Path::Run("1f".into()))),
            ("runs/1f/", Some(Path::Run("1f".into()))),
            ("runs/", None),
            ("runs", None),
            ("runs/1f/events", None),
            ("tasks/%ff", Some(Path::Task("\u{fffd}".into()))),
            ("", None),
            ("task", None),
            ("taskss", None),
            ("healthy", None),
            ("health/a", None),
            ("a/tasks", None),
            ("/tasks", None),
            ("livez/a", None),
        ] {
            assert_eq!(Path::read(tail, &[]), path, "{tail}");
        }
    }
}
