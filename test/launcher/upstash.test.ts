import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { expect, it } from "vitest";
import { startRawWorkerd } from "../../sandbox/raw-workerd.ts";
import { hasRedis, startRedis } from "../support/redis.ts";
import { networkOf } from "../support/test-networks.ts";
import { startUpstashRest } from "../support/upstash-rest.ts";

const found = hasRedis("the Worker over a real Redis");

it.skipIf(!found)(
  "the bundle in workerd counts clients in Redis, and in its own objects while Redis fails",
  async () => {
    const stateDir = mkdtempSync(join(tmpdir(), "wellspring-upstash-"));
    const redis = await startRedis();
    const rest = await startUpstashRest(redis);
    const wallet = await DirectSecp256k1HdWallet.generate(12, { prefix: "sand" });
    const limits = { client: { ipv4: 2 } };
    const worker = await startRawWorkerd({
      port: 0,
      networks: [networkOf("limited-1", "http://127.0.0.1:9", { limits })],
      faucetMnemonic: wallet.mnemonic,
      stateDir,
      settings: { UPSTASH_REDIS_REST_URL: rest.url, UPSTASH_REDIS_REST_TOKEN: rest.token },
    });
    const claim = async () => {
      const other = await DirectSecp256k1HdWallet.generate(12, { prefix: "sand" });
      const answer = await fetch(`${worker.url}/api/v1/networks/limited-1/faucet/claims`, {
        method: "POST",
        body: JSON.stringify({ address: (await other.getAccounts())[0]?.address }),
        headers: { "cf-connecting-ip": "192.0.2.1" },
      });
      const { code } = (await answer.json()) as { code?: string };
      return code ?? answer.status;
    };
    try {
      expect([await claim(), await claim(), await claim()]).toEqual([202, 202, "client_limited"]);
      expect(new Set(rest.commands)).toEqual(new Set(["EVALSHA", "EVAL"]));
      expect(await redis.send(["ZCARD", "wellspring:wellspring:limited-1:net:1/4:192.0.2.1"])).toBe(2);
      rest.setFault(502);
      expect([await claim(), await claim(), await claim()]).toEqual([202, 202, "client_limited"]);
    } finally {
      await worker.stop();
      await rest.stop();
      await redis.stop();
      rmSync(stateDir, { recursive: true, force: true });
    }
  },
  60_000,
);
