-- What the counter holds of the deal, in one look.
-- ARGV: none
-- Result: {remaining, claimed, settled, version, closed 0|1, paused 0|1, version of the terms}, or {} for a deal that is
--         not known
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known then return unchanged({}) end
return unchanged({
  deal.remaining, deal.claimed, deal.settled, deal.version, deal.closed, deal.paused, deal[TERMS_VERSION]
})
