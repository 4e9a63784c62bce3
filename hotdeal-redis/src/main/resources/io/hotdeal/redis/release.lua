-- Gives back the units of held claims, each once. HDEL comes first: it is allowed when memory is full.
-- ARGV: per order id and content
-- Result: {claims released}
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known then return unchanged({0}) end
local held = fetch(HELD, order_ids())
local bought = {}
if deal.limit > 0 then
  bought, fault = bought_so_far()
  if fault then return redis.error_reply(fault) end
end

local released, buyers = {}, {}
each_order(function(id, content)
  if held[id] and held_claim(held[id]) == content then
    local units, buyer = parts(content)
    held[id] = nil
    released[#released + 1] = id
    bought[buyer] = (bought[buyer] or 0) - units
    buyers[buyer] = true
    deal.remaining = deal.remaining + units
    deal.claimed = math.max(0, deal.claimed - units) -- whatever somebody wrote there by hand
  end
end)
if #released == 0 then return unchanged({0}) end

send('HDEL', HELD, released)
save_buyers(buyers, bought)
touch(deal)
save_counts(deal)
return {#released}
