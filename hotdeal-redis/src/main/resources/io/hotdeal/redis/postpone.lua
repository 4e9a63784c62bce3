-- Moves the deadlines of held claims: they become overdue no earlier than so long from now. Makes no claim.
-- ARGV: per order id and content; then the times (ms) of all, as '60000,60000'
-- Result: {claims changed}
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known then return unchanged({0}) end
local held = fetch(HELD, order_ids())
local times = ARGV[#ARGV]:gmatch('%d+')

local changed = {}
each_order(function(id, content)
  local deadline = now + tonumber(times())
  local claimed, _, current = held_claim(held[id] or '')
  if claimed == content and tonumber(current) < deadline then
    held[id] = content .. string.format(':%.0f', deadline)
    changed[#changed + 1] = id
    changed[#changed + 1] = held[id]
  end
end)
unchanged({}) -- its HDEL is allowed when memory is full, and opens the way for HSET
send('HSET', HELD, changed)
return {#changed / 2}
