//! What kind of network an IP address belongs to. It knows no name and no URL.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address is none of the public internet, in words that stand before "address".
pub(crate) fn not_public(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => of_v4(address),
        IpAddr::V6(address) => of_v6(address),
    }
}

/// The networks of the IANA registry of special purposes that no public server is in.
fn of_v4(address: Ipv4Addr) -> Option<&'static str> {
    match address.octets() {
        [0, 0, 0, 0] => Some("an unspecified"),
        [127, ..] => Some("a loopback"),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Some("a private"),
        [169, 254, ..] => Some("a link-local"),
        [100, 64..=127, ..] => Some("a carrier's shared"),
        [224..=239, ..] => Some("a multicast"),
        [255, 255, 255, 255] => Some("a broadcast"),
        [0 | 240..=255, ..]
        | [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 18..=19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _] => Some("a reserved"),
        _ => None,
    }
}

fn of_v6(address: Ipv6Addr) -> Option<&'static str> {
    let segments = address.segments();
    match segments {
        [0, 0, 0, 0, 0, 0, 0, 0] => Some("an unspecified"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Some("a loopback"),
        // `::ffff:a.b.c.d` is the IPv4 address itself, and `64:ff9b::a.b.c.d` leads to it.
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => of_v4(last_v4(segments)),
        // `2002:a.b.c.d::` leads to it as well.
        [0x2002, high, low, ..] => of_v4(joined(high, low)),
        [0xfc00..=0xfdff, ..] | [0x64, 0xff9b, 1, ..] => Some("a private"),
        [0xfe80..=0xfeff, ..] => Some("a link-local"),
        [0xff00..=0xffff, ..] => Some("a multicast"),
        // Teredo and other protocols, documentation.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some("a reserved"),
        [0x2000..=0x3fff, ..] => None,
        _ => Some("a reserved"),
    }
}

fn last_v4(segments: [u16; 8]) -> Ipv4Addr {
    joined(segments[6], segments[7])
}

fn joined(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_is_not_public() {
        for (address, expected) in [
            ("0.0.0.0", "an unspecified"),
            ("0.1.2.3", "a reserved"),
            ("127.0.0.1", "a loopback"),
            ("127.255.255.255", "a loopback"),
            ("10.0.0.1", "a private"),
            ("172.16.0.1", "a private"),
            ("172.31.255.255", "a private"),
            ("192.168.1.1", "a private"),
            ("169.254.169.254", "a link-local"),
            ("100.64.0.1", "a carrier's shared"),
            ("100.127.255.255", "a carrier's shared"),
            ("224.0.0.1", "a multicast"),
            ("255.255.255.255", "a broadcast"),
            ("240.0.0.1", "a reserved"),
            ("198.18.0.1", "a reserved"),
            ("192.0.0.8", "a reserved"),
            ("203.0.113.7", "a reserved"),
            ("::", "an unspecified"),
            ("::1", "a loopback"),
            ("::127.0.0.1", "a reserved"),
            ("::ffff:127.0.0.1", "a loopback"),
            ("::ffff:10.0.0.1", "a private"),
            ("::ffff:0:127.0.0.1", "a reserved"),
            ("64:ff9b::7f00:1", "a loopback"),
            ("64:ff9b::a9fe:a9fe", "a link-local"),
            ("64:ff9b:1::1", "a private"),
            ("2002:7f00:1::", "a loopback"),
            ("2002:c0a8:101::1", "a private"),
            ("2001::1", "a reserved"),
            ("2001:db8::1", "a reserved"),
            ("fc00::1", "a private"),
            ("fd12:3456::1", "a private"),
            ("fe80::1", "a link-local"),
            ("fec0::1", "a link-local"),
            ("ff02::1", "a multicast"),
            ("3fff::1", "a reserved"),
            ("4000::1", "a reserved"),
        ] {
            assert_eq!(not_public(address.parse().expect("an address")), Some(expected), "{address}");
        }
        for address in [
            "1.1.1.1",
            "100.63.0.1",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2001:4860:4860::8888",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2002:101:101::",
        ] {
            assert_eq!(not_public(address.parse().expect("an address")), None, "{address}");
        }
    }
}
