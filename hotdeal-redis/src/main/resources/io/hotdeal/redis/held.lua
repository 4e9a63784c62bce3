-- Held claims, a part per call; between two calls HSCAN may answer an id again.
-- ARGV: the cursor to go on from, how many to look at, 'all' or 'overdue' for those whose deadline has passed
-- Result: the cursor to go on from, 0 at the end; then per claim id and held claim
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known then return unchanged({'0'}) end

local part = redis.call('HSCAN', HELD, ARGV[1], 'COUNT', ARGV[2])
local results = {part[1]}
for i = 1, #part[2], 2 do
  local id, text = part[2][i], part[2][i + 1]
  local _, _, deadline = held_claim(text)
  if deadline and (ARGV[3] == 'all' or tonumber(deadline) < now) then
    results[#results + 1] = id
    results[#results + 1] = text
  end
end
return unchanged(results)
