import { describe, expect, it } from "vitest";
import { readPublicAddress } from "../../../workers/domain/validator/public-address.ts";

const isPublic = (text: string) => readPublicAddress(text)?.isPublic ?? null;

describe("an address that is connected to", () => {
  it.each([
    "9.9.9.9",
    "1.1.1.1",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "192.0.1.1",
    "223.255.255.1",
  ])("may be the public %s", (text) => expect(isPublic(text)).toBe(true));

  it.each([
    ...["0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.169.254"],
    ...["172.16.0.1", "172.31.255.255", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1"],
    ...["198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"],
  ])("is not the private or reserved %s", (text) => expect(isPublic(text)).toBe(false));

  it.each(["2620:fe::9", "2606:4700:4700::1111", "2a00:1450:4001::", "2001:4860:4860::8888", "2001:200::1"])(
    "may be the public %s",
    (text) => expect(isPublic(text)).toBe(true),
  );

  it.each([
    ...["::", "::1", "0:0:0:0:0:0:0:1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "64:ff9b::7f00:1", "100::1"],
    ...["2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:20::1", "2001:1ff::1", "2001:db8::1", "2001:0db8::1"],
    ...["2002:7f00:1::", "2002:c0a8:101::1", "3fff::1", "3fff:fff::1", "4000::1", "::127.0.0.1", "5f00::1"],
  ])("is not the private or reserved %s", (text) => expect(isPublic(text)).toBe(false));

  it.each([
    ["::ffff:127.0.0.1", "127.0.0.1", false],
    ["::ffff:7f00:1", "127.0.0.1", false],
    ["0:0:0:0:0:ffff:a9fe:a9fe", "169.254.169.254", false],
    ["::FFFF:9.9.9.9", "9.9.9.9", true],
  ])("mapped into IPv6 as %s is %s", (text, address, open) => {
    expect(readPublicAddress(text)).toEqual({ text: address, isPublic: open });
  });

  it.each([
    ...["", "localhost", "9.9.9", "9.9.9.9.9", "09.9.9.9", "0x7f.0.0.1", "2130706433", "9.9.9.256", "9.9.9.9%eth0"],
    ...["fe80::1%eth0", "2620:fe:::9", "2620::fe::9", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "[2620:fe::9]", "12345::"],
  ])("is not %s, which is no address", (text) => expect(readPublicAddress(text)).toBeNull());

  it("is written in one spelling, whatever it was read from", () => {
    expect(readPublicAddress("2620:00FE:0::0009")?.text).toBe("2620:fe:0:0:0:0:0:9");
  });
});
