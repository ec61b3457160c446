"""Which addresses are public, in every form in which one can be written."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speak.kernel.outbound import Address, is_public, may_reach, parse_address

PRIVATE_V4 = [
    "0.0.0.0",  # noqa: S104 - not bound to
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
]
PUBLIC_V4 = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "192.0.1.1", "223.255.255.254"]
PRIVATE_V6 = [
    "::",
    "::1",
    "::8.8.8.8",
    "64:ff9b:1::808:808",
    "100::1",
    "2001::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]
PUBLIC_V6 = ["2606:4700:4700::1111", "2001:4860:4860::8888", "2a00:1450:4001:80b::200e"]

private_v4 = st.one_of(
    st.sampled_from(PRIVATE_V4).map(ipaddress.IPv4Address),
    st.ip_addresses(v=4, network="10.0.0.0/8"),
    st.ip_addresses(v=4, network="127.0.0.0/8"),
    st.ip_addresses(v=4, network="192.168.0.0/16"),
    st.ip_addresses(v=4, network="169.254.0.0/16"),
    st.ip_addresses(v=4, network="224.0.0.0/3"),
)
public_v4 = st.sampled_from(PUBLIC_V4).map(ipaddress.IPv4Address)


def address(text: str) -> Address:
    """The address, which must be one."""
    parsed = parse_address(text)
    assert parsed
    return parsed


@pytest.mark.parametrize("text", PUBLIC_V4 + PUBLIC_V6)
def test_addresses_of_the_open_internet_are_public(text: str) -> None:
    assert is_public(address(text))


@pytest.mark.parametrize("text", PRIVATE_V4 + PRIVATE_V6)
def test_private_and_special_addresses_are_not_public(text: str) -> None:
    assert not is_public(address(text))


def six(high: int, v4: ipaddress.IPv4Address, shift: int) -> ipaddress.IPv6Address:
    """An IPv6 address that carries an IPv4 address `shift` bits from its end."""
    return ipaddress.IPv6Address(high | int(v4) << shift)


def carriers(v4: ipaddress.IPv4Address) -> dict[str, ipaddress.IPv6Address]:
    """Every way to write an IPv4 address inside an IPv6 address."""
    prefix = int(ipaddress.IPv6Address("2606:4700::"))
    teredo = int(ipaddress.IPv6Address("2001:0:4136:e378::"))
    return {
        "mapped": six(0xFFFF << 32, v4, 0),
        "compatible": six(0, v4, 0),
        "6to4": six(0x2002 << 112 | 1, v4, 80),
        "NAT64": six(int(ipaddress.IPv6Address("64:ff9b::")), v4, 0),
        "local NAT64": six(int(ipaddress.IPv6Address("64:ff9b:1::")), v4, 0),
        "Teredo server": six(0x20010000 << 96, v4, 64),
        "Teredo client": ipaddress.IPv6Address(teredo | int(v4) ^ 0xFFFF_FFFF),
        "ISATAP": six(prefix | 0x00005EFE << 32, v4, 0),
        "ISATAP, global": six(prefix | 0x02005EFE << 32, v4, 0),
    }


@given(private_v4)
def test_a_private_address_is_not_public_inside_any_other(v4: ipaddress.IPv4Address) -> None:
    for form, carrier in carriers(v4).items():
        assert not is_public(carrier), form
        assert not is_public(address(str(carrier))), form


@given(public_v4)
def test_a_public_address_is_public_where_its_carrier_leads_to_it(v4: ipaddress.IPv4Address) -> None:
    leads = {"mapped", "6to4", "NAT64", "ISATAP", "ISATAP, global"}
    assert {form for form, carrier in carriers(v4).items() if is_public(carrier)} == leads


@given(st.ip_addresses(v=6))
def test_only_global_unicast_and_translated_addresses_are_ever_public(v6: ipaddress.IPv6Address) -> None:
    assume_public = v6 in ipaddress.ip_network("2000::/3") or v6 in ipaddress.ip_network("64:ff9b::/96")
    assert assume_public or v6.ipv4_mapped or not is_public(v6)


@given(st.ip_addresses())
def test_what_is_public_is_global_to_python_too(any_address: Address) -> None:
    carries_another = any_address in ipaddress.ip_network("64:ff9b::/96") or any_address in ipaddress.ip_network(
        "2002::/16"
    )
    assert carries_another or any_address.is_global or not is_public(any_address)


@given(private_v4)
def test_an_admitted_network_admits_itself_and_nothing_else(v4: ipaddress.IPv4Address) -> None:
    networks = (ipaddress.ip_network("10.0.0.0/8"),)
    assert may_reach(v4, allow_networks=networks) is (v4 in networks[0])
    for form, carrier in carriers(v4).items():
        admitted = form == "mapped" and v4 in networks[0]
        assert may_reach(address(str(carrier)), allow_networks=networks) is admitted, form


@pytest.mark.parametrize("text", ["", "localhost", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "1.2.3.4.", "[::1]"])
def test_other_forms_are_not_addresses(text: str) -> None:
    assert parse_address(text) is None
