-- Sets what remains, if the version still is the one that the caller saw. Version 0 creates a deal that is not
-- known. What Redis has left of a deal that it lost keys of is removed, unread: it may be a million orders.
-- ARGV: remaining, version seen, quantity, limit, opens, closes, hold (ms), closed 0|1, paused 0|1, version of the terms
-- Result: {1} done | {2} done, in the place of what was left of the deal | {0} another version stands
local deal, fault = read()
if fault then return redis.error_reply(fault) end
local seen = deal.known and deal.version or 0
if seen ~= tonumber(ARGV[2]) then return unchanged({0}) end

local replaced = not deal.known and deal.traces
if replaced then write('UNLINK', unpack(KEYS)) end
if not deal.known then deal = created(2, deal.version) end
deal.remaining = tonumber(ARGV[1])
touch(deal)
save(deal)
return {replaced and 2 or 1}
