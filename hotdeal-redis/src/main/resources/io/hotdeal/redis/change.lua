-- Adopts the terms, unless it has later ones. A deal without a limit that gets one is forgotten if it has claims, because
-- their buyers were not counted: it is unknown until it is restored.
-- ARGV: version of the terms, limit, opens, closes, closed 0|1, paused 0|1
-- Result: {1} changed | {2} forgotten | {0} it has these terms or later ones, or it is not known
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known or tonumber(ARGV[1]) < deal[TERMS_VERSION] then return unchanged({0}) end
if deal.limit == 0 and tonumber(ARGV[2]) > 0 and deal.claimed + deal.settled + deal.noted > 0 then
  write('UNLINK', DEAL, HELD, SETTLED, BUYERS) -- the quantity stays, so that only a restore creates the deal again
  return {2}
end

local differs = false
for i, field in ipairs({TERMS_VERSION, 'limit', 'opens', 'closes', 'closed', 'paused'}) do
  local value = tonumber(ARGV[i])
  differs = differs or deal[field] ~= value
  deal[field] = value
end
if not differs then return unchanged({0}) end
touch(deal)
save(deal)
if deal.limit == 0 then write('UNLINK', BUYERS) end -- they are not counted any more
return {1}
