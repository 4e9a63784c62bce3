-- Held claims whose deadline has passed, oldest first.
-- ARGV: the most to answer
-- Result: per claim id, units, buyer; {} for a deal that is not known
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known then return {} end
local ids = redis.call('ZRANGEBYSCORE', DEADLINES, '-inf', '(' .. string.format('%.0f', now), 'LIMIT', 0, ARGV[1])
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
