-- Takes each order's units, all or none, in list order. A known id is answered from its claim, before all else.
-- ARGV: per order id and claim; then the units of all together, or 0 where an id stands twice
-- Result: 'all' and what is left, where every order is claimed; or per order a word and a number: what is left
--         (claimed, replayed, sold-out), the limit (limit-reached) or 0
local deal, fault = read()
if fault then return redis.error_reply(fault) end
local ids = order_ids()
local claims = fetch(CLAIMS, ids)
local limited = deal.known and deal.limit > 0
local bought = {}
if limited then
  bought, fault = bought_so_far()
  if fault then return redis.error_reply(fault) end
end

local shut = nil
if not deal.known then
  shut = 'unknown-deal'
elseif deal.closed == 1 or now >= deal.closes then
  shut = 'closed'
elseif now < deal.opens then
  shut = 'not-yet-open'
end

-- The claims, as id and claim, of so many orders and units.
local function write(new_claims, length, new_ids, units)
  send('HSET', CLAIMS, new_claims, length)
  local deadline, deadlines = string.format('%.0f', now + deal.hold), {}
  for i, id in ipairs(new_ids) do
    deadlines[2 * i - 1] = deadline
    deadlines[2 * i] = id
  end
  send('ZADD', DEADLINES, deadlines)
  deal.remaining = deal.remaining - units
  deal.claimed = deal.claimed + units
  touch(deal)
  save(deal)
end

-- The common case, as a whole: all ids are new and differ, nobody is limited, and it is enough for all.
local total = tonumber(ARGV[#ARGV])
if total > 0 and not shut and not limited and total <= deal.remaining and not next(claims) then
  write(ARGV, #ARGV - 1, ids, total)
  return {'all', deal.remaining}
end

local new_ids, new_claims, taken, buyers = {}, {}, 0, {}
local function take(id, held, units, buyer)
  claims[id] = held
  new_ids[#new_ids + 1] = id
  new_claims[#new_claims + 1] = id
  new_claims[#new_claims + 1] = held
  if limited then
    bought[buyer] = (bought[buyer] or 0) + units
    buyers[buyer] = bought[buyer]
  end
  taken = taken + units
end

local results = {}
each_order(function(id, held)
  local word, number = shut, 0
  if deal.known and claims[id] then
    -- Any state is a claim, also one that only a later version knows.
    if claims[id]:match('^%a(:.*)$') == held:sub(2) then
      word, number = 'replayed', deal.remaining - taken
    else
      word = 'conflict'
    end
  elseif not shut then
    local units, buyer = parts(held)
    if limited and (bought[buyer] or 0) + units > deal.limit then
      word, number = 'limit-reached', deal.limit
    elseif units > deal.remaining - taken then
      word, number = 'sold-out', deal.remaining - taken
    else
      take(id, held, units, buyer)
      word, number = 'claimed', deal.remaining - taken
    end
  end
  results[#results + 1] = word
  results[#results + 1] = number
end)

if #new_ids > 0 then
  local totals = {}
  for buyer, units in pairs(buyers) do
    totals[#totals + 1] = buyer
    totals[#totals + 1] = units
  end
  send('HSET', BUYERS, totals)
  write(new_claims, #new_claims, new_ids, taken)
end
return results
