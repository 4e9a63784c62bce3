-- Marks the ids as sold: a held claim becomes settled, as it is, and is no longer watched; an id without one is noted.
-- ARGV: per order id and claim
-- Result: {ids changed}
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known then return {0} end
local claims = fetch(CLAIMS, order_ids())

local changed, watched = {}, {}
local function mark(id, claim)
  claims[id] = claim
  changed[#changed + 1] = id
  changed[#changed + 1] = claim
end
each_order(function(id, held)
  local claim = claims[id]
  if not claim then
    mark(id, 'n' .. held:sub(2))
  elseif claim:match('^h:%d+:.') then
    local units = parts(claim)
    mark(id, 's' .. claim:sub(2))
    watched[#watched + 1] = id
    deal.claimed = deal.claimed - units
    deal.settled = deal.settled + units
  end
end)

send('HSET', CLAIMS, changed)
send('ZREM', DEADLINES, watched)
if #watched > 0 then save(deal) end
return {#changed / 2}
