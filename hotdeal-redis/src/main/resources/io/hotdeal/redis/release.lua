-- Gives back the units of held claims, each once. HDEL comes first: it is allowed when memory is full.
-- ARGV: per order id, buyer, units
-- Result: {claims released}
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known then return {0} end
local claims = fetch(CLAIMS, column(1))
local bought = {}
if deal.limit > 0 then
  for buyer, units in pairs(fetch(BUYERS, column(2))) do
    bought[buyer], fault = whole(BUYERS .. ' ' .. buyer, units)
    if fault then return redis.error_reply(fault) end
  end
end

local released, buyers = {}, {}
each_order(function(id, buyer, units, content)
  if claims[id] == 'h:' .. content then
    claims[id] = nil
    released[#released + 1] = id
    bought[buyer] = (bought[buyer] or 0) - units
    buyers[buyer] = true
    deal.remaining = deal.remaining + units
    deal.claimed = deal.claimed - units
  end
end)
if #released == 0 then return {0} end

local fewer, gone = {}, {}
for buyer in pairs(buyers) do
  if bought[buyer] > 0 then
    fewer[#fewer + 1] = buyer
    fewer[#fewer + 1] = bought[buyer]
  else
    gone[#gone + 1] = buyer
  end
end
send('HDEL', CLAIMS, released)
send('ZREM', DEADLINES, released)
send('HDEL', BUYERS, gone)
send('HSET', BUYERS, fewer)
touch(deal)
save(deal)
return {#released}
