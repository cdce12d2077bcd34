//! `recording/…`.

use std::fs;

use serde_json::json;

use crate::picture::gif;
use crate::service::run;

pub(crate) const RED: [u8; 3] = [200, 0, 0];
pub(crate) const AMBER: [u8; 3] = [240, 160, 0];
pub(crate) const GREEN: [u8; 3] = [0, 140, 60];

#[test]
fn record() {
    run(async |service| {
        let [json, stream] = service.twice("recording/record", json!({ "name": "to green" })).await;
        // The second film has replaced the first.
        let file = fs::read(service.files().join("recordings/to green.gif")).expect("a file");
        let told = json!({ "name": "film", "path": "recordings/to green.gif", "size": file.len() });
        stream
            .is(json!({ "path": "recordings/to green.gif", "size": file.len() }))
            .says(&["the lights are amber", "the lights are green"])
            .tells(&[("recording", "", told)]);
        assert_eq!(json.data["path"], "recordings/to green.gif");

        let (pictures, time) = gif(&file);
        let colours: Vec<_> = pictures.iter().map(|picture| picture.at(70, 110)).collect();
        assert_eq!((colours[0], colours[colours.len() - 1]), (RED, GREEN));
        let order = [RED, AMBER, GREEN];
        let places = colours.iter().map(|colour| order.iter().position(|other| other == colour));
        assert!(places.clone().all(|place| place.is_some()) && places.is_sorted(), "{colours:?}");
        assert_eq!(pictures[0].size, (320, 240));
        assert!(time >= 60, "two pauses of 300 ms are in it: {time}");
    });
}
