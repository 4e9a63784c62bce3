-- Ends the sale.
-- ARGV: none
-- Result: {1} closed | {0} it was closed already | {} for a deal that is not known
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known then return unchanged({}) end
if deal.closed == 1 then return unchanged({0}) end
deal.closed = 1
touch(deal)
save(deal)
return {1}
