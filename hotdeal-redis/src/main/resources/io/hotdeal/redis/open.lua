-- Creates the deal, once. Where only traces of it are left, they wait for restore.lua: units may be out.
-- ARGV: quantity, limit, opens, closes, hold (ms)
-- Result: {'opened'} | {'standing', known 0|1, quantity, limit, opens, closes, hold, version of the terms} | {'traces'}
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if deal.standing then
  return unchanged({
    'standing', deal.known and 1 or 0, deal.quantity, deal.limit, deal.opens, deal.closes, deal.hold,
    deal[TERMS_VERSION]
  })
end
if deal.traces then return unchanged({'traces'}) end
save(created(0))
return {'opened'}
