-- Sets what remains, if the version still is the one that the caller saw. Version 0 brings back a deal that is
-- not known: from these terms and from the claims that are left, which keep their ids and their deadlines.
-- ARGV: remaining, version seen, quantity, limit, opens, closes, hold (ms)
-- Result: {1} done | {0} another version stands
local deal, fault = read()
if fault then return redis.error_reply(fault) end
local seen = deal.known and deal.version or 0
if seen ~= tonumber(ARGV[2]) then return {0} end

local function settled_claim(text)
  return text:match('^s:(%d+:.+)$')
end

local bought = {}
-- Units of all claims of one hash whose content this finds.
local function units_in(key, find)
  local claims, sum = redis.call('HGETALL', key), 0
  for i = 2, #claims, 2 do
    local content = find(claims[i])
    if content then
      local units, buyer = parts(content)
      sum = sum + units
      bought[buyer] = (bought[buyer] or 0) + units
    end
  end
  return sum
end

local function rebuild()
  for i, term in ipairs(TERMS) do
    deal[term] = tonumber(ARGV[i + 2])
  end
  deal.closed = deal.closed or 0
  deal.claimed = units_in(HELD, held_claim)
  deal.settled = units_in(SETTLED, settled_claim)
  local buyers = {}
  for buyer, units in pairs(deal.limit > 0 and bought or {}) do
    buyers[#buyers + 1] = buyer
    buyers[#buyers + 1] = units
  end
  send('HDEL', BUYERS, redis.call('HKEYS', BUYERS))
  send('HSET', BUYERS, buyers)
end

if not deal.known then rebuild() end
deal.remaining = tonumber(ARGV[1])
touch(deal)
save(deal)
return {1}
