/**
 * The first line lets Upstash run scripts on other clients side by side: it locks the keys that are declared, so every
 * key that a script touches is in KEYS (upstash.com/docs/redis/features/key-locking).
 */
const shebang = "#!lua flags=allow-key-locking";

/**
 * Counts a claim under each network or under none. KEYS: the claim's own hash, then one sorted set a network.
 * ARGV: claim, hold, now, window, the networks' keys as one text, then a cap for each network. Times in ms.
 * Answers {0} when it is counted, else {which network is full longest, from 1; when it no longer is}.
 *
 * The claim's hash holds `keys`, under which it is counted, and one field a hold.
 */
export const takeScript = `${shebang}
local claim, hold, now, window = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
if redis.call("EXISTS", KEYS[1]) == 1 then
  redis.call("HSET", KEYS[1], hold, 1)
  return {0}
end
local which, retry = 0, 0
for i = 2, #KEYS do
  local cap = tonumber(ARGV[i + 4])
  local nth = redis.call("ZREVRANGE", KEYS[i], cap - 1, cap - 1, "WITHSCORES")
  if nth[2] and tonumber(nth[2]) + window > now and tonumber(nth[2]) + window > retry then
    which, retry = i - 1, tonumber(nth[2]) + window
  end
end
if which > 0 then return {which, retry} end
for i = 2, #KEYS do
  redis.call("ZREMRANGEBYSCORE", KEYS[i], "-inf", now - window)
  redis.call("ZADD", KEYS[i], now, claim)
  redis.call("PEXPIRE", KEYS[i], window)
end
redis.call("HSET", KEYS[1], "keys", ARGV[5], hold, 1)
redis.call("PEXPIRE", KEYS[1], window)
return {0}
`;

/**
 * How full networks are. KEYS: one sorted set a network. ARGV: now, window, then a cap for each. Answers {which network
 * is full longest, from 1, or 0; when it no longer is; then a count for each, at most its cap}.
 */
export const lookScript = `${shebang}
local now, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local answer = {0, 0}
for i = 1, #KEYS do
  local cap = tonumber(ARGV[i + 2])
  local count = redis.call("ZCOUNT", KEYS[i], "(" .. string.format("%.0f", now - window), "+inf")
  answer[i + 2] = math.min(count, cap)
  local nth = redis.call("ZREVRANGE", KEYS[i], cap - 1, cap - 1, "WITHSCORES")
  if nth[2] and tonumber(nth[2]) + window > now and tonumber(nth[2]) + window > answer[2] then
    answer[1], answer[2] = i, tonumber(nth[2]) + window
  end
end
return answer
`;

/**
 * Drops one hold, or with "" all, and with the last one what the claim counted. KEYS as above. ARGV: claim, hold, the
 * networks' keys as they were read from the claim's hash. Answers 0 when those have changed meanwhile: read them again.
 */
export const releaseScript = `${shebang}
local keys = redis.call("HGET", KEYS[1], "keys")
if not keys then return 1 end
if keys ~= ARGV[3] then return 0 end
if ARGV[2] ~= "" then
  redis.call("HDEL", KEYS[1], ARGV[2])
  if redis.call("HLEN", KEYS[1]) > 1 then return 1 end
end
redis.call("DEL", KEYS[1])
for i = 2, #KEYS do redis.call("ZREM", KEYS[i], ARGV[1]) end
return 1
`;
