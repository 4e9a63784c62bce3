-- Sets what remains, if the version still is the one that the caller saw. Version 0 brings back a deal that is
-- not known: from these terms and from the claims that are left, which keep their ids and their deadlines.
-- ARGV: remaining, version seen, quantity, limit, opens, closes, hold (ms)
-- Result: {1} done | {0} another version stands
local deal, fault = read()
if fault then return redis.error_reply(fault) end
local seen = deal.known and deal.version or 0
if seen ~= tonumber(ARGV[2]) then return {0} end

local function rebuild()
  for i, term in ipairs(TERMS) do
    deal[term] = tonumber(ARGV[i + 2])
  end
  deal.closed, deal.claimed, deal.settled = deal.closed or 0, 0, 0
  local old_deadlines = {}
  local scored = redis.call('ZRANGE', DEADLINES, 0, -1, 'WITHSCORES')
  for i = 1, #scored, 2 do
    old_deadlines[scored[i]] = scored[i + 1]
  end
  local old_buyers = redis.call('HKEYS', BUYERS)

  local deadlines, bought, buyers = {}, {}, {}
  local claims = redis.call('HGETALL', CLAIMS)
  for i = 1, #claims, 2 do
    local state, units, buyer = claims[i + 1]:match('^([hs]):(%d+):(.+)$')
    if state == 'h' then
      deal.claimed = deal.claimed + units
      deadlines[#deadlines + 1] = old_deadlines[claims[i]] or now + deal.hold
      deadlines[#deadlines + 1] = claims[i]
    elseif state == 's' then
      deal.settled = deal.settled + units
    end
    if state and deal.limit > 0 then
      bought[buyer] = (bought[buyer] or 0) + units
    end
  end
  for buyer, units in pairs(bought) do
    buyers[#buyers + 1] = buyer
    buyers[#buyers + 1] = units
  end

  redis.call('ZREMRANGEBYRANK', DEADLINES, 0, -1)
  send('HDEL', BUYERS, old_buyers)
  send('ZADD', DEADLINES, deadlines)
  send('HSET', BUYERS, buyers)
end

if not deal.known then rebuild() end
deal.remaining = tonumber(ARGV[1])
touch(deal)
save(deal)
return {1}
