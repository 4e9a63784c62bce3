-- Held claims, oldest first: those whose deadline has passed, or all.
-- ARGV: the most to answer, 'overdue' or 'all'
-- Result: per claim id, units, buyer; {} for a deal that is not known
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known then return {} end
local until_now = ARGV[2] == 'overdue' and '(' .. string.format('%.0f', now) or '+inf'
local ids = redis.call('ZRANGEBYSCORE', DEADLINES, '-inf', until_now, 'LIMIT', 0, ARGV[1])
local claims = fetch(CLAIMS, ids)

local results = {}
for _, id in ipairs(ids) do
  local units, buyer = (claims[id] or ''):match('^h:(%d+):(.+)$')
  if units then
    results[#results + 1] = id
    results[#results + 1] = units
    results[#results + 1] = buyer
  end
end
return results
