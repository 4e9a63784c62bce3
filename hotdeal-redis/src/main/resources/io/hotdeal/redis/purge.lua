-- Forgets ids or buyers of a closed deal, a part per call; the deal stays, closed.
-- ARGV: 'held', 'settled' or 'buyers', in this order; the cursor to go on from; how many to look at
-- Result: the cursor to go on from, 0 at the end
local deal, fault = read()
if fault then return redis.error_reply(fault) end
if not deal.known or deal.closed == 0 then return {'0'} end
local key = ({held = HELD, settled = SETTLED, buyers = BUYERS})[ARGV[1]]
local part = redis.call('HSCAN', key, ARGV[2], 'COUNT', ARGV[3])
local fields = {}
for i = 1, #part[2], 2 do
  fields[#fields + 1] = part[2][i]
end
if deal.claimed + deal.settled > 0 then
  deal.claimed, deal.settled = 0, 0
  touch(deal)
  save(deal)
end
send('HDEL', key, fields)
return {part[1]}
