import { describe, expect, it } from "vitest";
import { readIpAddress } from "../../genesis/gentx/ip-address.ts";
import { clientNetworksOf } from "../../workers/domain/access/networks-of.ts";

const caps = { ipv4: 5, ipv6By64: 5, ipv6By56: 10, ipv6By48: 20 };
const none = { ipv4: 0, ipv6By64: 0, ipv6By56: 0, ipv6By48: 0 };
const keys = (address: string, by = caps) => clientNetworksOf({ address }, by).map((network) => network.key);

describe("a client's networks", () => {
  it("of IPv4 are its address alone", () => {
    expect(clientNetworksOf({ address: "192.0.2.7" }, caps)).toEqual([
      { key: "4:192.0.2.7", width: "IPv4 address", max: 5 },
    ]);
  });

  it("of IPv6 are its /48, /56 and /64, each with its own cap", () => {
    expect(clientNetworksOf({ address: "2001:db8:1:23ff::9" }, caps)).toEqual([
      { key: "6/48:2001:db8:1::", width: "IPv6 /48", max: 20 },
      { key: "6/56:2001:db8:1:2300::", width: "IPv6 /56", max: 10 },
      { key: "6/64:2001:db8:1:23ff::", width: "IPv6 /64", max: 5 },
    ]);
  });

  it("are counted only where a cap is set", () => {
    expect(keys("2001:db8::1", { ...caps, ipv6By56: 0 })).toEqual(["6/48:2001:db8:0::", "6/64:2001:db8:0:0::"]);
    for (const address of ["2001:db8::1", "192.0.2.7", "nonsense"]) expect(keys(address, none)).toEqual([]);
    expect(clientNetworksOf({ shared: "worker" }, none)).toEqual([]);
  });

  it("are the same for every spelling of one address", () => {
    const spellings = [
      "2001:DB8:0:0:0:0:0:1",
      "2001:db8::1",
      "2001:0db8::0001",
      "2001:db8:0:0::0:1",
      "2001:db8::0.0.0.1",
    ];
    for (const spelling of spellings) expect(keys(spelling)).toEqual(keys("2001:db8::1"));
  });

  it.each(["::ffff:192.0.2.7", "::FFFF:c000:207", "0:0:0:0:0:ffff:192.0.2.7"])(
    "of IPv4 mapped into IPv6 are that IPv4 address: %s",
    (address) => expect(keys(address)).toEqual(["4:192.0.2.7"]),
  );

  it("meet in one /64 for neighbours there, and part where the prefix does", () => {
    expect(keys("2001:db8:1:2:3::")).toEqual(keys("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    expect(keys("2001:db8:1:2::").slice(0, 2)).toEqual(keys("2001:db8:1:3::").slice(0, 2));
    expect(keys("2001:db8:1:2::")[2]).not.toBe(keys("2001:db8:1:3::")[2]);
    expect(keys("2001:db8:1:00ff::")[1]).not.toBe(keys("2001:db8:1:0100::")[1]);
    expect(keys("2001:db8:1::")[0]).not.toBe(keys("2001:db8:2::")[0]);
  });

  it.each([
    ...["", " ", "192.0.2.7 ", "192.0.2", "192.0.2.7.1", "192.0.2.256", "192.0.2.07", "0x7f.0.0.1", "3221225991"],
    ...["192.0.2.7:443", "192.0.2.7, 10.0.0.1", "[2001:db8::1]", "[2001:db8::1]:443", "fe80::1%eth0", "2001:db8::1/64"],
    ...[
      ":",
      ":::",
      "::1::",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9",
      "1::2:3:4:5:6:7:8",
      "12345::",
      "g::",
      ":1:2:3:4:5:6:7",
    ],
    ...["1.2.3.4::", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "１.2.3.4", "unknown", "a".repeat(10_000)],
  ])("of what is no address are one shared place: %s", (address) => {
    expect(readIpAddress(address)).toBeNull();
    expect(clientNetworksOf({ address }, caps)).toEqual([
      { key: "shared:unknown", width: "group of clients without an address", max: 5 },
    ]);
  });

  it("of other Workers are one place with one client's cap, and so are those of clients without an edge", () => {
    expect(clientNetworksOf({ shared: "worker" }, caps)).toMatchObject([{ key: "shared:worker", max: 5 }]);
    expect(clientNetworksOf({ shared: "local" }, caps)).toMatchObject([{ key: "shared:local", max: 5 }]);
    expect(clientNetworksOf({ shared: "worker" }, { ...none, ipv6By48: 9 })).toMatchObject([{ max: 9 }]);
  });

  it.each(["::", "::1", "1::", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8", "64:ff9b::192.0.2.7"])(
    "of %s are those of an IPv6 address",
    (address) => expect(readIpAddress(address)?.version).toBe(6),
  );
});
