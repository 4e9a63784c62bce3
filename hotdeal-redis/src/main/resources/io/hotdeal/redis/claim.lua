-- Takes each order's units, all or none, in list order. A known id is answered from its claim, before all else.
-- ARGV: per order id, buyer, units
-- Result: per order a word and a number: what is left (claimed, replayed, sold-out), the limit (limit-reached) or 0
local deal, fault = read()
if fault then return redis.error_reply(fault) end
local claims = fetch(CLAIMS, column(1))
local bought = {}
if deal.known and deal.limit > 0 then
  for buyer, units in pairs(fetch(BUYERS, column(2))) do
    bought[buyer], fault = whole(BUYERS .. ' ' .. buyer, units)
    if fault then return redis.error_reply(fault) end
  end
end

local shut = nil
if not deal.known then
  shut = 'unknown-deal'
elseif deal.closed == 1 or now >= deal.closes then
  shut = 'closed'
elseif now < deal.opens then
  shut = 'not-yet-open'
end

local new_claims, new_deadlines, buyers = {}, {}, {}
local function take(id, buyer, units, content)
  claims[id] = 'h:' .. content
  new_claims[#new_claims + 1] = id
  new_claims[#new_claims + 1] = claims[id]
  new_deadlines[#new_deadlines + 1] = now + deal.hold
  new_deadlines[#new_deadlines + 1] = id
  if deal.limit > 0 then
    bought[buyer] = (bought[buyer] or 0) + units
    buyers[buyer] = bought[buyer]
  end
  deal.remaining = deal.remaining - units
  deal.claimed = deal.claimed + units
end

local results = {}
each_order(function(id, buyer, units, content)
  local word, number = shut, 0
  if deal.known and claims[id] then
    -- Any state is a claim, also one that only a later version knows.
    if claims[id]:match('^%a:(.*)$') == content then
      word, number = 'replayed', deal.remaining
    else
      word = 'conflict'
    end
  elseif not shut then
    if deal.limit > 0 and (bought[buyer] or 0) + units > deal.limit then
      word, number = 'limit-reached', deal.limit
    elseif units > deal.remaining then
      word, number = 'sold-out', deal.remaining
    else
      take(id, buyer, units, content)
      word, number = 'claimed', deal.remaining
    end
  end
  results[#results + 1] = word
  results[#results + 1] = number
end)

if #new_claims > 0 then
  send('HSET', CLAIMS, new_claims)
  send('ZADD', DEADLINES, new_deadlines)
  local totals = {}
  for buyer, units in pairs(buyers) do
    totals[#totals + 1] = buyer
    totals[#totals + 1] = units
  end
  send('HSET', BUYERS, totals)
  touch(deal)
  save(deal)
end
return results
