-- Marks the ids as sold: a held claim becomes settled, as it is, and is no longer watched; an id without one is noted.
-- ARGV: per order id, buyer, units
-- Result: {ids changed}
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known then return {0} end
local claims = fetch(CLAIMS, column(1))

local changed, watched = {}, {}
local function mark(id, claim)
  claims[id] = claim
  changed[#changed + 1] = id
  changed[#changed + 1] = claim
end
each_order(function(id, buyer, units, content)
  local claim = claims[id]
  if not claim then
    mark(id, 'n:' .. content)
  elseif claim:match('^h:%d+:') then
    local held = claim:match('^h:(%d+):')
    mark(id, 's' .. claim:sub(2))
    watched[#watched + 1] = id
    deal.claimed = deal.claimed - held
    deal.settled = deal.settled + held
  end
end)

send('HSET', CLAIMS, changed)
send('ZREM', DEADLINES, watched)
if #watched > 0 then save(deal) end
return {#changed / 2}
