"""Where requests come from, as far as one sender can be told from another."""

from ipaddress import IPv6Address, ip_address, ip_network


def origin(address: str) -> str:
    """An address as it is, or of IPv6 its network: whoever has one address there has all of them."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ip_network((int(known), 64), strict=False))
