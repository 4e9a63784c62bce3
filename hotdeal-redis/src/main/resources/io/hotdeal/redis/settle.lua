-- Marks the ids as sold: a held claim becomes settled, as it is; an id without one is noted.
-- HDEL comes first: it is allowed when memory is full, and opens the way for HSET.
-- ARGV: per order id and content
-- Result: {ids changed}
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known then return {0} end
local ids = order_ids()
local held, others = fetch(HELD, ids), {}
for _, id in ipairs(ids) do
  if not held[id] then others[#others + 1] = id end
end
local settled = fetch(SETTLED, others)

local marked, ended = {}, {}
local function mark(id, sold)
  settled[id] = sold
  marked[#marked + 1] = id
  marked[#marked + 1] = sold
end
each_order(function(id, content)
  if settled[id] then return end
  if not held[id] then
    mark(id, 'n:' .. content)
    return
  end
  local claimed, units = held_claim(held[id])
  if claimed then
    mark(id, 's:' .. claimed)
    ended[#ended + 1] = id
    deal.claimed = math.max(0, deal.claimed - units) -- a purge sets it to 0 at its start
    deal.settled = deal.settled + units
  end
end)

send('HDEL', HELD, ended)
send('HSET', SETTLED, marked)
if #ended > 0 then save(deal) end
return {#marked / 2}
