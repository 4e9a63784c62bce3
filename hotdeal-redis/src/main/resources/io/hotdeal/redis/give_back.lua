-- Frees the units of orders that were sold and are given back: they no longer count for their buyers. A held claim gives
-- its units back to the deal too. Each id is remembered as given back, also one without a claim. HDEL comes first: it is
-- allowed when memory is full, and opens the way for HSET.
-- ARGV: per order id and content
-- Result: {ids changed}
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known then return unchanged({0}) end
local ids = order_ids()
local held, sold = fetch(HELD, ids), fetch(SETTLED, ids)
local bought = {}
if deal.limit > 0 then
  bought, fault = bought_so_far()
  if fault then return redis.error_reply(fault) end
end

local marked, ended, buyers = {}, {}, {}
local COUNT = {s = 'settled', n = 'noted'}

-- Whether the order counted until now: what it had is taken back.
local function end_claim(id, content, units)
  if sold[id] then
    local kind = COUNT[sold[id]:sub(1, 1)]
    deal[kind] = math.max(0, deal[kind] - units) -- whatever somebody wrote there by hand
    return true
  elseif held[id] then
    held[id] = nil
    ended[#ended + 1] = id
    deal.claimed = math.max(0, deal.claimed - units)
    deal.remaining = deal.remaining + units
    return true
  end
  return false
end

-- What has another content, or is given back, stays as it is.
local function may_end(id, content)
  if sold[id] then
    return COUNT[sold[id]:sub(1, 1)] and sold[id]:sub(3) == content
  end
  return not held[id] or held_claim(held[id]) == content
end

each_order(function(id, content)
  if not may_end(id, content) then return end
  local units, buyer = parts(content)
  if end_claim(id, content, units) and deal.limit > 0 then
    bought[buyer] = (bought[buyer] or 0) - units
    buyers[buyer] = true
  end
  deal.returned = deal.returned + units
  sold[id] = 'r:' .. content
  marked[#marked + 1] = id
  marked[#marked + 1] = sold[id]
end)
unchanged({})
if #marked == 0 then return {0} end

send('HDEL', HELD, ended)
save_buyers(buyers, bought)
send('HSET', SETTLED, marked)
if #ended > 0 then touch(deal) end
save_counts(deal)
return {#marked / 2}
