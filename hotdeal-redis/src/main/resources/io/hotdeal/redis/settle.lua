-- Marks the ids as sold: a held claim becomes settled, as it is; an id without one is noted, and its units count for its
-- buyer, so that limits are learned again from the log. HDEL comes first: it is allowed when memory is full, and opens
-- the way for HSET.
-- ARGV: per order id and content
-- Result: {ids changed}
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known then return unchanged({0}) end
local ids = order_ids()
local held, others = fetch(HELD, ids), {}
for _, id in ipairs(ids) do
  if not held[id] then others[#others + 1] = id end
end
local settled = fetch(SETTLED, others)
local bought = {}
if deal.limit > 0 and #others > 0 then
  bought, fault = bought_so_far()
  if fault then return redis.error_reply(fault) end
end

local marked, ended, buyers = {}, {}, {}
local function mark(id, sold)
  settled[id] = sold
  marked[#marked + 1] = id
  marked[#marked + 1] = sold
end

local function note(id, content)
  local units, buyer = parts(content)
  mark(id, 'n:' .. content)
  deal.noted = deal.noted + units
  if deal.limit > 0 then
    bought[buyer] = (bought[buyer] or 0) + units
    buyers[buyer] = bought[buyer]
  end
end

each_order(function(id, content)
  if settled[id] then return end
  if not held[id] then
    note(id, content)
    return
  end
  local claimed, units = held_claim(held[id])
  if claimed then
    mark(id, 's:' .. claimed)
    ended[#ended + 1] = id
    deal.claimed = math.max(0, deal.claimed - units) -- whatever somebody wrote there by hand
    deal.settled = deal.settled + units
  end
end)
if #marked == 0 then return unchanged({0}) end

send('HDEL', HELD, ended)
send('HSET', SETTLED, marked)
send('HSET', BUYERS, flat(buyers))
save_counts(deal)
return {#marked / 2}
