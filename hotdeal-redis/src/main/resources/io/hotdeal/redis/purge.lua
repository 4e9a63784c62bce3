-- Removes every key of the deal, unread, unless it is on sale.
-- ARGV: none
-- Result: {1} gone | {0} there was nothing, or it is open
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.traces or (deal.standing and deal.closed == 0) then return unchanged({0}) end
write('UNLINK', unpack(KEYS))
return {1}
