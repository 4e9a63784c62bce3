-- Removes every key of the deal, unread, unless it is on sale. What is left of a deal that is not known goes too: once it
-- is closed in the log nothing restores it, and its own hash never hears of that.
-- ARGV: none
-- Result: {1} gone | {0} there was nothing, or it is open
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.traces or (deal.known and deal.closed == 0) then return unchanged({0}) end
write('UNLINK', unpack(KEYS))
return {1}
