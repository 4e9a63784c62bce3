-- All held claims, or at least so many of them, in one look: those that stand with one version of the deal.
-- ARGV: how many are enough
-- Result: per claim id and held claim; {} for a deal that is not known
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known then return {} end
local enough = tonumber(ARGV[1])

local claims, seen, found, cursor = {}, {}, 0, '0'
repeat
  local part = redis.call('HSCAN', HELD, cursor, 'COUNT', 1000)
  cursor = part[1]
  for i = 1, #part[2], 2 do
    local id, text = part[2][i], part[2][i + 1]
    if not seen[id] and held_claim(text) then
      seen[id] = true
      found = found + 1
      claims[2 * found - 1] = id
      claims[2 * found] = text
    end
  end
until cursor == '0' or found >= enough
return claims
