-- Creates the deal, once. Where only traces of it are left, they wait for restore.lua: units may be out.
-- ARGV: quantity, limit, opens, closes, hold (ms)
-- Result: {'opened'} | {'standing', known 0|1, quantity, limit, opens, closes, hold} | {'traces'}
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if deal.terms then
  return {'standing', deal.known and 1 or 0, deal.quantity, deal.limit, deal.opens, deal.closes, deal.hold}
end
if deal.traces then return {'traces'} end

deal = {closed = 0, claimed = 0, settled = 0}
for i, term in ipairs(TERMS) do
  deal[term] = tonumber(ARGV[i])
end
deal.remaining = deal.quantity
touch(deal)
save(deal)
return {'opened'}
