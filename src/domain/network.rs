//! Kinds of IP addresses: public addresses, addresses of private networks, and addresses to which nobody should post.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The network of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Network {
    /// The public internet.
    Public,
    /// This machine.
    Loopback,
    /// A private network.
    Private,
    /// An address that no receiver of notifications can have: reserved, multicast, or a cloud's metadata service. A
    /// metadata service gives the machine's credentials to every caller.
    Never,
}

/// The networks of IPv4. The first line that contains an address decides. The special ranges are IANA's registries;
/// the metadata addresses are those that the clouds document.
#[rustfmt::skip]
static V4: &[(Ipv4Addr, u32, Network)] = &[
    (Ipv4Addr::new(100, 100, 100, 200), 32, Network::Never), // Alibaba's metadata
    (Ipv4Addr::new(168, 63, 129, 16), 32, Network::Never),   // Azure's host
    (Ipv4Addr::new(0, 0, 0, 0), 8, Network::Never),          // this network; Linux takes it for loopback
    (Ipv4Addr::new(10, 0, 0, 0), 8, Network::Private),
    (Ipv4Addr::new(100, 64, 0, 0), 10, Network::Private),    // behind a carrier's translation
    (Ipv4Addr::new(127, 0, 0, 0), 8, Network::Loopback),
    (Ipv4Addr::new(169, 254, 0, 0), 16, Network::Never),     // link-local, where metadata are
    (Ipv4Addr::new(172, 16, 0, 0), 12, Network::Private),
    (Ipv4Addr::new(192, 0, 0, 0), 24, Network::Never),       // protocol assignments, Oracle's metadata
    (Ipv4Addr::new(192, 0, 2, 0), 24, Network::Never),       // documentation
    (Ipv4Addr::new(192, 88, 99, 0), 24, Network::Never),     // 6to4 relays
    (Ipv4Addr::new(192, 168, 0, 0), 16, Network::Private),
    (Ipv4Addr::new(198, 18, 0, 0), 15, Network::Private),    // benchmarks
    (Ipv4Addr::new(198, 51, 100, 0), 24, Network::Never),    // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24, Network::Never),     // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 3, Network::Never),        // multicast, reserved, broadcast
    (Ipv4Addr::new(0, 0, 0, 0), 0, Network::Public),
];

/// The networks of IPv6, as in [`V4`]. An address that contains an IPv4 address belongs to the network of that
/// address.
#[rustfmt::skip]
static V6: &[(Ipv6Addr, u32, Network)] = &[
    (Ipv6Addr::LOCALHOST, 128, Network::Loopback),
    (Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0), 32, Network::Never),    // Amazon's metadata
    (Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0), 32, Network::Never),     // Google's metadata
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, Network::Private),       // unique local
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, Network::Never),        // protocol assignments, Teredo
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, Network::Never),    // documentation
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, Network::Never),        // documentation
    (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3, Network::Public),
    (Ipv6Addr::UNSPECIFIED, 0, Network::Never),                              // link-local, multicast, the rest
];

/// The network of the address.
pub(super) fn network(address: IpAddr) -> Network {
    let found = match address.to_canonical() {
        IpAddr::V4(address) => V4
            .iter()
            .find(|(first, bits, _)| (address.to_bits() ^ first.to_bits()).checked_shr(32 - bits).unwrap_or(0) == 0)
            .map(|(_, _, network)| *network),
        IpAddr::V6(address) => match embedded(address) {
            Some(address) => Some(network(IpAddr::V4(address))),
            None => V6
                .iter()
                .find(|(first, bits, _)| {
                    (address.to_bits() ^ first.to_bits()).checked_shr(128 - bits).unwrap_or(0) == 0
                })
                .map(|(_, _, network)| *network),
        },
    };
    found.unwrap_or(Network::Never)
}

/// The IPv4 address inside an address of NAT64 (64:ff9b::/96) or 6to4 (2002::/16).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    match address.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            Some(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_of_ranges_lie_where_they_should() {
        for (address, expected) in [
            ("9.255.255.255", Network::Public),
            ("10.0.0.0", Network::Private),
            ("10.255.255.255", Network::Private),
            ("11.0.0.0", Network::Public),
            ("100.63.255.255", Network::Public),
            ("100.127.255.255", Network::Private),
            ("100.128.0.0", Network::Public),
            ("126.255.255.255", Network::Public),
            ("127.255.255.255", Network::Loopback),
            ("128.0.0.0", Network::Public),
            ("169.253.255.255", Network::Public),
            ("169.254.0.0", Network::Never),
            ("172.15.255.255", Network::Public),
            ("172.16.0.0", Network::Private),
            ("172.32.0.0", Network::Public),
            ("192.167.255.255", Network::Public),
            ("192.169.0.0", Network::Public),
            ("198.17.255.255", Network::Public),
            ("198.19.255.255", Network::Private),
            ("198.20.0.0", Network::Public),
            ("223.255.255.255", Network::Public),
            ("224.0.0.0", Network::Never),
            ("255.255.255.255", Network::Never),
            ("::1", Network::Loopback),
            ("::2", Network::Never),
            ("::ffff:127.0.0.1", Network::Loopback),
            ("64:ff9b::7f00:1", Network::Loopback),
            ("64:ff9b:1::7f00:1", Network::Never),
            ("2002:7f00:1::", Network::Loopback),
            ("2001:1ff:ffff::", Network::Never),
            ("2001:200::", Network::Public),
            ("2001:db8::", Network::Never),
            ("3fff:0fff::", Network::Never),
            ("3fff:1000::", Network::Public),
            ("4000::", Network::Never),
            ("fbff::", Network::Never),
            ("fc00::", Network::Private),
            ("fdff::", Network::Private),
            ("fe80::1", Network::Never),
            ("ff02::1", Network::Never),
        ] {
            assert_eq!(network(address.parse().unwrap()), expected, "{address}");
        }
    }
}
